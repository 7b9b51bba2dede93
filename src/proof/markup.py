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
        _tell_text(html, at, start, listeners)
        at = after
        tag, written, end, comment = found.groups()
        for listener in _placed(listeners, start, after):
            if tag:
                _tell_tag(listener, tag.lower(), written)
            elif end:
                listener.handle_endtag(end.lower())
            elif comment is not None:
                listener.handle_comment(comment)
        if tag and (closing := _END.get(tag.lower())) and (close := closing.search(html, after)):
            at = close.start()
            _tell_text(html, after, at, listeners, is_raw=True)
    _tell_text(html, at, len(html), listeners)


def _tell_tag(listener: Listener, tag: str, written: str) -> None:
    attributes, closes_itself = _read_attributes(written)
    if closes_itself:
        listener.handle_startendtag(tag, attributes)
    else:
        listener.handle_starttag(tag, attributes)


def _tell_text(
    html: str, start: int, after: int, listeners: tuple[Listener, ...], *, is_raw: bool = False
) -> None:
    if start == after:
        return
    text = html[start:after] if is_raw else unescape(html[start:after])
    for listener in _placed(listeners, start, after):
        listener.handle_data(text)


def _placed(listeners: tuple[Listener, ...], start: int, after: int) -> tuple[Listener, ...]:
    for listener in listeners:
        listener.position, listener.after = start, after
    return listeners


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
