"""Let this process and all that it starts write below some folders only, where Linux can.

Landlock needs no rights and no container: a process gives up what it may do to files, for good.
It needs Linux 6.2 or newer. It does not keep anyone from reading, nor from the network.

Standard library only: it runs in the interpreter under test.
"""

import os
import struct
import sys
from collections.abc import Sequence
from pathlib import Path

# All that changes files: to write, remove, make, link and cut them, as the kernel numbers it.
_WRITE, _CUT, _SIGNALS = 1 << 1, 1 << 14, 1 << 1
_CHANGE = _WRITE | sum(1 << bit for bit in range(4, 15))
_DEVICES = ("/dev/null", "/dev/zero", "/dev/full", "/dev/tty")
_CREATE, _ADD, _RESTRICT = 444, 445, 446  # system calls, the same on every processor
_LEAST, _WITH_SIGNALS = 3, 6  # versions: of cutting files, of signals to other processes


def is_possible() -> bool:
    """Whether this machine can do it."""
    return _version() >= _LEAST


def confine(folders: Sequence[Path]) -> None:
    """Forbid all changes of files but those below the folders, and signals to other processes.

    Raises:
        OSError: the system refuses.
    """
    rules = struct.pack("=QQQ", _CHANGE, 0, _SIGNALS)
    ruleset = _call(_CREATE, rules, 24 if _version() >= _WITH_SIGNALS else 8, 0)
    # Where processes share memory there are no files that anyone would miss.
    allowed = {**dict.fromkeys(_DEVICES, _WRITE | _CUT), "/dev/shm": _CHANGE}
    allowed |= {str(folder): _CHANGE for folder in folders}
    for path, rights in allowed.items():
        if Path(path).exists():
            place = os.open(path, os.O_PATH)
            _call(_ADD, ruleset, 1, struct.pack("=Qi", rights, place), 0)
            os.close(place)
    import ctypes

    set_no_new_privileges = 38
    ctypes.CDLL(None).prctl(set_no_new_privileges, 1, 0, 0, 0)
    _call(_RESTRICT, ruleset, 0)
    os.close(ruleset)


def _version() -> int:
    try:
        return _call(_CREATE, None, 0, 1) if sys.platform == "linux" else 0
    except OSError:
        return 0


def _call(*arguments: int | bytes | None) -> int:
    import ctypes

    system = ctypes.CDLL(None, use_errno=True)
    system.syscall.restype = ctypes.c_long
    result: int = system.syscall(
        *(ctypes.c_long(each) if isinstance(each, int) else each for each in arguments)
    )
    if result < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return result
