"""What a page consists of once it is plain Markdown: prose, and code with what it printed.

The forms of a page that can be run, a notebook and a script, are made of these.
"""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

from proof import session
from proof.fences import OUTPUT, PYTHON, Fence, fences
from website.editor import PAGES_KEPT

_INSTALL = 'python -m pip install "http://127.0.0.1:8000/verdict_course-0.1.0-py3-none-any.whl"'
_INSTALL_WITH_MATPLOTLIB = (
    'python -m pip install "http://127.0.0.1:8000/verdict_course-0.1.0-py3-none-any.whl" matplotlib'
)
"""The lines that install what pages import, whole, since tests.install_lines tries each that it
finds; the build puts the site's address there."""

_ABOUT = re.compile(r"# .+\n\nThis page: <.+>")


@dataclass(frozen=True)
class Prose:
    """Text between two blocks of code, as Markdown."""

    text: str


@dataclass(frozen=True)
class Code:
    """Code that runs at once, and what it printed.

    An example of a session at the prompt is one: there the value of an expression is shown.
    """

    source: str
    shown: str = ""
    shows_value: bool = False

    @property
    def raises(self) -> bool:
        """Whether the page shows an error below it."""
        return session.TRACEBACK in self.shown.split("\n")

    @cached_property
    def is_value(self) -> bool:
        """Whether what is shown is an expression's value, and nobody has printed it."""
        statements = ast.parse(self.source).body if self.shows_value and not self.raises else []
        last = statements[-1] if statements else None
        return isinstance(last, ast.Expr) and not self.source.startswith("print(")


def install_line(code: str) -> str:
    """The line that installs what some code of a page imports: the package, and what draws."""
    return _INSTALL_WITH_MATPLOTLIB if "import matplotlib" in code else _INSTALL


@lru_cache(PAGES_KEPT)
def cells(text: str) -> tuple[Prose | Code, ...]:
    r"""The prose and the code of a page, in order.

    Args:
        text: the page as Markdown that stands alone.

    Examples:
        >>> page = "# A\n\n```python\nprint(1)\n```\n\n```output\n1\n```\n\nSo.\n"
        >>> for cell in cells(page):
        ...     print(cell)
        Prose(text='# A')
        Code(source='print(1)\n', shown='1\n', shows_value=False)
        Prose(text='So.')
    """
    return tuple(_cells(text))


def has_code(text: str) -> bool:
    """Whether a page, as Markdown that stands alone, has anything to run."""
    return any(isinstance(cell, Code) for cell in cells(text))


def beginning(text: str) -> tuple[str, str]:
    """The heading of a page with the address below it, and all that is below."""
    found = _ABOUT.match(text)
    end = found.end() if found else 0
    return text[:end], text[end:]


def _cells(text: str) -> Iterator[Prose | Code]:
    lines = text.split("\n")
    at = 0
    found = [fence for fence in fences(text) if isinstance(fence, Fence)]
    for fence, below in zip(found, [*found[1:], None], strict=False):
        if fence.kind != PYTHON:
            continue
        yield from _prose(lines[at : fence.first])
        at = fence.last + 1
        if fence.is_session:
            yield from _examples(fence.text)
        elif below and below.kind == OUTPUT:
            yield Code(fence.text, below.text)
            at = below.last + 1
        else:
            yield Code(fence.text)
    yield from _prose(lines[at:])


def _examples(text: str) -> Iterator[Code]:
    for example in session.examples(text):
        rows = ["" if row == session.BLANK else row for row in example.shown]
        yield Code(example.source, "".join(f"{row}\n" for row in rows), shows_value=True)


def _prose(lines: list[str]) -> Iterator[Prose]:
    """The text of some lines, if there is any, without what only belongs to the code beside it."""
    while lines and not lines[0].strip(" >"):
        lines = lines[1:]
    while lines and not lines[-1].strip(" >"):
        lines = lines[:-1]
    if lines:
        # What goes on in a list's item, below a block of it, would be code in a text of its own.
        indent = " " * (len(lines[0]) - len(lines[0].lstrip(" ")))
        for row, line in enumerate(lines):
            if line.strip() and not line.startswith(indent):
                break
            lines[row] = line.removeprefix(indent)
        yield Prose("\n".join(lines))
