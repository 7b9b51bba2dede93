"""Pretend, in a page's second run, that it runs on another machine and for another user.

How many processors there are, how large memory and disks are, how busy the machine is and which
number its user has is something else for a reader. What a page prints of that comes out otherwise
here than in its first run, so it can be told from what is the same everywhere.

Standard library only, and little of it: a page's interpreter loads this.
"""

import builtins
import io
import os
import re
import sys
from collections.abc import Callable
from functools import wraps
from typing import Any

_ASKS_ABOUT_MACHINE = re.compile(
    r"cpu_count|_getaffinity|NPROCESSORS|NUMBER_OF_PROCESSORS|max_workers|getloadavg|sysconf"
    r"|disk_usage|statvfs|psutil|/proc/|\b(?:nproc|lscpu)\b|\bgete?[ug]id\b"
)
_FILES = tuple(
    f"/proc/{name}" for name in ("cpuinfo", "loadavg", "meminfo", "stat", "swaps", "uptime")
)
_PROCESSORS = ("SC_NPROCESSORS_CONF", "SC_NPROCESSORS_ONLN")
_MEMORY = ("SC_PHYS_PAGES", "SC_AVPHYS_PAGES")
_SIZES = slice(2, 8)  # in what `os.statvfs` tells: blocks and files, all and free


def asks_about_machine(source: str) -> bool:
    """Whether code asks for something that only this machine, or its user, has.

    >>> asks_about_machine("print(os.cpu_count())"), asks_about_machine("print(len(words))")
    (True, False)
    """
    return bool(_ASKS_ABOUT_MACHINE.search(source))


def pretend() -> None:
    """Let Python see another machine from here on, and another user.

    Programs that it starts see fewer processors, where the system can forbid them some.
    """
    _change_processors()
    for name in ("getuid", "geteuid", "getgid", "getegid"):
        _replace(os, name, lambda number: number + 1)
    _replace(os, "getloadavg", lambda load: tuple(map(_another_number, load)))
    for name in ("statvfs", "fstatvfs"):
        _replace(os, name, _of_a_larger_disk)
    if sys.platform == "win32":
        import shutil

        _replace(shutil, "disk_usage", lambda usage: type(usage)(*map(_another_number, usage)))
    for module in (builtins, io):
        _replace_open(module)


def _change_processors() -> None:
    """Change how many processors there are, and how many of them this process may use.

    A page may halve the first or take no more than four of them: it must see that, too.
    """
    count = os.cpu_count() or 1
    processors = 3 if count > 3 else _another_number(count)
    _replace(os, "cpu_count", lambda _: processors)
    os.environ["PYTHON_CPU_COUNT"] = str(processors)  # from Python 3.13 on, for new processes
    if os.name == "nt":
        os.environ["NUMBER_OF_PROCESSORS"] = str(processors)
    if hasattr(os, "sched_getaffinity"):
        usable = os.sched_getaffinity(0)
        some = {min(usable)} if len(usable) > 1 else {0, 1}
        if some < usable:
            os.sched_setaffinity(0, some)
        _replace(os, "sched_getaffinity", lambda _: set(some))
        _replace(os, "process_cpu_count", lambda _: len(some))
    if hasattr(os, "sysconf"):
        known: Callable[[str | int], int] = os.sysconf
        counts = {os.sysconf_names.get(name): processors for name in _PROCESSORS}
        sizes = {os.sysconf_names.get(name) for name in _MEMORY}

        @wraps(known)
        def sysconf(name: str | int) -> int:
            number = os.sysconf_names.get(name, -1) if isinstance(name, str) else name
            found = known(name)
            return counts.get(number, _another_number(found) if number in sizes else found)

        os.sysconf = sysconf


def _another_number(number: Any) -> Any:
    return 2 * number + 3


def _of_a_larger_disk(found: os.statvfs_result) -> os.statvfs_result:
    values = list(found)
    values[_SIZES] = map(_another_number, values[_SIZES])
    return os.statvfs_result(values)


def _replace(module: Any, name: str, change: Callable[[Any], Any]) -> None:
    """Let a function, where there is one, return something else."""
    known = getattr(module, name, None)
    if known:

        @wraps(known)
        def changed(*arguments: Any, **named: Any) -> Any:
            return change(known(*arguments, **named))

        setattr(module, name, changed)


def _replace_open(module: Any) -> None:
    """Let those files of Linux hold other numbers that tell of the machine."""
    known = module.open

    @wraps(known)
    def opened(file: Any, mode: str = "r", *arguments: Any, **named: Any) -> Any:
        found = known(file, mode, *arguments, **named)
        if not isinstance(file, str | os.PathLike) or os.fspath(file) not in _FILES:
            return found
        with found:
            read = found.read()
        text = read if isinstance(read, str) else read.decode("latin-1")
        text = re.sub(r"\d+", lambda number: str(_another_number(int(number[0]))), text)
        text += text * str(file).endswith("cpuinfo")  # as many processors again
        return io.StringIO(text) if isinstance(read, str) else io.BytesIO(text.encode("latin-1"))

    module.open = opened
