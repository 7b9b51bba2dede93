"""Change a page in a few places, and leave every other byte of it as it is."""

import re
from html import unescape

from proof.markup import Attributes, Listener, read

PAGES_KEPT = 512
"""How many pages' results are kept while a preview is served: an edit changes few pages."""

NEVER_CLOSED = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "wbr"}
"""Elements that hold nothing and have no end tag."""

_TAG = re.compile(r"<[^>]*>")


class Editor(Listener):
    """Is told of each tag and text of a page, in their order, and collects edits.

    A subclass says which. It may also only look.

    Examples:
        >>> class Louder(Editor):
        ...     def handle_data(self, data):
        ...         self.replace(self.position, self.after, data.upper())
        >>> edit("<p class=x>so <b>quiet</b>", Louder())
        '<p class=x>SO <b>QUIET</b>'
    """

    def __init__(self) -> None:
        self.edits: list[tuple[int, int, str]] = []

    def close(self) -> None:
        """Take in the end of the page."""

    def replace(self, start: int, end: int, text: str) -> None:
        """Put `text` where the characters from `start` to before `end` were."""
        self.edits.append((start, end, text))

    def replace_in_tag(self, pattern: str, text: str) -> None:
        """Replace what the pattern finds first in the start tag that is being read."""
        tag = self.html[self.position : self.after]
        self.replace(self.position, self.after, re.sub(pattern, text, tag, count=1))


def edit(html: str, *editors: Editor) -> str:
    """Read a page once for several editors, and return it with the edits of all made."""
    read(html, *editors)
    for editor in editors:
        editor.close()
    edits = [edit for editor in editors for edit in editor.edits]
    pieces, at = [], 0
    for start, end, text in sorted(edits, key=lambda edit: edit[:2]):
        pieces += [html[at:start], text]
        at = end
    return "".join([*pieces, html[at:]])


def classes(attributes: Attributes) -> list[str]:
    """The class names among a tag's attributes."""
    return (attributes.get("class") or "").split()


def text_of(html: str) -> str:
    """The text of a piece of HTML, without its tags.

    Examples:
        >>> text_of("<b>a</b> &lt; b")
        'a < b'
    """
    return unescape(_TAG.sub("", html))
