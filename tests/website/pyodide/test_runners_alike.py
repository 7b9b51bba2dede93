"""What proves the pages and what runs them in a browser print the same, case by case."""

from collections.abc import Iterable
from pathlib import Path
from unittest import SkipTest

import pytest

from proof import page
from tests.website.pyodide.wasm import run_pages_in_wasm
from website.pyodide.runtime import is_possible
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


SESSIONS = {
    "values and what is printed": """\
>>> words = "to be".split()
>>> words
['to', 'be']
>>> print(*words); len(words)
to be
2
>>> _ + 1
3
>>> None
""",
    "more than one line": """\
>>> @staticmethod
... def shout(text):
...     # loud
...
...     return text.upper()
...

>>> shout("a")
'A'
>>> for letter in "bc":
...     letter
'b'
'c'
""",
    "comments and bare prompts": """\
>>> # nothing
>>>
>>> # here it is
... 1
1
""",
    "empty lines": """\
>>> print("a\\n\\nb\\n")
a

b
<BLANKLINE>
>>> print()
<BLANKLINE>


>>> print("c\\t  \\rd")
c
d
""",
    "no line end": """\
>>> print("part", end="")
part
>>> import sys; print("other", end="", file=sys.stderr)
other
>>> print("before", end=""); 1 / 0
before
Traceback (most recent call last):
  ...
ZeroDivisionError: division by zero
>>> "after"
'after'
""",
    "errors, one after the other": """\
>>> {}["a"]
Traceback (most recent call last):
  File "<stdin>", line 1, in <module>
KeyError: 'a'
>>> {}["a"
Traceback (most recent call last):
SyntaxError: '[' was never closed
>>> undefined
Traceback (most recent call last):
...
NameError: name 'undefined' is not defined
""",
    "places in memory": """\
>>> object()
<object object at 0x...>
>>> raise ValueError(object())
Traceback (most recent call last):
...
ValueError: <object object at 0x...>
""",
    "warnings": """\
>>> import warnings

>>> warnings.warn("old")
block {number}:3: UserWarning: old
  warnings.warn("old")
""",
    "what is imported from the future": """\
>>> from __future__ import annotations
>>> def f(a: nothing): ...
>>> f.__annotations__
{'a': 'nothing'}
""",
    "what is not": """\
>>> del annotations
>>> def f(a: int): ...
>>> f.__annotations__
{'a': <class 'int'>}
""",
    "another stream": """\
>>> import io
>>> sys.stdout = io.StringIO()
>>> print("there")
>>> sys.stdout = sys.__stdout__
>>> print("here")
here
""",
}
"""Sessions, which print what stands between their lines; `{number}` is that of the session."""


def proven(cases: list[tuple[str, str]]) -> list[str | None]:
    """What the proof says is wrong with each block of a page."""
    return verdicts(
        f"```python\n{code}\n```\n" + (f"\n```output\n{output}```\n" if output else "")
        for code, output in cases
    )


def verdicts(fences: Iterable[str]) -> list[str | None]:
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
    """How the blocks of a page go in the Python for browsers."""
    return run_pages_in_wasm(folder, blocks)[0]


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


def test_both_run_sessions_as_a_prompt_does(tmp_path: Path) -> None:
    texts = [
        text.replace("{number}", str(number)) for number, text in enumerate(SESSIONS.values(), 1)
    ]
    fences = [f"```pycon\n{text}```\n" for text in texts]
    wrong = dict(zip(SESSIONS, verdicts(fences), strict=True))
    assert {name: fault for name, fault in wrong.items() if fault} == {}

    results = dict(zip(SESSIONS, run_in_wasm(tmp_path, sessions(texts)), strict=True))
    assert {name: how["printed"] for name, how in results.items() if not how["same"]} == {}


def test_both_tell_a_session_that_prints_something_else(tmp_path: Path) -> None:
    texts = [
        ">>> x = 1\n1\n",
        ">>> x\n>>> x\n1\n1\n",
        ">>> print('a\\n')\na\n",
        ">>> {}['a']\nTraceback (most recent call last):\n  ...\nKeyError: 'b'\n",
        ">>> x\n1\n\n2\n",
    ]
    pages = [sessions([f">>> x = 1\n{text}"]) for text in texts]
    for text, (how,) in zip(texts, run_pages_in_wasm(tmp_path, *pages), strict=True):
        (fault,) = verdicts([f"```pycon\n>>> x = 1\n{text}```\n"])
        assert fault, text
        assert not how["same"], text


def test_an_error_that_a_session_does_not_show_ends_it(tmp_path: Path) -> None:
    text = ">>> import no_such_module\n>>> no_such_module.x\n1\n"
    (how,) = run_in_wasm(tmp_path, sessions([text]))
    assert how["error"] == "ModuleNotFoundError"
    printed = str(how["printed"])
    assert printed.endswith("ModuleNotFoundError: No module named 'no_such_module'\n")
    assert "there is no no_such_module" in str(how["echo"])


def test_code_alone_runs_as_a_session_too(tmp_path: Path) -> None:
    """A reader who edits a session sees its code alone."""
    code = """\
def f(x):

    return [x,
            1]

# a comment
f(2); f(3)
f()
print("end")
"""
    (how,) = run_in_wasm(tmp_path, sessions([code]))
    above, below = str(how["printed"]).split("Traceback (most recent call last):\n")
    assert (
        above
        == """\
>>> def f(x):
...\x20
...     return [x,
...             1]
>>> # a comment
>>> f(2); f(3)
[2, 1]
[3, 1]
>>> f()
"""
    )
    assert below.endswith("""
TypeError: f() missing 1 required positional argument: 'x'
>>> print("end")
end
""")
    assert 'File "block 1", line 8, in <module>' in below
    (how,) = run_in_wasm(tmp_path, sessions(["1 +"]))
    assert (how["error"], str(how["printed"])[:9]) == ("SyntaxError", "Traceback")


def sessions(texts: Iterable[str]) -> list[dict[str, object]]:
    return [
        {"code": text, "shown": text, "number": number, "session": True}
        for number, text in enumerate(texts, 1)
    ]


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


def test_each_page_has_a_python_of_its_own(tmp_path: Path) -> None:
    code = (
        "import sys\nfrom pathlib import Path\n\nleft = Path('left.txt')\n"
        "print('left' in dir(sys), left.exists())\nsys.left = left.write_text('a')"
    )
    block: dict[str, object] = {"code": code, "shown": "False False\n", "number": 1}
    assert [how["printed"] for (how,) in run_pages_in_wasm(tmp_path, [block], [block])] == [
        "False False\n",
        "False False\n",
    ]


def test_a_block_s_number_counts_those_that_are_not_proven() -> None:
    block = '<div class="language-python highlight"><pre><code>x</code></pre></div>'
    session = (
        '<div class="language-pycon highlight"><pre><code>&gt;&gt;&gt; x\n1</code></pre></div>'
    )
    mark = '<p class="proven">Runs as shown</p>'
    html = f"{block}{block}{mark}{session}{mark}{block}{mark}"
    found = [(each.number, each.code, each.is_session) for each in proven_blocks(html)]
    assert found == [(2, "x", False), (3, ">>> x\n1", True), (4, "x", False)]
