"""Whether a text names a place of this machine, which no reader has."""

import re
import sys
import sysconfig
from collections.abc import Sequence
from functools import cache
from pathlib import Path

_FAULT = (
    "The {} prints a path of this machine, {}: a reader gets another one. {}\nIt printed:\n{}\n"
)
_OF_A_PATH = "Print a part of it, such as its name."
_OF_A_WARNING = (
    "It is the warning of an installed module: mend what it warns of, or leave it out with "
    "`warnings.filterwarnings`."
)
_WARNING = re.compile(r"\S.*:\d+: (?:\w+\.)*\w*Warning: ")


def fault(printed: str, sources: Sequence[str], working: Path | None, unit: str = "block") -> str:
    """Say which place of this machine a block has printed; nothing, if it is none.

    Args:
        printed: by the block.
        sources: the page's code. A path that it spells out is the writer's own.
        working: the folder of the run.
        unit: what the block is called: a notebook has cells.
    """
    if "/" not in printed and "\\" not in printed:
        return ""
    for place in ([str(working)] if working else []) + _places():
        for line in printed.splitlines():
            if re.search(rf"(?<![\w./-]){re.escape(place)}(?![\w-])", line) and not any(
                place in source for source in sources
            ):
                advice = _OF_A_WARNING if _WARNING.match(line) else _OF_A_PATH
                return _FAULT.format(unit, place, advice, line.strip())
    return ""


@cache
def _places() -> list[str]:
    """Python's folders, the home and the project, the longest first; none that is very short."""
    library = sysconfig.get_paths()
    found = [sys.prefix, sys.base_prefix, library["stdlib"], library["purelib"]]
    folders = {Path(place) for place in found} | {Path.home(), Path.cwd()}
    folders |= {folder.resolve() for folder in folders}
    too_short = {Path(folder.anchor) for folder in folders} | {Path("/usr"), Path("/usr/local")}
    return sorted((str(folder) for folder in folders - too_short), key=len, reverse=True)
