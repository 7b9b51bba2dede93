"""Read the HTML of a page in its order, and know where each piece of it stands.

Python's own reader does the same in several times the time, and a build reads each page
several times. It is made for pages that programs have written: of what is not HTML it makes
text, where a browser would guess.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from html import unescape

Attributes = Mapping[str, str | None]
"""The attributes of a tag; one without a value has None."""

_VALUE = r"\"[^\"]*+\"|'[^']*+'|[^\s>\"'][^\s>]*+"
_ATTRIBUTE = re.compile(rf"([^\s/>][^\s/>=]*+)(\s*+=\s*+({_VALUE})?+)?")
_TAG = re.compile(
    rf"""<(?:
        (?P<start>[a-zA-Z][^\s/>]*+) (?P<attributes>(?:[^>=]++|=\s*+(?:{_VALUE})?+)*+)>
      | /(?P<end>[a-zA-Z][^\s/>]*+) [^>]*+>
      | !--(?:-?>|(?P<comment>.*?)(?:--!?>|\Z))
      | [!?/][^>]*+>
    )""",
    re.VERBOSE | re.DOTALL,
)
_END = {tag: re.compile(rf"(?=</{tag}[\s/>])|\Z", re.IGNORECASE) for tag in ("script", "style")}
"""Where an element ends that holds no tags, whatever its text looks like."""


class Listener:
    """Is told of each tag, text and comment of a page, and of where it stands."""

    html = ""
    """The page that is being read."""
    position = 0
    """Where in the page the tag, text or comment begins."""
    after = 0
    """The offset of the first character after it."""

    def handle_starttag(self, tag: str, attributes: Attributes) -> None:
        """Take in the start of an element."""

    def handle_startendtag(self, tag: str, attributes: Attributes) -> None:
        """Take in an element that closes itself, such as `<path/>`."""
        self.handle_starttag(tag, attributes)
        self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        """Take in the end of an element."""

    def handle_data(self, data: str) -> None:
        """Take in a text, with the characters that its references mean."""

    def handle_comment(self, data: str) -> None:
        """Take in a comment."""


def read(html: str, *listeners: Listener) -> None:
    """Read a page for listeners, each of which is told of everything.

    Examples:
        >>> class Places(Listener):
        ...     def handle_starttag(self, tag, attributes):
        ...         print(tag, attributes, self.position, self.after)
        >>> read("<p class='a &amp; b'>One<BR></p>", Places())
        p {'class': 'a & b'} 0 21
        br {} 24 28
    """
    for listener in listeners:
        listener.html = html
    at = 0
    while found := _TAG.search(html, at):
        start, after = found.span()
        _tell_text(at, start, unescape(html[at:start]), listeners)
        at = after
        tag, written, end, comment = found.groups()
        if tag:
            tag = tag.lower()
            _tell_tag(start, after, tag, written, listeners)
            if tag in _END and (close := _END[tag].search(html, after)):
                at = close.start()
                _tell_text(after, at, html[after:at], listeners)
        elif end:
            end = end.lower()
            for listener in listeners:
                listener.position, listener.after = start, after
                listener.handle_endtag(end)
        elif comment is not None:
            for listener in listeners:
                listener.position, listener.after = start, after
                listener.handle_comment(comment)
    _tell_text(at, len(html), unescape(html[at:]), listeners)


def _tell_tag(
    start: int, after: int, tag: str, written: str, listeners: tuple[Listener, ...]
) -> None:
    attributes, closes_itself = _read_attributes(written)
    for listener in listeners:
        listener.position, listener.after = start, after
        if closes_itself:
            listener.handle_startendtag(tag, attributes)
        else:
            listener.handle_starttag(tag, attributes)


def _tell_text(start: int, after: int, text: str, listeners: tuple[Listener, ...]) -> None:
    if start < after:
        for listener in listeners:
            listener.position, listener.after = start, after
            listener.handle_data(text)


@lru_cache(8192)  # most tags of a page are like others
def _read_attributes(written: str) -> tuple[Attributes, bool]:
    """The attributes of a tag, and whether it closes itself."""
    attributes: dict[str, str | None] = {}
    value = ""
    for name, has_value, value in _ATTRIBUTE.findall(written):
        quoted = value[:1] in ("'", '"')
        text = unescape(value[1:-1] if quoted else value) if has_value else None
        attributes.setdefault(name.lower(), text)
    return attributes, written.endswith("/") and not value.endswith("/")
