"""Shape the lines of code and outputs: long ones show where they wrap, some are folded.

Neither needs a script. What is folded is there for the copy button, on paper, and for
programs that read the page.
"""

import re
import unicodedata
from collections.abc import Sequence
from html import escape

from proof.markup import Attributes
from website.editor import Editor, classes, text_of
from website.pages.folds import folds

SHORT = 30
"""Columns that a window of 360 pixels has room for: there a shorter line never wraps."""

_LINE_END = re.compile(r"(?<=\n)")


class CodeLines(Editor):
    r"""Shapes the blocks of the page that it reads.

    Raises:
        ValueError: the title of a listing names what its file does not define.

    Examples:
        >>> from website.editor import edit
        >>> block = '<div class="highlight"><pre><code>a\n{}\n</code></pre></div>'
        >>> print(edit(block.format("print('all of it, on one long line')"), CodeLines()))
        <div class="highlight"><pre><code>a
        <span class="line">print('all of it, on one long line')
        </span></code></pre></div>
    """

    def __init__(self) -> None:
        super().__init__()
        self.is_block = self.is_python = False
        self.title = ""
        self.title_start = 0  # where the title being read begins; 0 outside of a title
        self.start = 0  # where the code being read begins; 0 outside of a block's code
        self.pre = 0  # where its `pre` begins
        self.number = 0  # of the folded blocks

    def handle_starttag(self, tag: str, attributes: Attributes) -> None:
        """Begin a block, its title, or its code."""
        if tag == "div" and "highlight" in (names := classes(attributes)):
            self.is_block, self.title = True, ""
            self.is_python = "language-python" in names
        elif tag == "span" and self.is_block and "filename" in classes(attributes):
            self.title_start = self.after
        elif tag == "pre":
            self.pre = self.position
        elif tag == "code" and self.is_block:
            self.start = self.after

    def handle_endtag(self, tag: str) -> None:
        """End a title, or a block's code."""
        if tag == "span" and self.title_start:
            self.title = text_of(self.html[self.title_start : self.position])
            self.title_start = 0
        elif tag == "code" and self.start:
            code = self.html[self.start : self.position]
            hidden = folds(text_of(code), self.title) if self.is_python else []
            lines = _LINE_END.split(code)
            if not _are_apart(lines):
                hidden = []
            else:
                lines = [_long(line) for line in lines]
            if hidden:
                self.number += 1
                lines = _folded(lines, hidden, f"fold-{self.number}")
                self.replace(self.pre, self.pre, _switch(f"fold-{self.number}", self.title, code))
            self.replace(self.start, self.position, "".join(lines))
            self.is_block, self.start = False, 0


def _are_apart(lines: Sequence[str]) -> bool:
    """Whether no two lines share an element, as those of a coloured output may."""
    return all(line.count("<span") == line.count("</span>") for line in lines)


def _long(line: str) -> str:
    """The line, in an element if it may have to wrap; the line end belongs to it."""
    return f'<span class="line">{line}</span>' if columns(line) > SHORT else line


def columns(line: str) -> int:
    """How wide a line of HTML is at most, in columns.

    >>> columns("<b>a &lt; b</b>"), columns("茶")
    (5, 2)
    """
    text = text_of(line).rstrip("\n")
    if text.isascii():
        return len(text)
    return sum(1 + (unicodedata.east_asian_width(each) in "FWA") for each in text)


def _folded(lines: list[str], hidden: Sequence[range], name: str) -> list[str]:
    """The lines with each fold in an element, and before it what opens the folds.

    The words on it are no text of the page: they are not part of the code.
    """
    made, at = [], 0
    for run in hidden:
        label = f'<label class="fold" for="{name}" data-lines="{len(run)} lines"></label>'
        made += [*lines[at : run.start], f'{label}<span class="folded">']
        made += [*lines[run.start : run.stop], "</span>"]
        at = run.stop
    return [*made, *lines[at:]]


def _switch(name: str, title: str, code: str) -> str:
    """What opens the folds of a block; of a listing it stands beside its title."""
    number = code.rstrip("\n").count("\n") + 1
    what = f"The whole file, {number} lines" if title else f"All {number} lines"
    words = f'<label class="whole" for="{name}">{what}</label>' if title else ""
    said = f'aria-label="{escape(what)}"'  # the labels in the gaps have no text
    return f'<input class="unfold" type="checkbox" id="{name}" {said}>{words}'
