"""Change a page in a few places, and leave every other byte of it as it is."""

import re
from html.parser import HTMLParser

Attributes = dict[str, str | None]


class Editor(HTMLParser):
    """Reads a page tag by tag and collects edits; a subclass says which.

    Examples:
        >>> class Louder(Editor):
        ...     def handle_data(self, data):
        ...         self.replace(self.position, self.position + len(data), data.upper())
        >>> Louder("<p class=x>so <b>quiet</b>").edited()
        '<p class=x>SO <b>QUIET</b>'
    """

    def __init__(self, html: str) -> None:
        super().__init__()
        self.html = html
        self._lines = [0, *(match.end() for match in re.finditer("\n", html))]
        self._edits: list[tuple[int, int, str]] = []

    @property
    def position(self) -> int:
        """Where in the page the tag or text begins that is being read."""
        line, column = self.getpos()
        return self._lines[line - 1] + column

    @property
    def after_tag(self) -> int:
        """The offset of the first character after the start tag that is being read."""
        return self.position + len(self.get_starttag_text() or "")

    def replace(self, start: int, end: int, text: str) -> None:
        """Put `text` where the characters from `start` to before `end` were."""
        self._edits.append((start, end, text))

    def replace_in_tag(self, pattern: str, text: str) -> None:
        """Replace what the pattern finds first in the start tag that is being read."""
        tag = self.get_starttag_text() or ""
        self.replace(self.position, self.after_tag, re.sub(pattern, text, tag, count=1))

    def edited(self) -> str:
        """Read the page, and return it with all edits made."""
        self.feed(self.html)
        self.close()
        pieces, at = [], 0
        for start, end, text in sorted(self._edits):
            pieces += [self.html[at:start], text]
            at = end
        return "".join([*pieces, self.html[at:]])


def classes(attributes: Attributes) -> list[str]:
    """The class names among a tag's attributes."""
    return (attributes.get("class") or "").split()
