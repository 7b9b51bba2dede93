"""Which lines of a block a page folds away until the reader asks for them.

Of a listing, the title may name the definitions that the text speaks of. What else the file
has is folded, and so is what describes these at length. Elsewhere, how a plot is to look is.
"""

import ast
import re
from collections.abc import Iterator

_PART = re.compile(r"(?P<names>\w+(?:, \w+)*) in (?P<file>\S+)")
_LOOK = re.compile(
    r"(?:axes|figure|plt)\.(?:set_|tick_|minorticks_|spines|margins|legend|subplots_|rcParams)"
    r"|%config|\w+ = .*\b(?:bbox_inches|Creator)\b"
)
FEWEST = 3
"""Lines: fewer than these are not worth a fold."""


def folds(code: str, title: str = "") -> list[range]:
    r"""The lines of a block that are folded, counted from 0, in order.

    Args:
        code: the block's text.
        title: its title, such as "learn, FIRST in merges.py".

    Raises:
        ValueError: the title names what the code does not define.

    Examples:
        >>> folds("import os\nimport re\n\nA = 1\n", "A in a.py")
        [range(0, 3)]
        >>> folds("axes.set_xlabel('x')\naxes.set_ylim(0, 1)\naxes.legend()\nplt.show()\n")
        [range(0, 3)]
    """
    lines = code.rstrip("\n").split("\n")
    part = _PART.fullmatch(title)
    kept = _of_part(code, part["names"].split(", "), title) if part else _but_looks(lines)
    return [run for run in _gaps(sorted(kept), len(lines)) if len(run) >= FEWEST]


def _of_part(code: str, names: list[str], title: str) -> Iterator[int]:
    """The lines of definitions, without those of a docstring that has several."""
    defined = {}
    for node in ast.parse(code).body:
        for name in _names(node):
            defined[name] = node
    for name in names:
        if name not in defined:
            raise ValueError(f"a listing is called {title!r}, and its file defines no {name}")
        node = defined[name]
        hidden: set[int] = set()
        for inner in ast.walk(node):
            if isinstance(inner, ast.FunctionDef | ast.ClassDef) and ast.get_docstring(inner):
                said = inner.body[0]
                if (said.end_lineno or 0) - said.lineno >= FEWEST:
                    hidden.update(range(said.lineno - 1, said.end_lineno or 0))
        yield from (at for at in range(node.lineno - 1, node.end_lineno or 0) if at not in hidden)


def _names(node: ast.stmt) -> Iterator[str]:
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        yield node.name
    elif isinstance(node, ast.Assign):
        yield from (target.id for target in node.targets if isinstance(target, ast.Name))


def _but_looks(lines: list[str]) -> Iterator[int]:
    """The lines that do not say how a plot is to look, to the end of each statement."""
    is_open = 0  # how many brackets of such a statement are open
    for at, line in enumerate(lines):
        if not (is_open > 0 or _LOOK.match(line)):
            yield at
            continue
        is_open += sum(map(line.count, "([{")) - sum(map(line.count, ")]}"))


def _gaps(kept: list[int], end: int) -> Iterator[range]:
    """The runs of lines between those that are kept."""
    for before, after in zip([-1, *kept], [*kept, end], strict=True):
        if after > before + 1:
            yield range(before + 1, after)
