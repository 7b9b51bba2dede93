"""What proves the pages and what runs them in a browser print the same, case by case."""

import json
import zipfile
from pathlib import Path
from unittest import SkipTest

import pytest

from proof import page
from website.assets.scripts import SCRIPTS
from website.pyodide.runtime import is_possible, run_node, runtime
from website.pyodide.second_proof import proven_blocks

pytestmark = pytest.mark.skipif(
    not is_possible(), reason="no Python for the browser: it needs Node.js, and `make`"
)
ENDS = "Traceback (most recent call last):\n  ...\n"
CASES = {
    "plain output": ("print('a')", "a\n"),
    "nothing": ("x = 1", ""),
    "a last expression that only a prompt shows": ("x + 1", ""),
    "a last expression that has no name afterwards": (
        "_",
        f"{ENDS}NameError: name '_' is not defined\n",
    ),
    "a last expression that cannot be shown": (
        "class Bad:\n    def __repr__(self):\n        raise RuntimeError('no')\n\n\nBad()",
        "",
    ),
    "a block that is a docstring": ("'''A note.'''", ""),
    "what the docstring leaves": ("print(__doc__)", "A note.\n"),
    "a warning": (
        "import warnings\n\nwarnings.warn('old', DeprecationWarning)",
        "block {}:3: DeprecationWarning: old\n  warnings.warn('old', DeprecationWarning)\n",
    ),
    "the same warning again": (
        "for _ in range(2):\n    warnings.warn('old', DeprecationWarning)",
        "block {}:2: DeprecationWarning: old\n  warnings.warn('old', DeprecationWarning)\n",
    ),
    "a warning about the caller": (
        "def careful():\n    warnings.warn('here', stacklevel=2)\n\n\ncareful()",
        "block {}:5: UserWarning: here\n  careful()\n",
    ),
    "logging": ("import logging\n\nlogging.warning('careful')", "WARNING:root:careful\n"),
    "sets": ("print({3, 1, 2}, sorted({'b', 'a'}))", "{1, 2, 3} ['a', 'b']\n"),
    "input": ("input()", f"{ENDS}EOFError: EOF when reading a line\n"),
    "a question": ("input('Name: ')", f"Name:\n{ENDS}EOFError: EOF when reading a line\n"),
    "standard input": ("import sys\n\nprint(repr(sys.stdin.read()))", "''\n"),
    "leaving": ("print('before')\nsys.exit(3)", f"before\n{ENDS}SystemExit: 3\n"),
    "leaving without a word": ("sys.exit()", f"{ENDS}SystemExit\n"),
    "a keyboard's interrupt": ("raise KeyboardInterrupt", f"{ENDS}KeyboardInterrupt\n"),
    "a coroutine": (
        "import asyncio\n\n\nasync def later(number):\n    await asyncio.sleep(number / 100)\n"
        "    return number\n\n\nasync def both():\n"
        "    return await asyncio.gather(later(2), later(1))\n\n\nprint(asyncio.run(both()))",
        "[2, 1]\n",
    ),
    "a coroutine that ends with an error": (
        "async def fails():\n    raise ValueError('no')\n\n\nasyncio.run(fails())",
        f"{ENDS}ValueError: no\n",
    ),
    "no running loop": (
        "asyncio.get_running_loop()",
        f"{ENDS}RuntimeError: no running event loop\n",
    ),
    "await where none can stand": (
        "await asyncio.sleep(0)",
        f"{ENDS}SyntaxError: 'await' outside function\n",
    ),
    "no line end": ("print('no end', end='')", "no end\n"),
    "an error after no line end": (
        "print('part', end='')\n1 / 0",
        f"part\n{ENDS}ZeroDivisionError: division by zero\n",
    ),
    "both streams, line by line": (
        "print('out')\nprint('err', file=sys.stderr)\nprint('out again')",
        "out\nerr\nout again\n",
    ),
    "both streams within a line": (
        "print('a', end='')\nprint('b', file=sys.stderr)\nprint('c')",
        "b\nac\n",
    ),
    "below the streams": (
        "import os\n\nprint('x')\nos.write(1, b'raw\\n')\nos.write(2, b'raw, too\\n')",
        "x\nraw\nraw, too\n",
    ),
    "an error of many lines": (
        "raise ValueError('first\\n  second\\nthird')",
        f"{ENDS}ValueError: first\n  second\nthird\n",
    ),
    "an error with a note": (
        "error = ValueError('a')\nerror.add_note('Try b.')\nraise error",
        f"{ENDS}ValueError: a\nTry b.\n",
    ),
    "an error that another led to": (
        "try:\n    1 / 0\nexcept ZeroDivisionError as error:\n    raise KeyError('k') from error",
        f"{ENDS}KeyError: 'k'\n",
    ),
    "an error of its own kind": (
        "class OwnError(Exception): ...\n\n\nraise OwnError",
        f"{ENDS}OwnError\n",
    ),
    "a group of errors": (
        "raise ExceptionGroup('both\\nfail', [ValueError('a'), TypeError('b')])",
        f"{ENDS}ExceptionGroup: both\nfail (2 sub-exceptions)\n",
    ),
    "a module that is not there": (
        "import nothing_of_this_name",
        f"{ENDS}ModuleNotFoundError: No module named 'nothing_of_this_name'\n",
    ),
    "a fault of syntax": ("def f(:\n    pass", f"{ENDS}SyntaxError: invalid syntax\n"),
    "no end of calls": (
        "def again():\n    return again()\n\n\nagain()",
        f"{ENDS}RecursionError: maximum recursion depth exceeded\n",
    ),
    "a traceback that the code prints": (
        "import traceback\n\ntry:\n    open('gone.txt')\nexcept OSError:\n"
        "    print(traceback.format_exc().splitlines()[1])",
        '  File "block {}", line 4, in <module>\n',
    ),
    "a function's own place": (
        "import inspect\n\n\ndef f():\n    return 1\n\n\nprint(inspect.getsource(f))\n"
        "print(f.__code__.co_filename)",
        "def f():\n    return 1\n\nblock {}\n",
    ),
    "what cannot be written": (
        "print('\\ud800')",
        f"{ENDS}UnicodeEncodeError: 'utf-8' codec can't encode character '\\ud800' in position 0: "
        "surrogates not allowed\n",
    ),
    "what can be written to the other stream": (
        "print('\\ud800', file=sys.stderr)",
        "\\ud800\n",
    ),
    "tabs, marks and blanks at the end": (
        "print('a\\tb\\x02\\x03c  \\rd\\td')",
        "a   bc\nd   d\n",
    ),
    "much output": ("print('x' * 50_000)", "x" * 50_000 + "\n"),
    "what the code is called": (
        "import __main__\n\nprint(__name__, sys.argv, '__file__' in globals(), __main__.x)",
        "__main__ [''] False 1\n",
    ),
    "the environment": (
        "names = ['NO_COLOR', 'TERM', 'TZ', 'LANG', 'LC_ALL', 'COLUMNS']\n"
        "print(*map(os.environ.get, names))",
        "1 dumb UTC C.UTF-8 C.UTF-8 None\n",
    ),
    "the terminal": (
        "import shutil\n\nprint(*shutil.get_terminal_size(), sys.stdout.isatty())",
        "80 24 False\n",
    ),
    "the streams": (
        "print(sys.stdout.encoding, sys.stdout.errors, sys.stderr.errors)",
        "utf-8 strict backslashreplace\n",
    ),
}
"""What a block is like: its code, and what it prints; `{}` is its number on the page.

They stand on one page, in this order.
"""


def proven(cases: list[tuple[str, str]]) -> list[str | None]:
    """What the proof says is wrong with each block of a page."""
    fences = [
        f"```python\n{code}\n```\n" + (f"\n```output\n{output}```\n" if output else "")
        for code, output in cases
    ]
    shown, problems = page.read("\n".join(fences), Path("page.md"))
    assert not problems
    found = []
    for block in shown.blocks:
        try:
            found.append(page.verdict(block))
        except SkipTest as error:
            found.append(str(error))
    return found


def run_in_wasm(folder: Path, blocks: list[dict[str, object]]) -> list[dict[str, object]]:
    """How the blocks go in the Python for browsers."""
    python = runtime()
    wheel = folder / "nothing.whl"
    zipfile.ZipFile(wheel, "w").close()
    plan = {
        "folder": f"{python.folder}/",
        "packages": f"{python.packages}/",
        "lock": python.lock,
        "wheel": str(wheel),
        "runner": str(SCRIPTS / "runner.py"),
        "story": None,
        "pages": {"page": blocks},
    }
    results: list[dict[str, object]] = json.loads(run_node("prove.js", given=json.dumps(plan)))[
        "page"
    ]
    return results


def test_both_print_what_the_table_says(tmp_path: Path) -> None:
    cases = [
        (code, output.replace("{}", str(number)))
        for number, (code, output) in enumerate(CASES.values(), 1)
    ]
    wrong = dict(zip(CASES, proven(cases), strict=True))
    assert {name: fault for name, fault in wrong.items() if fault} == {}

    blocks: list[dict[str, object]] = [
        {"code": f"{code}\n", "shown": output, "number": number}
        for number, (code, output) in enumerate(cases, 1)
    ]
    results = dict(zip(CASES, run_in_wasm(tmp_path, blocks), strict=True))
    assert {name: how["printed"] for name, how in results.items() if not how["same"]} == {}


def test_a_block_keeps_its_number_where_one_above_it_has_no_button(tmp_path: Path) -> None:
    thread = "import threading\n\nthreading.Thread(target=print).start()"
    warning = "import warnings\n\nwarnings.warn('old')"
    said = "block 2:3: UserWarning: old\n  warnings.warn('old')\n"
    assert proven([(thread, "\n"), (warning, said)])[1] is None
    blocks: list[dict[str, object]] = [
        {"code": thread, "shown": "\n", "number": 1},
        {"code": warning, "shown": said, "number": 2},
    ]
    results = run_in_wasm(tmp_path, blocks)
    assert [how["same"] for how in results] == [False, True]
    assert results[1]["printed"] == said


def test_a_block_s_number_counts_sessions_and_those_that_are_not_proven() -> None:
    block = '<div class="language-python highlight"><pre><code>x</code></pre></div>'
    session = (
        '<div class="language-pycon highlight"><pre><code>&gt;&gt;&gt; x\n1</code></pre></div>'
    )
    mark = '<p class="proven">Runs as shown</p>'
    html = f"{block}{block}{mark}{session}{mark}{block}{mark}"
    assert [(each.number, each.code) for each in proven_blocks(html)] == [(2, "x"), (4, "x")]
