"""Find the code blocks of a rendered page, as a browser shows them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser

_LANGUAGE = re.compile(r"(?:^|\s)(?:language|hl)-([\w#+.-]+)")


@dataclass(frozen=True)
class RenderedBlock:
    """A block of code in a page's HTML: its language, its text, and where its element ends."""

    language: str
    text: str
    line: int  # of the HTML, from 1
    end: int  # offset of the first character after the element


def rendered_blocks(html: str) -> list[RenderedBlock]:
    """Find the blocks whose element says by its class which language they are in.

    >>> page = '<div class="language-python highlight"><pre><code>x = 1</code></pre></div>'
    >>> [(block.language, block.text) for block in rendered_blocks(page)]
    [('python', 'x = 1')]
    """
    reader = _Reader()
    reader.feed(html)
    reader.close()
    starts = _line_starts(html)
    return [
        RenderedBlock(language, text, line, starts[end_line - 1] + column)
        for language, text, line, (end_line, column) in reader.found
    ]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str, int, tuple[int, int]]] = []
        self.language, self.tag, self.depth, self.line = "", "", 0, 0
        self.text, self.preformatted, self.in_pre = "", False, 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.in_pre += tag == "pre"
        if not self.language and (match := _LANGUAGE.search(dict(attrs).get("class") or "")):
            self.language, self.tag, self.depth = match[1], tag, 0
            self.line, self.preformatted = self.getpos()[0], False
            self.text = ""
        if not self.language:
            return
        self.depth += tag == self.tag
        self.preformatted |= self.in_pre > 0
        if tag in ("pre", "code"):
            self.text = ""  # the last one is the code: an earlier one may hold line numbers

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_endtag(self, tag: str) -> None:
        self.in_pre -= tag == "pre"
        if not self.language or tag != self.tag:
            return
        self.depth -= 1
        if self.depth:
            return
        if self.preformatted:  # else it is code within a sentence
            line, column = self.getpos()
            end = (line, column + len(f"</{tag}>"))
            self.found.append((self.language, self.text, self.line, end))
        self.language = ""


def _line_starts(text: str) -> list[int]:
    return [0, *_after_newlines(text)]


def _after_newlines(text: str) -> Iterator[int]:
    at = text.find("\n")
    while at >= 0:
        yield at + 1
        at = text.find("\n", at + 1)
