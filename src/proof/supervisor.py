"""In the interpreter under test: all processes end with the page that started them.

A block may start a server, and the next block may fail: nobody stops the server then. So a
page's Python runs below a process that does nothing but wait. On Linux that process adopts
whatever its descendants leave behind, and ends it. On Windows a job object does the same.
Elsewhere the page has a process group of its own, which `proof.processes` ends; a process
that has left its group stays.

Standard library only, and little of it: a page's interpreter loads this.
"""

import contextlib
import os
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

GRACE = 0.3  # seconds that leftover processes get to end by themselves: some tidy up
LAST = 60  # seconds after which a process that was killed and is still there cannot be ended
IS_LINUX = sys.platform == "linux"


def supervise(lifeline: int) -> None:
    """Go on in a process whose descendants end with it.

    Args:
        lifeline: a pipe's end to read from: when the other end is closed, all ends at once.
            Only on Linux; elsewhere -1.
    """
    if IS_LINUX:
        ready, set_ready = os.pipe()
        if child := os.fork():
            _wait_and_end(child, lifeline, set_ready)
        os.close(set_ready)
        os.read(ready, 1)  # nothing may be left behind before somebody adopts it
        os.close(ready)
        os.close(lifeline)
    elif sys.platform == "win32":
        _enter_a_job()


def _wait_and_end(child: int, lifeline: int, set_ready: int) -> NoReturn:
    import select

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # meant for the code that runs
    signal.signal(signal.SIGTERM, lambda *_: sys.exit())
    code, grace = 1, 0.0
    try:
        adopt()
        ended = os.pidfd_open(child)
        os.close(set_ready)
        found, _, _ = select.select([ended, lifeline], [], [])
        if ended in found:
            code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
            grace = GRACE
    finally:
        end_children(grace)
        _end_with(code)


def _end_with(code: int) -> NoReturn:
    """End this process as another one has ended: whoever waits for it is to see how."""
    with contextlib.suppress(OSError, ValueError):
        if code < 0:
            import resource

            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # one core file is enough
            if -code not in (signal.SIGKILL, signal.SIGSTOP):
                signal.signal(-code, signal.SIG_DFL)
            os.kill(os.getpid(), -code)
    os._exit(code)


def adopt() -> None:
    """Become the parent of every descendant that loses its own; only Linux can do this."""
    if IS_LINUX:
        import ctypes

        set_child_subreaper = 36
        ctypes.CDLL(None).prctl(set_child_subreaper, 1, 0, 0, 0)


def end_children(grace: float = GRACE) -> None:
    """End all children of this process, and theirs if it adopts them.

    Args:
        grace: seconds that they get to end by themselves.
    """
    start = time.monotonic()
    while True:
        try:
            ended, _ = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return
        waited = time.monotonic() - start
        if ended:
            continue
        if waited > grace + LAST:
            return
        if waited >= grace:
            for child in _children():
                with contextlib.suppress(OSError):
                    os.kill(child, signal.SIGKILL)
        time.sleep(0.005)


def _children() -> Iterator[int]:
    """The processes whose parent is this one, as Linux lists them."""
    parent = str(os.getpid()).encode()
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            stat = (folder / "stat").read_bytes()
            if stat.rpartition(b")")[2].split()[1] == parent:  # a name may hold anything
                yield int(folder.name)


def _enter_a_job() -> None:
    """Join a job of Windows that ends all its processes when its only handle, ours, is closed."""
    if sys.platform == "win32":
        import ctypes

        class Limits(ctypes.Structure):
            """JOBOBJECT_EXTENDED_LIMIT_INFORMATION, of which only the flags are used."""

            _fields_ = (
                ("times", ctypes.c_int64 * 2),
                ("flags", ctypes.c_uint32),
                ("sizes", ctypes.c_size_t * 2),
                ("processes", ctypes.c_uint32),
                ("affinity", ctypes.c_size_t),
                ("classes", ctypes.c_uint32 * 2),
                ("counters", ctypes.c_uint64 * 6),
                ("memory", ctypes.c_size_t * 4),
            )

        kernel = ctypes.WinDLL("kernel32")
        kernel.CreateJobObjectW.restype = kernel.GetCurrentProcess.restype = ctypes.c_void_p
        job = ctypes.c_void_p(kernel.CreateJobObjectW(None, None))
        kill_on_close, extended_limits = 0x2000, 9
        limits = Limits(flags=kill_on_close)
        size = ctypes.sizeof(limits)
        kernel.SetInformationJobObject(job, extended_limits, ctypes.byref(limits), size)
        kernel.AssignProcessToJobObject(job, ctypes.c_void_p(kernel.GetCurrentProcess()))
