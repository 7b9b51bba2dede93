"""Find the code blocks of a rendered page, as a browser shows them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from html.parser import HTMLParser

_LANGUAGE = re.compile(r"(?:^|\s)(?:language|hl)-([\w#+.-]+)")


@dataclass(frozen=True)
class RenderedBlock:
    """A block of code in a page's HTML: its language, its text, and where its element ends."""

    language: str
    text: str
    line: int  # of the HTML, from 1
    end: int  # offset of the first character after the element


@lru_cache(512)  # a server of previews asks for each page again
def rendered_blocks(html: str) -> tuple[RenderedBlock, ...]:
    """Find the blocks whose element says by its class which language they are in.

    >>> page = '<div class="language-python highlight"><pre><code>x = 1</code></pre></div>'
    >>> [(block.language, block.text) for block in rendered_blocks(page)]
    [('python', 'x = 1')]
    """
    reader = _Reader()
    reader.feed(html)
    reader.close()
    starts = _line_starts(html)
    return tuple(
        RenderedBlock(
            element.language,
            element.text,
            element.line,
            html.index(">", starts[end_line - 1] + column) + 1,
        )
        for element, (end_line, column) in reader.found
    )


@dataclass
class _Element:
    """An open element whose class names a language."""

    language: str
    tag: str
    line: int
    depth: int = 0  # how many elements of the same tag are open, itself among them
    text: str = ""
    is_block: bool = False  # else it is code within a sentence


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[_Element, tuple[int, int]]] = []
        self.open: list[_Element] = []
        self.in_pre = 0
        self.numbers = ("", 0)  # the element that holds line numbers, as tag and depth

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        classes = dict(attrs).get("class") or ""
        self.in_pre += tag == "pre"
        if match := _LANGUAGE.search(classes):
            self.open.append(_Element(match[1], tag, self.getpos()[0]))
        if not self.open:
            return
        self.open[-1].depth += tag == self.open[-1].tag
        self.open[-1].is_block |= self.in_pre > 0
        numbers, depth = self.numbers
        if depth:
            self.numbers = numbers, depth + (tag == numbers)
        elif "linenos" in classes.split():
            self.numbers = tag, 1

    def handle_data(self, data: str) -> None:
        if self.open and self.in_pre and not self.numbers[1]:
            self.open[-1].text += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "pre":
            self.in_pre = max(0, self.in_pre - 1)
        numbers, depth = self.numbers
        self.numbers = numbers, depth - (depth > 0 and tag == numbers)
        if not self.open or tag != self.open[-1].tag:
            return
        self.open[-1].depth -= 1
        if self.open[-1].depth == 0:
            element = self.open.pop()
            if element.is_block:
                self.found.append((element, self.getpos()))


def _line_starts(text: str) -> list[int]:
    return [0, *_after_newlines(text)]


def _after_newlines(text: str) -> Iterator[int]:
    at = text.find("\n")
    while at >= 0:
        yield at + 1
        at = text.find("\n", at + 1)
