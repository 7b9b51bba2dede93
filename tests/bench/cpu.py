"""The CPU time of a command and of all that it starts: `python -m tests.bench.cpu make lint`.

A browser's processes leave the one that started them. On Linux this process adopts what its
descendants leave behind, waits for it and counts it. Elsewhere such a process goes uncounted.
"""

import ctypes
import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

LONGEST = 2 * 60 * 60
"""Seconds after which a command is ended."""
GRACE = 30
"""Seconds that processes get to end by themselves once the command has ended."""

_ADOPT = 36  # PR_SET_CHILD_SUBREAPER of Linux's <sys/prctl.h>
_COUNT = "CPU seconds: "


@dataclass(frozen=True)
class Spent:
    """What a command has cost in CPU seconds, how it ended, and what it printed."""

    seconds: float
    code: int
    printed: str


def spent(command: Sequence[str], folder: Path, environment: Mapping[str, str]) -> Spent:
    """Run a command to its end, and count the CPU time of all its processes.

    Args:
        command: what to run.
        folder: the working folder.
        environment: all variables.
    """
    done = subprocess.run(
        [sys.executable, __file__, *command],
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        check=False,
        timeout=LONGEST + 2 * GRACE,
    )
    printed, _, seconds = done.stdout.rpartition(_COUNT)
    return Spent(float(seconds), done.returncode, printed)


def main(command: list[str]) -> int:
    """Run a command; say what it has cost on a last line."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_ADOPT, 1, 0, 0, 0)
    code = subprocess.run(command, check=False, timeout=LONGEST).returncode
    _wait_for_adopted()
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(f"{_COUNT}{usage.ru_utime + usage.ru_stime:.2f}", flush=True)
    return code


def _wait_for_adopted() -> None:
    """Wait for the processes that others have left to this one; end those that stay."""
    end = time.monotonic() + GRACE
    with suppress(ChildProcessError):  # there is none left
        while True:
            if os.waitpid(-1, os.WNOHANG)[0]:
                continue
            time.sleep(0.05)
            if time.monotonic() > end and sys.platform == "linux":
                for child in Path(f"/proc/self/task/{os.getpid()}/children").read_text().split():
                    os.kill(int(child), signal.SIGKILL)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
