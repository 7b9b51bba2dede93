"""Run a Python that is under test, and end it with all that it started.

`proof.supervisor` and `proof.fork_server` are the halves of this that run there.
"""

import atexit
import contextlib
import os
import select
import signal
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Mapping
from pathlib import Path

from proof.fork_server import SIZE
from proof.supervisor import IS_LINUX, LAST

LOOK = 0.05  # seconds between two looks at how much has been printed

_PACKAGE = str(Path(__file__).parent)
# The package is named without a look at `sys.path`: nothing of ours shadows what a page imports.
_START = """\
import sys, types
sys.modules["proof"] = types.ModuleType("proof")
sys.modules["proof"].__path__ = [sys.argv.pop(1)]
from proof.{} import main
main()
"""


def processors() -> int:
    """How many processors there are for this process."""
    has_affinity = hasattr(os, "sched_getaffinity")
    return len(os.sched_getaffinity(0)) if has_affinity else os.cpu_count() or 1


def command(module: str, *arguments: object) -> list[str]:
    """The command line that runs `main` of one of our modules in a fresh Python."""
    return [sys.executable, "-c", _START.format(module), _PACKAGE, *map(str, arguments)]


def run(
    folder: Path,
    environment: Mapping[str, str],
    seconds: float,
    is_too_much: Callable[[], bool],
) -> tuple[int | None, str]:
    """Run a page in a fresh Python, to its end or to a limit.

    Args:
        folder: has the file `job`, and the working folder `work`.
        environment: all variables.
        seconds: after which it is ended.
        is_too_much: asked every so often: whether it has printed too much.

    Returns:
        Its exit code, and what it said before it sent its output elsewhere. The code is None
        if it was ended: because time was up, or because it had printed too much.
    """
    lifeline, hold = os.pipe() if IS_LINUX else (-1, -1)
    process = subprocess.Popen(
        command("runner", "page", lifeline, folder),
        cwd=folder / "work",
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        pass_fds=[lifeline] if IS_LINUX else [],
        start_new_session=True,
    )
    try:
        if IS_LINUX:
            os.close(lifeline)
        end = time.monotonic() + seconds
        while not is_too_much() and time.monotonic() < end:
            with contextlib.suppress(subprocess.TimeoutExpired):
                said, _ = process.communicate(timeout=LOOK)
                return process.returncode, said.decode(errors="replace")
        return None, ""
    finally:
        if IS_LINUX:
            os.close(hold)
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(timeout=LAST)
        _end_group(process)


def run_in_a_copy(
    folder: Path,
    environment: Mapping[str, str],
    seconds: float,
    is_too_much: Callable[[], bool],
) -> tuple[int | None, str]:
    """Do as `run` does, in a copy of a fresh Python that waits for pages, where that is possible.

    A copy is made on Linux only. On macOS the system's own libraries do not work in one, and
    Windows cannot make one.
    """
    if not IS_LINUX:
        return run(folder, environment, seconds, is_too_much)
    waiting = _servers[environment["PYTHONHASHSEED"]]
    server = _first(waiting, environment) or _ForkServer(environment, folder / "work")
    try:
        code, said = server.run(folder, seconds, is_too_much)
    except BaseException:  # Ctrl-C too: what runs must end
        server.close()
        raise
    if code is None or not server.is_alive:
        server.close()
    else:
        waiting.append(server)
    return code, said


class _ForkServer:
    """A Python that waits for pages: see `proof.fork_server`.

    Args:
        environment: all its variables, and those of its pages.
        folder: an empty one, to start in.
    """

    def __init__(self, environment: Mapping[str, str], folder: Path) -> None:
        self.environment, self.owner = dict(environment), os.getpid()
        self.is_alive = True
        read_jobs, self.jobs = os.pipe()
        self.answers, write_answers = os.pipe()
        self.says = tempfile.TemporaryFile()  # noqa: SIM115
        self.process = subprocess.Popen(
            command("runner", "server", read_jobs, write_answers),
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=self.says,
            stderr=subprocess.STDOUT,
            pass_fds=[read_jobs, write_answers],
            start_new_session=True,
        )
        os.close(read_jobs)
        os.close(write_answers)

    def is_for(self, environment: Mapping[str, str]) -> bool:
        """Whether it has these variables, and is this process's own."""
        return self.environment == environment and self.owner == os.getpid()

    def run(
        self, folder: Path, seconds: float, is_too_much: Callable[[], bool]
    ) -> tuple[int | None, str]:
        """Run a page: as `run` does."""
        name = os.fsencode(folder)
        with contextlib.suppress(BrokenPipeError):  # it has not even started
            os.write(self.jobs, len(name).to_bytes(SIZE, "little") + name)
        answered = select.poll()
        answered.register(self.answers, select.POLLIN)
        end = time.monotonic() + seconds
        while not is_too_much() and time.monotonic() < end:
            if answered.poll(LOOK * 1000):
                code = os.read(self.answers, SIZE)
                if not code:
                    self.is_alive = False
                    return self.process.wait(), self._said()
                return int.from_bytes(code, "little", signed=True), self._said()
        return None, ""

    def close(self) -> None:
        """End it, and all that it has started."""
        for end in (self.jobs, self.answers):
            os.close(end)
        self.says.close()
        if self.owner == os.getpid():
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(timeout=LAST)
            _end_group(self.process)
        else:
            self.process.returncode = 0  # it is another's, and ends with that

    def _said(self) -> str:
        """What it, or a page that has just begun, has said."""
        self.says.seek(0)
        said = self.says.read().decode(errors="replace")
        if said:
            self.says.seek(0)
            self.says.truncate()
        return said


_servers: dict[str, list[_ForkServer]] = defaultdict(list)  # by the order of sets: those that wait


def _first(waiting: list[_ForkServer], environment: Mapping[str, str]) -> _ForkServer | None:
    """Take out one that has these variables: while it is busy, it is nobody else's."""
    with contextlib.suppress(IndexError):  # another thread may take the last one
        while True:
            server = waiting.pop()
            if server.is_for(environment):
                return server
            server.close()
    return None


@atexit.register
def _close_servers() -> None:
    for waiting in _servers.values():
        while waiting:
            waiting.pop().close()


def _end_group(process: subprocess.Popen[bytes]) -> None:
    """End a process that began a group, and whatever of the group is left."""
    end_group(process.pid)
    process.kill()
    process.wait()
    if process.stdout:
        process.stdout.close()


def end_group(number: int) -> None:
    """End what is left of a group of processes, where there are groups."""
    if hasattr(os, "killpg"):
        with contextlib.suppress(OSError):
            os.killpg(number, signal.SIGKILL)
