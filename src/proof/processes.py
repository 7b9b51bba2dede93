"""Run a Python that is under test, and end it with all that it started.

`proof.supervisor` is the half of this that runs there.
"""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from proof.supervisor import IS_LINUX

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


def run(
    command: Sequence[str],
    folder: Path,
    environment: Mapping[str, str],
    seconds: float,
    is_too_much: Callable[[], bool],
) -> tuple[int | None, str]:
    """Run `main` of one of our modules in a fresh Python, to its end or to a limit.

    Args:
        command: the module's name within this package, and the arguments that come after the
            lifeline on its command line.
        folder: the working folder.
        environment: all variables.
        seconds: after which it is ended.
        is_too_much: asked every so often: whether it has printed too much.

    Returns:
        Its exit code, and what it said before it sent its output elsewhere. The code is None
        if it was ended: because time was up, or because it had printed too much.
    """
    module, *arguments = command
    lifeline, hold = os.pipe() if IS_LINUX else (-1, -1)
    process = subprocess.Popen(
        [sys.executable, "-c", _START.format(module), _PACKAGE, str(lifeline), *arguments],
        cwd=folder,
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
                process.wait(timeout=10)
        _end_group(process)


def _end_group(process: subprocess.Popen[bytes]) -> None:
    """End a process that began a group, and whatever of the group is left."""
    if hasattr(os, "killpg"):
        with contextlib.suppress(OSError):
            os.killpg(process.pid, signal.SIGKILL)
    process.kill()
    process.wait()
    if process.stdout:
        process.stdout.close()
