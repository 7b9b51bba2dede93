"""A page's `__main__`, which the processes of `multiprocessing` can import as they would a file.

With the start methods 'spawn' and 'forkserver', a new process runs the main file again to get
its definitions, under another name, so that all below `if __name__ == "__main__":` stays out.
A page has no such file, so it gets one when it is asked for. What starts processes without
that line would start itself in each of them, for ever: that is an error at once.

Standard library only: it runs in the interpreter under test.
"""

import os
import sys
import types
from _thread import get_ident
from pathlib import Path

UNGUARDED = (
    "with 'spawn' or 'forkserver', each new process first runs this code again, as it would "
    "run a file: it would start processes without end. Put what starts them below "
    '`if __name__ == "__main__":`.'
)


class Main:
    """The `__main__` of a page.

    Args:
        folder: where the file for new processes goes.
    """

    def __init__(self, folder: str) -> None:
        self.folder = folder
        self.ran: list[tuple[str, str, int, bool]] = []
        """What has run, and what runs now: its block's name, its source with as many empty lines
        above it as it has lines of its block, its flags for `compile`, whether it shows an error.
        """
        self.module = _module(self)

    def file(self, frame: types.FrameType | None) -> str:
        """The file that a new process runs: the blocks up to this one.

        Args:
            frame: what asks for it.

        Raises:
            RuntimeError: the new process would come to the same place, and ask again.
        """
        name, source, *_ = self.ran[-1]
        line = 0
        while frame:
            if frame.f_code.co_filename == name and frame.f_code.co_name == "<module>":
                line = frame.f_lineno
            frame = frame.f_back
        if line and not _is_guarded(source, line):
            raise RuntimeError(UNGUARDED)
        path = Path(self.folder, f"main-{len(self.ran)}.py")
        # Another process may be reading it by now, so what stands there is replaced, never emptied.
        # The one that takes its place has a name of its own: another thread may write one too.
        new = path.with_suffix(f".{os.getpid()}-{get_ident()}")
        new.write_text(_AGAIN.format(self.ran), encoding="utf-8")
        new.replace(path)
        return str(path)


def block_name(number: int) -> str:
    """What a traceback calls the code of a block: the same in every folder, and in a browser.

    Args:
        number: the block's place on its page, from 0.
    """
    return f"block {number + 1}"


def _module(main: Main) -> types.ModuleType:
    class Module(types.ModuleType):
        """A module with a file, but for new processes only: a prompt has none either."""

        @property
        def __file__(self) -> str:  # type: ignore[override]
            asking = sys._getframe(1)
            if asking.f_globals.get("__name__") != "multiprocessing.spawn":
                raise AttributeError("__file__")
            return main.file(asking)

    return Module("__main__")


def _is_guarded(source: str, line: int) -> bool:
    """Whether a line of code runs only in `__main__`."""
    import ast  # late: few pages start processes

    for statement in ast.parse(source).body:
        if statement.lineno <= line <= (statement.end_lineno or 0):
            return isinstance(statement, ast.If) and any(
                isinstance(part, ast.Name) and part.id == "__name__"
                for part in ast.walk(statement.test)
            )
    return False


# What it prints stands on the page already; the streams are put aside as the system knows them,
# for a module may keep the objects.
_AGAIN = """\
def __run_again():
    import linecache, os, sys

    own_streams, nowhere = (os.dup(1), os.dup(2)), os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1), os.dup2(nowhere, 2)
    try:
        for name, source, flags, raises in {}:
            lines = source.splitlines(keepends=True)
            linecache.cache[name] = len(source), None, lines, name
            try:
                exec(compile(source, name, "exec", flags, dont_inherit=True), globals())
            except BaseException:
                if not raises:
                    raise
    finally:
        sys.stdout.flush(), sys.stderr.flush()
        for stream, copy in enumerate(own_streams, 1):
            os.dup2(copy, stream), os.close(copy)
        os.close(nowhere)

__run_again()
del __run_again
"""
