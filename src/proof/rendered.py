"""Find the code blocks of a rendered page, as a browser shows them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from proof.fences import OUTPUT, is_session, kind
from proof.markup import Attributes, Listener, read

_LANGUAGE = re.compile(r"(?:^|\s)(?:language|hl)-([\w#+.-]+)")


@dataclass(frozen=True)
class RenderedBlock:
    """A block of code in a page's HTML: its language, its text, and where its element stands."""

    language: str
    text: str
    start: int  # offset of its first character
    end: int  # offset of the first character after it


def with_outputs(
    blocks: Sequence[RenderedBlock],
) -> Iterator[tuple[RenderedBlock, RenderedBlock | None]]:
    """Pair each block with its output: the one right below it, or itself, if it is a session."""
    for block, below in zip(blocks, [*blocks[1:], None], strict=False):
        if is_session(block.language, block.text):
            yield block, block
        else:
            yield block, below if below and kind(below.language) == OUTPUT else None


@lru_cache(512)  # a server of previews asks for each page again
def rendered_blocks(html: str) -> tuple[RenderedBlock, ...]:
    """Find the blocks whose element says by its class which language they are in.

    >>> page = '<div class="language-python highlight"><pre><code>x = 1</code></pre></div>'
    >>> [(block.language, block.text) for block in rendered_blocks(page)]
    [('python', 'x = 1')]
    """
    reader = _Reader()
    read(html, reader)
    return tuple(
        RenderedBlock(element.language, element.text, element.start, end)
        for element, end in reader.found
    )


@dataclass
class _Element:
    """An open element whose class names a language."""

    language: str
    tag: str
    start: int  # offset
    depth: int = 0  # how many elements of the same tag are open, itself among them
    text: str = ""
    is_block: bool = False  # else it is code within a sentence


class _Reader(Listener):
    def __init__(self) -> None:
        self.found: list[tuple[_Element, int]] = []  # with the offset of its end
        self.open: list[_Element] = []
        self.in_pre = 0
        self.numbers = ("", 0)  # the element that holds line numbers, as tag and depth

    def handle_starttag(self, tag: str, attributes: Attributes) -> None:
        classes = attributes.get("class") or ""
        self.in_pre += tag == "pre"
        if match := _LANGUAGE.search(classes):
            self.open.append(_Element(match[1], tag, self.position))
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
                self.found.append((element, self.after))
