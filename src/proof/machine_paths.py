"""Whether a text names a place of this machine, or itself, or the day: no reader has these."""

import contextlib
import getpass
import platform
import re
import sys
import sysconfig
import time
from collections.abc import Iterator, Sequence
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
    r"gethostname|getfqdn|getpw\w+\(|\bsys\.(?:platform|version)\b|"
    r"\b(?:node|uname|release|platform|machine|processor|system|getuser|getlogin)\(|"
    r"\b(?:version|python_build|python_compiler)\(|"
    r"\b(?:HOSTNAME|LOGNAME|USER|USERNAME|COMPUTERNAME)\b"
)
_DAY = (
    "The {} prints {!r}, which it has from the clock: a reader's says another day. Show a fixed "
    "day, or leave it out.\nIt printed:\n{}"
)
_ASKS_FOR_THE_DAY = re.compile(
    r"\b(?:today|now|utcnow|localtime|gmtime|ctime|asctime|strftime|formatdate)\("
)
_ASKS_FOR_SECONDS = re.compile(r"\btime\(|\.timestamp\(")
_LONGEST = 600  # seconds: a page began no longer ago
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
    if day := _day(printed, sources):
        return _DAY.format(unit, day, printed)
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


def _day(printed: str, sources: Sequence[str]) -> str:
    """A part of this day's date that code has asked for, and that it does not spell out itself."""
    for asks, parts in ((_ASKS_FOR_THE_DAY, _date), (_ASKS_FOR_SECONDS, _seconds)):
        if any(asks.search(source) for source in sources):
            for part in parts():
                found = re.search(part, printed)
                if found and not any(found[0] in source for source in sources):
                    return found[0]
    return ""


def _date() -> Iterator[str]:
    """Patterns of the date: its year, its month and day."""
    for seconds in (time.time(), time.time() - _LONGEST):
        day = time.gmtime(seconds)
        yield rf"(?:(?<![\d.])|(?<=\.\d\.)|(?<=\.\d\d\.)){day.tm_year}(?!\d)"
        yield time.strftime(r"(?<!\d)%m-%d(?!\d)", day)


def _seconds() -> Iterator[str]:
    """Patterns of the seconds since 1970."""
    for seconds in (time.time(), time.time() - _LONGEST):
        yield rf"(?<![\d.]){int(seconds) // 1000}\d\d\d(?!\d)"


@cache
def _names() -> list[str]:
    """What this machine, its user, its system and its build of Python are called."""
    found = [platform.node(), platform.release(), platform.machine(), platform.processor()]
    found += [platform.system(), platform.version(), sys.platform, sys.version]
    found += [platform.python_compiler(), platform.python_build()[1]]
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
