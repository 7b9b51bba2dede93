"""Put the playground's first example into the pages: what a reader sees before they touch it.

A playground is an element with `data-live="playground"` and a text, `data-text`. Empty elements
in it that have `data-example` get what the package makes of that text. Those with `data-python`
need Python in the browser: where the site has none, they are left out. Pages with a playground,
and no others, get its style sheet.
"""

import hashlib
import html
import re
from collections.abc import Iterable

from live import playground
from proof.markup import Attributes
from verdict import StoryUnavailableError, read_story
from website.editor import Editor
from website.pyodide import runtime
from website.site import Site

MARK = 'data-live="playground"'
STYLE = "assets/playground.css"

_PADDING = re.compile(r"/\*.*?\*/|\s+", re.DOTALL)
_PLAIN = ("ids", "again", "same")
_NAMED = ("unknown", "special")  # kinds of words that a piece says


def fill(site: Site) -> None:
    """Fill in the playgrounds of all pages of a site, whose style sheets are merged."""
    sheet = site.folder / STYLE
    style = ""
    if sheet.is_file():
        data = _PADDING.sub(" ", sheet.read_text(encoding="utf-8")).encode()
        style = STYLE.replace(".css", f".{hashlib.sha256(data).hexdigest()[:8]}.css")
        sheet.unlink()
        (site.folder / style).write_bytes(data)
    for page in site.pages:
        if MARK in page.html:
            link = f'<link rel="stylesheet" href="{page.up}{style}">\n' if style else ""
            page.edit(_Filler(link, has_python=runtime.is_possible()))


def example(text: str) -> dict[str, str]:
    """What the package makes of a text, as HTML, by the names of the places for it.

    The vocabulary is that of the story, or of the text itself where there is no story.
    """
    try:
        own = read_story()
    except StoryUnavailableError:
        own = text
    made = playground.prepare("v2", own)
    look = playground.encode(text)
    plain = {"text": text, "made": made["says"]} | {key: look[key] for key in _PLAIN}
    return {
        **{name: html.escape(said, quote=False) for name, said in plain.items()},
        "pieces": "".join(map(piece, look["pieces"])),
        "counts": "".join(counts(look["counts"])),
    }


def piece(token: playground.Token) -> str:
    """Write a token as src/live/pieces.js does.

    Examples:
        >>> piece(playground.Token("tea", 975, "word"))
        '<li class="word"><bdi>tea</bdi><span class="id">975</span></li>'
    """
    kind = f'<span class="kind"> {token.kind}</span>' if token.kind in _NAMED else ""
    text = f"<bdi>{html.escape(token.piece, quote=False)}</bdi>"
    return f'<li class="{token.kind}">{text}<span class="id">{token.id}{kind}</span></li>'


def counts(found: Iterable[tuple[str, str]]) -> list[str]:
    """Write the counts as src/live/form.js does."""
    return [f"<div><dt>{name}</dt><dd>{count}</dd></div>" for name, count in found]


class _Filler(Editor):
    def __init__(self, link: str, *, has_python: bool) -> None:
        super().__init__()
        self.link = link
        self.has_python = has_python
        self.example: dict[str, str] = {}
        self.left_out: tuple[str, int] | None = None  # its tag, and where it begins
        self.depth = 0  # of elements of that tag within it

    def handle_starttag(self, tag: str, attributes: Attributes) -> None:
        if attributes.get("data-live") == "playground":
            self.example = example(attributes["data-text"] or "")
        if self.left_out:
            self.depth += tag == self.left_out[0]
        elif "data-python" in attributes and not self.has_python:
            if tag == "input":
                self.replace(self.position, self.after, "")
            else:
                self.left_out, self.depth = (tag, self.position), 1
        elif "data-example" in attributes:
            said = self.example[attributes["data-example"] or ""]
            if tag == "input":
                self.replace_in_tag(">$", f' value="{said.replace(chr(34), "&quot;")}">')
            else:
                self.replace(self.after, self.after, said)

    def handle_endtag(self, tag: str) -> None:
        if tag == "head":
            self.replace(self.position, self.position, self.link)
        if self.left_out and tag == self.left_out[0]:
            self.depth -= 1
            if not self.depth:
                end = self.html.index(">", self.position) + 1
                self.replace(self.left_out[1], end, "")
                self.left_out = None
