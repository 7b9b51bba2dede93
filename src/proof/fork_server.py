"""In the interpreter under test: a fresh interpreter for each page, at the cost of a copy.

To start Python, and to load what runs a page, takes longer than most pages do. So on Linux one
interpreter is started and waits at the point where a page would begin. It has imported nothing
that a page asks for. Each page runs in a copy of it: a process of its own, in a session of its
own, with the variables and the order of sets that the interpreter was started with. For other
variables or another order there is another interpreter.

What a page leaves behind is ended before the next one begins, and all of it when the process
that asked for pages is gone.

Standard library only, and little of it. `proof.processes` is the half that asks.
"""

import gc
import os
import select
import sys
from typing import NoReturn

from proof.supervisor import adopt, end_children

SIZE = 4  # bytes of a number on a pipe


def begin_a_page(jobs: int, answers: int) -> str:
    """Wait for pages, and go on in a copy of this process for each of them.

    Args:
        jobs: a pipe's end to read from: each job is the length of a folder's name, and the name.
            When the other end is closed, all ends.
        answers: a pipe's end to write to: for each job the exit code of the page's process.

    Returns:
        In a page's process, and only there: the folder of the job. Its subfolder `work` is the
        working folder.
    """
    # What is there already is no page's garbage. A copy that looked through it all the same when it
    # ends would have to copy the memory where it lies, which takes longer than most pages do.
    gc.collect()
    gc.freeze()
    while True:
        folder = _next(jobs)
        page = os.fork()
        if not page:
            os.close(jobs)
            os.close(answers)
            os.setsid()
            os.chdir(f"{folder}/work")
            return folder
        code = _wait(page, jobs)
        end_children()
        os.write(answers, code.to_bytes(SIZE, "little", signed=True))


def start_again_as_a_parent_of_all() -> None:
    """Adopt what pages leave behind, and begin anew as if nothing had been loaded for that.

    A process stays what it is to its descendants when it runs a program in its place.
    """
    adopt()
    os.execv(sys.executable, [*sys.orig_argv, "again"])


def _next(jobs: int) -> str:
    size = os.read(jobs, SIZE)
    if not size:
        _end()
    return os.fsdecode(os.read(jobs, int.from_bytes(size, "little")))


def _wait(page: int, jobs: int) -> int:
    """Wait for a page's process; end all if nobody waits for its result any more."""
    ends = os.pidfd_open(page)
    either = select.poll()
    either.register(ends, select.POLLIN)
    either.register(jobs, 0)  # only whether its other end is closed
    if jobs in dict(either.poll()):
        _end()
    os.close(ends)
    return os.waitstatus_to_exitcode(os.waitpid(page, 0)[1])


def _end() -> NoReturn:
    end_children(0)
    os._exit(0)
