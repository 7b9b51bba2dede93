"""Read the HTML of a page in its order, and know where each piece of it stands.

Python's own reader does the same in several times the time, and a build reads each page
several times. It is made for pages that programs have written: of what is not HTML it makes
text, where a browser would guess.
"""

import re
from collections.abc import Callable, Mapping
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


class _Place:
    """Where in a page the reading is by now."""

    def __init__(self, html: str) -> None:
        self.html, self.position, self.after = html, 0, 0


class Listener:
    """Is told of each tag, text and comment of a page, and of where it stands."""

    place = _Place("")
    """That of the page that is being read, for all who listen."""

    @property
    def html(self) -> str:
        """The page that is being read."""
        return self.place.html

    @property
    def position(self) -> int:
        """Where in the page the tag, text or comment begins."""
        return self.place.position

    @property
    def after(self) -> int:
        """The offset of the first character after it."""
        return self.place.after

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
    place = _Place(html)
    for listener in listeners:
        listener.place = place
    of_start = _who_take_in("handle_starttag", listeners)
    of_whole = _who_take_in("handle_startendtag", listeners)
    of_end = _who_take_in("handle_endtag", listeners)
    of_text = _who_take_in("handle_data", listeners)
    of_comment = _who_take_in("handle_comment", listeners)
    at = 0
    while found := _TAG.search(html, at):
        start, after = found.span()
        if at < start and of_text:
            _tell_text(place, at, start, unescape(html[at:start]), of_text)
        place.position, place.after, at = start, after, after
        tag, written, end, comment = found.groups()
        if tag:
            tag = tag.lower()
            attributes, closes_itself = _read_attributes(written)
            for take_in in of_whole if closes_itself else of_start:
                take_in(tag, attributes)
            if tag in _END and (close := _END[tag].search(html, after)):
                at = close.start()
                _tell_text(place, after, at, html[after:at], of_text)
        elif end:
            for take_in in of_end:
                take_in(end.lower())
        elif comment is not None:
            for take_in in of_comment:
                take_in(comment)
    _tell_text(place, at, len(html), unescape(html[at:]), of_text)


def _who_take_in(event: str, listeners: tuple[Listener, ...]) -> list[Callable[..., None]]:
    """What the listeners do on an event, without those that do nothing: a page has thousands."""
    nothing = None if event == "handle_startendtag" else getattr(Listener, event)
    return [
        getattr(listener, event)
        for listener in listeners
        if getattr(type(listener), event) is not nothing
    ]


def _tell_text(
    place: _Place, start: int, after: int, text: str, of_text: list[Callable[..., None]]
) -> None:
    if start < after:
        place.position, place.after = start, after
        for take_in in of_text:
            take_in(text)


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
