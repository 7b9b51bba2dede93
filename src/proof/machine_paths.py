"""Whether a text names a place of this machine, or the machine itself, which no reader has."""

import contextlib
import getpass
import platform
import re
import sys
import sysconfig
from collections.abc import Sequence
from functools import cache
from pathlib import Path

_FAULT = (
    "The {} prints a path of this machine, {}: a reader gets another one. {}\nIt printed:\n{}\n"
)
_NAME = (
    "The {} prints {!r}, a name of this machine, its user or its system: a reader gets another "
    "one. Leave it out.\nIt printed:\n{}"
)
_ASKS_FOR_NAMES = re.compile(
    r"gethostname|getfqdn|\b(?:node|uname|release|platform|getuser|getlogin)\(|"
    r"\b(?:HOSTNAME|LOGNAME|USER|USERNAME|COMPUTERNAME)\b"
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
    if name := _name_of_this_machine(printed, sources):
        return _NAME.format(unit, name, printed)
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


def _name_of_this_machine(printed: str, sources: Sequence[str]) -> str:
    """A name that code has asked the system for, and that it does not spell out itself."""
    if not any(_ASKS_FOR_NAMES.search(source) for source in sources):
        return ""
    for name in _names():
        is_printed = re.search(rf"(?<!\w){re.escape(name)}(?!\w)", printed)
        if is_printed and not any(name in source for source in sources):
            return name
    return ""


@cache
def _names() -> list[str]:
    """What this machine, its user and its system are called."""
    found = [platform.node(), platform.release()]
    with contextlib.suppress(OSError, KeyError, ImportError):  # the user may have none
        found.append(getpass.getuser())
    return [name for name in dict.fromkeys(found) if len(name) > 1]


@cache
def _places() -> list[str]:
    """Python's folders, the home and the project, the longest first; none that is very short."""
    library = sysconfig.get_paths()
    found = [sys.prefix, sys.base_prefix, library["stdlib"], library["purelib"]]
    folders = {Path(place) for place in found} | {Path.home(), Path.cwd()}
    folders |= {folder.resolve() for folder in folders}
    too_short = {Path(folder.anchor) for folder in folders} | {Path("/usr"), Path("/usr/local")}
    return sorted((str(folder) for folder in folders - too_short), key=len, reverse=True)
