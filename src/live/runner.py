"""Run a reader's code in Pyodide: in the browser, and in Node for the proof.

It stands by itself, for it runs before any package is there.
"""

import ast
import asyncio
import builtins
import importlib
import json
import linecache
import re
import sys
import time
import traceback
import types
from collections.abc import Callable, Iterable, Sized
from typing import Any

from proof.future import future_flags  # the site has its text here: src/website/pyodide/runtime.py


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


def run(
    code: str,
    name: str,
    before_echo: Callable[[], None],
    begin_line: Callable[[], None] | None = None,
) -> str:
    """Run code in the page's namespace, and show its last expression as a prompt does.

    Args:
        code: what to run.
        name: what a traceback calls it.
        before_echo: called once all is printed that the code prints by itself, as where the
            pages are proven. What comes after it is for the reader alone.
        begin_line: called before a prompt is printed, which begins a line. It makes the code a
            session: it goes through it as at a prompt, with the prompts in what is printed. The
            code may have prompts itself, and outputs that are left out, or be code alone.

    Returns:
        The name of the error that ended it, or nothing.
    """
    namespace = sys.modules["__main__"].__dict__
    namespace.pop("__warningregistry__", None)  # each block shows its own warnings, as on the page
    _names.add(name)
    lines = _PROMPT.sub("", code) if begin_line else code
    linecache.cache[name] = (len(code), None, lines.splitlines(keepends=True), name)
    outer = asyncio._get_running_loop()
    # Pyodide's own loop always runs: a page's code has one of its own.
    asyncio._set_running_loop(None)
    try:
        if begin_line:
            return _run_session(code, name, namespace, before_echo, begin_line)
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
        _print_hint(_hint(error), before_echo)
        return type(error).__name__
    finally:
        _flush()
        asyncio._set_running_loop(outer)
    return ""


def _run_session(
    code: str,
    name: str,
    namespace: dict[str, Any],
    before_echo: Callable[[], None],
    begin_line: Callable[[], None],
) -> str:
    """Run one input after the other, as the proof of the pages does (src/proof/session.py).

    Returns:
        The name of the error that ended the last input, or nothing. An error that the page does
        not show ends the session; with code alone, nothing is shown, and it goes on.
    """
    is_shown = code.lstrip().startswith(">>>")
    text = f"{code}\n" if is_shown else _with_prompts(code, name)
    inputs = list(_INPUT.finditer(text))
    ends = [found.start() for found in inputs[1:]] + [len(text)]
    hints = dict[str, None]()
    error = ""
    for found, end in zip(inputs, ends, strict=True):
        _flush()
        begin_line()
        print(found[0], end="", file=sys.__stdout__, flush=True)
        source = "\n" * text.count("\n", 0, found.start()) + _PROMPT.sub("", found[0])
        mode = "single" if any(map(_is_code, source.split("\n"))) else "exec"
        error = ""
        try:
            flags = future_flags(namespace)
            exec(compile(source, name, mode, flags, dont_inherit=True), namespace)
        except KeyboardInterrupt:
            raise
        except BaseException as raised:  # as above: it ends this input only
            _flush()
            _show(raised)
            hints[_hint(raised)] = None
            error = type(raised).__name__
            if is_shown and _TRACEBACK not in text[found.end() : end]:
                break
    _flush()
    for hint in hints:
        _print_hint(hint, before_echo)
    return error


def _with_prompts(code: str, name: str) -> str:
    """Code alone as one would write it at a prompt: statement by statement."""
    inner = {
        line
        for node in ast.parse(code, name).body
        for line in range(_first_line(node) + 1, (node.end_lineno or 0) + 1)
    }
    rows = enumerate(code.split("\n"), 1)
    marks = (("... " if at in inner else ">>> " if row.strip() else "", row) for at, row in rows)
    return "".join(f"{mark}{row if mark else ''}\n" for mark, row in marks)


def _first_line(node: ast.stmt) -> int:
    decorators: list[ast.expr] = getattr(node, "decorator_list", [])
    return min([node.lineno, *(each.lineno for each in decorators)])


def _is_code(row: str) -> bool:
    return bool(row.strip()) and not row.lstrip().startswith("#")


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


def _print_hint(hint: str, before_echo: Callable[[], None]) -> None:
    """Print a hint for the reader, if there is one, apart from what the code prints."""
    if hint:
        _flush()
        before_echo()
        print(hint)


def _hint(error: BaseException) -> str:
    """What a reader may do about a module that is not there, or a question that nobody answers."""
    if isinstance(error, EOFError | OSError) and _asks(error):
        return _NO_INPUT
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


_INPUT = re.compile(r"^>>>(?: [^\n]*)?\n(?:\.\.\.(?: [^\n]*)?\n)*", re.MULTILINE)
_PROMPT = re.compile(r"^(?:>>>|\.\.\.)(?: |$)", re.MULTILINE)
_TRACEBACK = "Traceback (most recent call last):\n"


def _asks(error: BaseException) -> bool:
    """Whether the line that raised an error asks for something to be typed."""
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame.line or "" for frame in frames if frame.filename in _names]
    return bool(own) and bool(re.search(r"\binput\(|\bstdin\b", own[-1]))


_NO_INPUT = """input() cannot ask you anything here: nobody could type an answer.
Write the answer into the code instead, such as name = "Ada"."""

_NO_NUMPY = """This copy of the site was built without NumPy, so the browser's Python has none.
In a Python of your own, it comes with: python -m pip install numpy"""

_NO_OTHER = """In the browser, this site has the standard library{here} only: there is no {name}.
A Python of your own has whatever you install."""

_packages: set[str] = set()
"""The packages that this site has for the browser, beside its own."""

_names: set[str] = set()
"""What the reader's code is called in a traceback."""
