"""Change a page in a few places, and leave every other byte of it as it is."""

import re
from html.parser import HTMLParser

Attributes = dict[str, str | None]
PAGES_KEPT = 512
"""How many pages' results are kept while a preview is served: an edit changes few pages."""

NEVER_CLOSED = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "wbr"}
"""Elements that hold nothing and have no end tag."""


class Editor:
    """Is told of each tag and text of a page, in their order, and collects edits.

    A subclass says which. It may also only look.

    Examples:
        >>> class Louder(Editor):
        ...     def handle_data(self, data):
        ...         self.replace(self.position, self.position + len(data), data.upper())
        >>> edit("<p class=x>so <b>quiet</b>", Louder())
        '<p class=x>SO <b>QUIET</b>'
    """

    html = ""
    """The page that is being read."""
    position = 0
    """Where in the page the tag or text begins that is being read."""
    after_tag = 0
    """The offset of the first character after the start tag that is being read."""

    def __init__(self) -> None:
        self.edits: list[tuple[int, int, str]] = []

    def handle_starttag(self, tag: str, attributes: Attributes) -> None:
        """Take in the start of an element."""

    def handle_startendtag(self, tag: str, attributes: Attributes) -> None:
        """Take in an element that closes itself, such as `<path/>`."""
        self.handle_starttag(tag, attributes)
        self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        """Take in the end of an element."""

    def handle_data(self, data: str) -> None:
        """Take in a text."""

    def handle_comment(self, data: str) -> None:
        """Take in a comment."""

    def close(self) -> None:
        """Take in the end of the page."""

    def replace(self, start: int, end: int, text: str) -> None:
        """Put `text` where the characters from `start` to before `end` were."""
        self.edits.append((start, end, text))

    def replace_in_tag(self, pattern: str, text: str) -> None:
        """Replace what the pattern finds first in the start tag that is being read."""
        tag = self.html[self.position : self.after_tag]
        self.replace(self.position, self.after_tag, re.sub(pattern, text, tag, count=1))


def edit(html: str, *editors: Editor) -> str:
    """Read a page once for several editors, and return it with the edits of all made."""
    _Reader(html, editors).tell_all()
    edits = [edit for editor in editors for edit in editor.edits]
    pieces, at = [], 0
    for start, end, text in sorted(edits, key=lambda edit: edit[:2]):
        pieces += [html[at:start], text]
        at = end
    return "".join([*pieces, html[at:]])


def classes(attributes: Attributes) -> list[str]:
    """The class names among a tag's attributes."""
    return (attributes.get("class") or "").split()


class _Reader(HTMLParser):
    """Tells the editors what it meets, and where."""

    def __init__(self, html: str, editors: tuple[Editor, ...]) -> None:
        super().__init__()
        self.html, self.editors = html, editors
        self.read = 0  # how much of the page the parser has let go of
        self.here = 0

    def updatepos(self, i: int, j: int) -> int:
        """Keep the offset alone: lines would have to be counted."""
        self.here = self.read + j
        return j

    def tell_all(self) -> None:
        for editor in self.editors:
            editor.html = self.html
        self.feed(self.html)
        self.here = self.read = len(self.html) - len(self.rawdata)
        self.close()
        for editor in self.editors:
            editor.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes, after = dict(attrs), self.here + len(self.get_starttag_text() or "")
        for editor in self.editors:
            editor.position, editor.after_tag = self.here, after
            editor.handle_starttag(tag, attributes)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes, after = dict(attrs), self.here + len(self.get_starttag_text() or "")
        for editor in self.editors:
            editor.position, editor.after_tag = self.here, after
            editor.handle_startendtag(tag, attributes)

    def handle_endtag(self, tag: str) -> None:
        for editor in self.editors:
            editor.position = self.here
            editor.handle_endtag(tag)

    def handle_data(self, data: str) -> None:
        for editor in self.editors:
            editor.position = self.here
            editor.handle_data(data)

    def handle_comment(self, data: str) -> None:
        for editor in self.editors:
            editor.position = self.here
            editor.handle_comment(data)
