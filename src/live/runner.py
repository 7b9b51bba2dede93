"""Run a reader's code in Pyodide: in the browser, and in Node for the proof.

It stands by itself, for it runs before any package is there.
"""

import ast
import importlib
import json
import linecache
import sys
import traceback
import types
from collections.abc import Callable, Iterable
from typing import Any


def fresh(packages: Iterable[str]) -> None:
    """Give the page a new, empty `__main__`.

    Args:
        packages: the names of those that this site has beside its own.
    """
    sys.modules["__main__"] = types.ModuleType("__main__")
    _packages.update(packages)


def run(code: str, name: str, before_echo: Callable[[], None]) -> str:
    """Run code in the page's namespace, and show its last expression as a prompt does.

    Args:
        code: what to run.
        name: what a traceback calls it.
        before_echo: called once all is printed that the code prints by itself.

    Returns:
        The name of the error that ended it, or nothing.
    """
    namespace = sys.modules["__main__"].__dict__
    namespace.pop("__warningregistry__", None)  # each block shows its own warnings, as on the page
    _names.add(name)
    linecache.cache[name] = (len(code), None, code.splitlines(keepends=True), name)
    try:
        tree = ast.parse(code, name)
        last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
        exec(compile(tree, name, "exec", dont_inherit=True), namespace)
        if isinstance(last, ast.Expr):
            expression = ast.Expression(last.value)
            value = eval(compile(expression, name, "eval", dont_inherit=True), namespace)
            _flush()
            before_echo()
            sys.displayhook(value)
    except BaseException as error:  # a reader's code may leave in any way: it ends the run only
        _flush()
        _show(error)
        return type(error).__name__
    finally:
        _flush()
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
    if isinstance(error, ModuleNotFoundError) and error.name:  # what is there has loaded
        name = error.name.partition(".")[0]
        if name == "numpy":
            error.add_note(_NO_NUMPY)
        elif name not in sys.modules and name not in sys.stdlib_module_names:
            here = ", verdict and NumPy" if "numpy" in _packages else " and verdict"
            error.add_note(_NO_OTHER.format(here=here, name=name))
    shown = traceback.TracebackException.from_exception(error)
    if not _of_the_reader(shown):
        print("Traceback (most recent call last):", file=sys.stderr)  # as for all others
    shown.print()


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
