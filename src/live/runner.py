"""Run a reader's code in Pyodide: in the browser, and in Node for the proof.

It stands by itself, for it runs before any package is there.
"""

import ast
import asyncio
import builtins
import importlib
import json
import linecache
import sys
import time
import traceback
import types
from collections.abc import Callable, Iterable, Sized
from typing import Any


def fresh(packages: Iterable[str]) -> None:
    """Give the page a new, empty `__main__`.

    Args:
        packages: the names of those that this site has beside its own.
    """
    sys.modules["__main__"] = types.ModuleType("__main__")
    _packages.update(packages)
    # As where the pages are proven (src/proof/runner.py): a line at a time, as at a terminal.
    sys.stdout.reconfigure(errors="strict", line_buffering=True)  # type: ignore[union-attr]
    sys.stderr.reconfigure(  # type: ignore[union-attr]
        errors="backslashreplace", line_buffering=True
    )
    asyncio.new_event_loop = asyncio.events.new_event_loop = _Loop


def run(code: str, name: str, before_echo: Callable[[], None]) -> str:
    """Run code in the page's namespace, and show its last expression as a prompt does.

    Args:
        code: what to run.
        name: what a traceback calls it.
        before_echo: called once all is printed that the code prints by itself, as where the
            pages are proven. What comes after it is for the reader alone.

    Returns:
        The name of the error that ended it, or nothing.
    """
    namespace = sys.modules["__main__"].__dict__
    namespace.pop("__warningregistry__", None)  # each block shows its own warnings, as on the page
    _names.add(name)
    linecache.cache[name] = (len(code), None, code.splitlines(keepends=True), name)
    outer = asyncio._get_running_loop()
    # Pyodide's own loop always runs: a page's code has one of its own.
    asyncio._set_running_loop(None)
    try:
        tree = ast.parse(code, name)
        last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
        exec(compile(tree, name, "exec", dont_inherit=True), namespace)
        if isinstance(last, ast.Expr):
            expression = ast.Expression(last.value)
            value = eval(compile(expression, name, "eval", dont_inherit=True), namespace)
            if not tree.body and isinstance(value, str) and isinstance(last.value, ast.Constant):
                namespace["__doc__"] = value
            _flush()
            before_echo()
            _display(value)
    except BaseException as error:  # a reader's code may leave in any way: it ends the run only
        _flush()
        _show(error)
        if hint := _hint(error):
            _flush()
            before_echo()
            print(hint)
        return type(error).__name__
    finally:
        _flush()
        asyncio._set_running_loop(outer)
    return ""


def call(module: str, function: str, arguments: str) -> str:
    """Call a function with arguments from JSON, and return its result as JSON.

    Args:
        module: where the function is; `__main__` is the page's namespace.
        function: its name, or the dotted name of a method.
        arguments: a JSON list.
    """
    found: Any = importlib.import_module(module)
    for part in function.split("."):
        found = getattr(found, part)
    return json.dumps(found(*json.loads(arguments)), ensure_ascii=False)


def _show(error: BaseException) -> None:
    """Print an error as Python does, with the frames of the reader's code only."""
    shown = traceback.TracebackException.from_exception(error)
    if not _of_the_reader(shown):
        print("Traceback (most recent call last):", file=sys.stderr)  # as for all others
    shown.print()


def _hint(error: BaseException) -> str:
    """What a reader may do about a module that is not there."""
    if isinstance(error, ModuleNotFoundError) and error.name:  # what is there has loaded
        name = error.name.partition(".")[0]
        if name == "numpy":
            return _NO_NUMPY
        if name not in sys.modules and name not in sys.stdlib_module_names:
            here = ", verdict and NumPy" if "numpy" in _packages else " and verdict"
            return _NO_OTHER.format(here=here, name=name)
    return ""


def _display(value: object) -> None:
    """Show a value as a prompt does, but leave alone the name `_`, which code may ask for."""
    names = vars(builtins)
    before = {"_": names["_"]} if "_" in names else {}
    try:
        sys.displayhook(value)
    except Exception as error:  # its `repr` fails, which the code itself did not ask for
        _flush()
        _show(error)
    finally:
        names.pop("_", None)
        names.update(before)


class _Loop(asyncio.BaseEventLoop):
    """Runs coroutines to their end where they stand: nothing but time can wake them.

    Pyodide's own loop waits for the browser, which code that is called from JavaScript cannot.
    """

    _ready: Sized  # what runs next

    def __init__(self) -> None:
        super().__init__()
        self._selector = self

    def select(self, timeout: float | None) -> list[object]:
        """Wait, in short steps: the reader may stop it in between."""
        if timeout is None:
            raise RuntimeError("This waits for something that nothing here will ever bring.")
        end = time.monotonic() + timeout
        while not self._ready and (left := end - time.monotonic()) > 0:
            time.sleep(min(left, 0.02))
        return []

    def _process_events(self, event_list: list[object]) -> None:
        pass

    def _write_to_self(self) -> None:
        pass


def _of_the_reader(shown: traceback.TracebackException) -> bool:
    """Keep the reader's frames, in what led to the error too; whether there are any."""
    for earlier in (shown.__cause__, shown.__context__, *(shown.exceptions or ())):
        if earlier is not None:
            _of_the_reader(earlier)
    shown.stack[:] = [frame for frame in shown.stack if frame.filename in _names]
    return bool(shown.stack)


def _flush() -> None:
    sys.stdout.flush()
    sys.stderr.flush()


_NO_NUMPY = """This copy of the site was built without NumPy, so the browser's Python has none.
In a Python of your own, it comes with: python -m pip install numpy"""

_NO_OTHER = """In the browser, this site has the standard library{here} only: there is no {name}.
A Python of your own has whatever you install."""

_packages: set[str] = set()
"""The packages that this site has for the browser, beside its own."""

_names: set[str] = set()
"""What the reader's code is called in a traceback."""
