"""A page's blocks run as a reader would run them, and print what the page shows, or fail."""

import datetime
import os
import platform
import re
import sys
from pathlib import Path

import pytest

from proof import page as pages
from proof import set_order, unavailable
from proof.page import Page, difference, read
from tests.proof.checking import (
    PAGE,
    code,
    outcomes,
    outcomes_in_time,
    outcomes_of_each,
    printed,
    problems,
)

TRACEBACK = "Traceback (most recent call last):\n  ...\n"


# What a page may count on


def test_runs_the_blocks_in_order_in_one_namespace() -> None:
    page = code("x = [1]\n") + code("x.append(2)\n") + code("print(x)\n", "[1, 2]\n")
    assert outcomes(page) == ["", "", ""]


def test_runs_each_page_in_a_fresh_interpreter() -> None:
    assert outcomes(code("import builtins\nbuiltins.leak = leak = 1\n")) == [""]
    (failure,) = outcomes(code("print(leak)\n"))
    assert "NameError" in failure
    assert printed(code("import sys\nprint('pytest' in sys.modules, sys.argv)\n")) == [
        "False ['']\n"
    ]


def test_runs_in_an_empty_folder() -> None:
    page = code("from pathlib import Path\nprint(list(Path().iterdir()))\n", "[]\n")
    page += code("import os\nfile = Path('a.txt')\nfile.write_text('a')\nos.chdir('/')\n")
    assert outcomes(page) == ["", ""]
    assert not Path("a.txt").exists()


def test_imports_what_an_earlier_block_has_written() -> None:
    page = code("from pathlib import Path\nPath('mine.py').write_text('x = 7')\n")
    assert outcomes(page + code("import mine\nprint(mine.x)\n", "7\n")) == ["", ""]


def test_has_a_real_main_module() -> None:
    page = code("import pickle\nclass A:\n    pass\n")
    page += code("print(pickle.loads(pickle.dumps(A())).__class__ is A, A.__module__)\n")
    page += code("if __name__ == '__main__':\n    print('main')\n")
    page += code("import sys\nprint(sys.modules['__main__'].A is A, 'json' in globals())\n")
    assert printed(page) == ["", "True __main__\n", "main\n", "True False\n"]


def test_runs_without_our_own_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONOPTIMIZE", "1")
    monkeypatch.setenv("PYTHONWARNINGS", "error")
    monkeypatch.setenv("FORCE_COLOR", "1")
    page = code("import warnings\nwarnings.warn('x', SyntaxWarning)\n") + code("assert False\n")
    page_read, _ = read(page, PAGE)
    page_read.run()
    assert "SyntaxWarning: x" in (page_read.blocks[0].printed or "")
    assert "AssertionError" in page_read.blocks[1].failure
    assert "\x1b" not in page_read.blocks[1].failure


def test_runs_a_page_once() -> None:
    page, _ = read(code("import os\nprint(os.getpid())\n"), PAGE)
    page.run()
    first = page.blocks[0].printed
    page.run()
    assert page.blocks[0].printed == first


def test_orders_sets_by_the_seed_it_is_given() -> None:
    text = code("print(list({str(n) for n in range(99)}))\n")
    orders = []
    for seed in ("0", "0", "1"):
        page, _ = read(text, PAGE)
        page.run(seed)
        orders.append(page.blocks[0].printed)
    assert orders[0] == orders[1] != orders[2]


def test_asks_for_no_colours() -> None:
    assert printed(code("import os\nprint(os.environ['NO_COLOR'])\n")) == ["1\n"]


@pytest.mark.parametrize(
    ("name", "value", "source"),
    [
        ("PYTEST_CURRENT_TEST", "7", "print([name for name in os.environ if 'PYTEST' in name])"),
        ("GITHUB_ACTIONS", "7", "print([name for name in os.environ if 'GITHUB' in name])"),
        ("CI", "7", "print('CI' in os.environ)"),
        ("COLUMNS", "7", "import shutil; print(shutil.get_terminal_size())"),
        ("TERM", "7", "print(os.environ['TERM'])"),
        ("FORCE_COLOR", "7", "print(os.environ.get('FORCE_COLOR'))"),
        ("TZ", "Asia/Tokyo", "import time; print(time.tzname)"),
        ("LC_ALL", "POSIX", "import locale; print(locale.setlocale(locale.LC_ALL, ''))"),
    ],
)
def test_the_environment_of_the_test_run_changes_nothing(
    name: str, value: str, source: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(name, raising=False)
    before = printed(code(f"import os\n{source}\n"))
    monkeypatch.setenv(name, value)
    assert printed(code(f"import os\n{source}\n")) == before


def test_a_warning_and_a_traceback_name_the_block_and_its_own_lines() -> None:
    source = "import warnings\nwarnings.warn('old')\n"
    shown = "block {}:2: UserWarning: old\n  warnings.warn('old')\n"
    page = "Text.\n\n" + code(source) + code(source)
    page += code(
        "import traceback\ntry:\n    1 / 0\nexcept Exception:\n    traceback.print_exc()\n"
    )
    first, second, third = printed(page)
    assert (first, second) == (shown.format(1), shown.format(2))
    assert 'File "block 3", line 3, in <module>\n    1 / 0\n' in (third or "")


def test_reads_nothing_from_the_terminal() -> None:
    (failure,) = outcomes(code("input()\n"))
    assert "EOFError" in failure


# What counts as printed


def test_gathers_all_streams_in_the_order_of_a_terminal() -> None:
    source = """\
import os, subprocess, sys
print("one")
print("two", file=sys.stderr)
subprocess.run([sys.executable, "-c", "print('three')"])
os.system("echo four")
sys.stdout.buffer.write(b"five\\n")
sys.stdout.flush()
os.write(1, b"six\\n")
sys.stderr.write("seven\\n")
print("eight", end="")
"""
    page = code(source) + code("print('nine')\n")
    assert printed(page) == ["one\ntwo\nthree\nfour\nfive\nsix\nseven\neight\n", "nine\n"]


def test_gives_each_block_what_it_has_not_flushed() -> None:
    page = code("import sys\nsys.stdout.buffer.write(b'a')\n") + code("print('b', end='')\n")
    assert printed(page + code("pass\n")) == ["a\n", "b\n", ""]


def test_gathers_what_is_printed_at_the_end_of_python() -> None:
    assert printed(code("import atexit\natexit.register(print, 'bye')\n")) == ["bye\n"]


def test_a_block_that_puts_other_streams_in_place_does_no_harm() -> None:
    page = code("import io, sys\nold, sys.stdout = sys.stdout, io.StringIO()\nprint('lost')\n")
    assert printed(page + code("sys.stdout = old\nprint('b')\n")) == ["", "b\n"]


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("'a  \\nb \\t'", "a\nb\n"),  # no editor keeps blanks at line ends
        ("'a'", "a\n"),
        ("'\\n\\na\\n\\n'", "\n\na\n\n\n"),
        ("''", "\n"),
        ("'a\\tb'", "a   b\n"),
        ("'a\\r\\nb\\rc'", "a\nb\nc\n"),
        ("'a\\fb\\u2028c\\x85d\\x1ce'", "a\fb\u2028c\x85d\x1ce\n"),
        ("'a\\f\\n\\xa0'", "a\f\n\xa0\n"),
        ("'é😀日'", "é😀日\n"),
        ("'a\\x02b\\x03'", "ab\n"),
    ],
)
def test_takes_what_is_printed_as_a_page_can_hold_it(expression: str, expected: str) -> None:
    assert printed(code(f"print({expression})\n")) == [expected]
    assert outcomes(code(f"print({expression})\n", expected)) == [""]


def test_takes_bytes_that_are_no_text() -> None:
    source = "import sys\nsys.stdout.buffer.write(b'\\xff\\n')\n"
    assert outcomes(code(source, "\\xff\n")) == [""]


# What must be equal


def test_a_block_must_print_what_the_page_shows() -> None:
    assert outcomes(code("print('a')\n", "a\n")) == [""]
    (failure,) = outcomes(code("print('a')\n", "b\n"))
    assert "-b" in failure
    assert "+a" in failure


@pytest.mark.parametrize("output", ["ax\n", "a\nb\n", "", " a\n", "a \n", "\na\n", "a\n\n", "A\n"])
def test_any_other_output_fails(output: str) -> None:
    assert outcomes(code("print('a')\n", output)) != [""]


def test_a_block_that_prints_must_have_an_output() -> None:
    (failure,) = outcomes(code("print('a')\n"))
    assert "prints, and no output" in failure
    assert "+a" in failure


def test_a_block_that_is_silent_must_have_none() -> None:
    assert outcomes(code("x = 1\n", "1\n")) != [""]
    assert outcomes(code("x = 1\n")) == [""]


def test_an_output_may_be_an_empty_line() -> None:
    assert outcomes(code("print()\n", "\n")) == [""]
    assert outcomes(code("print()\n")) != [""]


def test_a_block_may_include_files(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("def f():\n    return 'é'\n", encoding="utf-8")
    page = code('--8<-- "a.py"\nprint(f())\n', "é\n")
    assert outcomes(page, [tmp_path]) == [""]


def test_a_page_may_have_line_ends_of_windows() -> None:
    page = code("print('''a\nb''')\n", "a\nb\n").replace("\n", "\r\n")
    read_as_sybil_does = page.replace("\r\n", "\n")
    assert outcomes(read_as_sybil_does) == [""]


def test_a_page_may_end_without_a_newline() -> None:
    assert outcomes(code("print('a')\n", "a\n").rstrip("\n")) == [""]


def test_blocks_inside_other_things_are_compared_too() -> None:
    block = code("if 1:\n\n    print('a\\n\\n > b')\n", "a\n\n > b\n")
    for prefix, opening in (("> ", ""), ("    ", "!!! note\n\n"), ("   ", "1. a\n\n")):
        quoted = "".join((prefix + line).rstrip() + "\n" for line in block.split("\n"))
        assert outcomes(opening + quoted) == [""]
        assert outcomes(opening + quoted.replace("> b\n", "> c\n")) != [""]


# Rules of a page


def test_an_output_must_stand_right_below_its_block() -> None:
    output = "```output\na\n```\n"
    assert problems(f"Text.\n\n{output}") == [(3, "This output stands below no Python block.")]
    for between in ("Text.\n\n", "<!-- a -->\n\n", "```bash\nls\n```\n\n", "# Title\n"):
        page = code("print('a')\n") + between + output
        assert [problem for _, problem in problems(page)] == [
            "This output stands below no Python block."
        ]
    assert problems(code("print('a')\n", "a\n") + output)[0][0] == 9
    assert problems("> " + code("print('a')\n").replace("\n", "\n> ") + "\n\n" + output)
    assert problems("```python\nprint('a')\n```\n" + output) == []


def test_refuses_another_python_and_says_what_to_write() -> None:
    ((line, problem),) = problems("a\n\n```python2\nprint 1\n```\n")
    assert line == 3
    assert "'python2'" in problem
    assert "python fence" in problem
    assert "output fence" in problem


def test_reports_a_broken_fence() -> None:
    assert problems("a\n```python\nx\n") == [(2, "This fence is opened and never closed.")]
    assert problems("```python x\n```\n")[0] == (
        1,
        "The site cannot read the heading of this fence.",
    )


def test_names_a_file_that_is_missing_and_nothing_besides(tmp_path: Path) -> None:
    page = "a\n\n" + code('--8<-- "gone.py"\n', "a\n")
    missing = "Snippet at path 'gone.py' could not be found in {}."
    assert problems(page, [tmp_path]) == [(3, missing.format(tmp_path))]


def test_an_included_file_in_another_encoding_is_a_problem_of_its_block(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_bytes(b"# caf\xe9\n")
    page = "a\n\n" + code('--8<-- "a.py"\n')
    assert problems(page, [tmp_path]) == [(3, "An included file is not UTF-8: see its byte 6.")]


def test_imports_from_folders_that_are_named_from_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "src").mkdir()
    (tmp_path / "src" / "mine.py").write_text("x = 7\n", encoding="utf-8")
    (tmp_path / "own.py").write_text("x = 8\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", f"src{os.pathsep}")  # the second is this folder
    assert printed(code("import mine, own\nprint(mine.x, own.x)\n")) == ["7 8\n"]


# Errors that a page shows


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("1 / 0\n", "ZeroDivisionError: division by zero\n"),
        ("print('a')\n{}['b']\n", "KeyError: 'b'\n"),
        ("class E(Exception): pass\nraise E('é\\nf')\n", "E: é\nf\n"),
        ("import json\njson.loads('')\n", None),
        ("raise SystemExit(2)\n", "SystemExit: 2\n"),
        ("raise KeyboardInterrupt\n", "KeyboardInterrupt\n"),
        ("e = ValueError('a')\ne.add_note('b')\nraise e\n", "ValueError: a\nb\n"),
        (
            "try:\n    1 / 0\nexcept ZeroDivisionError as e:\n    raise OSError('a') from e\n",
            "OSError: a\n",
        ),
        ("raise SyntaxError('a')\n", "SyntaxError: a\n"),
        ("def f(:\n", "SyntaxError: invalid syntax\n"),
    ],
)
def test_an_error_that_is_shown_is_no_failure(source: str, shown: str | None) -> None:
    shown = shown or "json.decoder.JSONDecodeError: Expecting value: line 1 column 1 (char 0)\n"
    before = "a\n" if "print" in source else ""
    page = code(source, f"{before}{TRACEBACK}{shown}")
    assert outcomes(page + code("print('on')\n", "on\n")) == ["", ""]


@pytest.mark.parametrize(
    "shown",
    [
        f"a\n{TRACEBACK}ValueError: b\n",
        f"a\n{TRACEBACK}KeyError: 'c'\n",
        f"a\n{TRACEBACK}KeyError\n",
        f"{TRACEBACK}KeyError: 'b'\n",
        f"a\n{TRACEBACK}KeyError: 'b'\nc\n",
        f"a\n{TRACEBACK.replace('...', '..')}KeyError: 'b'\n",
    ],
)
def test_an_error_must_be_the_one_that_is_shown(shown: str) -> None:
    page = code("print('a')\n{}['b']\n", f"a\n{TRACEBACK}KeyError: 'b'\n")
    assert outcomes(page) == [""]
    assert outcomes(code("print('a')\n{}['b']\n", shown)) != [""]


def test_an_error_that_is_shown_must_come() -> None:
    (failure,) = outcomes(code("x = 1\n", f"{TRACEBACK}KeyError: 'b'\n"))
    assert "-KeyError: 'b'" in failure


# Errors that it does not show


def test_an_error_names_the_line_of_the_page(tmp_path: Path) -> None:
    page = "# Title\n\n" + code("x = 1\n\n1 / 0\n", "a\n") + code("y = 1\n") + code("z = 1\n")
    path = tmp_path / "page.md"
    path.write_text(page, encoding="utf-8")
    read_page, _ = read(page, path)
    first = pages.verdict(read_page.blocks[0]) or ""
    assert f'File "{path}", line 6' in first
    assert "    1 / 0\n" in first
    assert "ZeroDivisionError: division by zero" in first
    assert "runner.py" not in first
    assert outcomes(page)[1:] == ["", ""]


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("x = (\n", "SyntaxError"),
        ("raise SystemExit\n", "SystemExit"),
        ("import sys\nsys.exit('enough')\n", "enough"),
        ("try:\n    1 / 0\nexcept ZeroDivisionError:\n    {}['b']\n", "division by zero"),
    ],
)
def test_an_error_that_is_not_shown_is_a_failure(source: str, said: str) -> None:
    first, second = outcomes(code(source) + code("x = 1\n"))
    assert said in first
    assert second == ""


@pytest.mark.parametrize("below", ["print(1 + 1)\n", "{}['b']\n"])
def test_what_is_wrong_below_a_failure_says_that_it_may_come_of_it(below: str) -> None:
    page = code("1 / 0\n") + code("x = 1\n") + code(below, "3\n") + code("print(x)\n", "1\n")
    first, second, third, fourth = outcomes(page)
    assert "ZeroDivisionError" in first
    assert "may come of" not in first
    assert (second, fourth) == ("", "")
    assert third.startswith("This may come of a failure above it, the first at line 1.\n")
    assert third.count("\n") > 1


def test_a_difference_is_no_cause_of_what_is_wrong_below() -> None:
    first, second = outcomes(code("print(1)\n", "2\n") + code("1 / 0\n"))
    assert "-2" in first
    assert "may come of" not in second


@pytest.mark.parametrize(
    "failing",
    [
        "1 / 0\nx = 1\n",
        "1 / 0\ndef x(): ...\n",
        "1 / 0\nclass x: ...\n",
        "from gone import x\n",
        "import gone.there as x\n",
        "from gone import *\n",
        "for x in 1 / 0: ...\n",
        "x = = 1\n",
        ">>> x = 1 / 0\n",
    ],
)
def test_a_block_that_lacks_what_a_failed_one_was_to_define_is_skipped(failing: str) -> None:
    page = "# Title\n\n" + code(failing) + code("y = x\n") + code("print(y)\n", "1\n")
    first, second, third = outcomes(page)
    assert "Error" in first
    assert second == "skipped: the block at line 3 failed, and did not define 'x'"
    assert re.fullmatch(r"skipped: the block at line \d+ failed, and did not define 'y'", third)


@pytest.mark.parametrize("below", ["z\n", "x = 1\nx.y\n", ">>> x\n>>> 1 / 0\n"])
def test_a_block_that_lacks_something_else_is_a_failure_of_its_own(below: str) -> None:
    first, second = outcomes(code("1 / 0\nx = 1\n") + code(below))
    assert "ZeroDivisionError" in first
    assert second.startswith("This may come of a failure above it, the first at line 1.\n")


# What a traceback shows


def test_the_frames_of_libraries_are_counted_and_the_last_one_is_shown() -> None:
    source = "import json\n\ndef load(text):\n    return json.loads(text)\n\nload('[')\n"
    (failure,) = outcomes("# Title\n\n" + code(source))
    *above, last = re.findall(r"line \d+, in \S+|\.\.\. .*", failure)
    assert above == ["line 9, in <module>", "line 7, in load", "... 2 frames ..."]
    assert last.endswith(", in raw_decode")
    assert failure.count("json/") + failure.count("json\\") == 1
    assert "JSONDecodeError: Expecting value" in failure


def test_each_error_of_a_chain_is_folded_by_itself() -> None:
    source = (
        "import json\ntry:\n    json.loads('[')\nexcept ValueError as e:\n"
        "    raise ExceptionGroup('all', [OSError('a')]) from e\n"
    )
    (failure,) = outcomes(code(source))
    assert failure.count("... 2 frames ...") == 1
    assert "line 4, in <module>" in failure
    assert "line 6, in <module>" in failure
    assert "OSError: a" in failure


def test_a_long_chain_of_calls_of_ones_own_is_folded_in_its_middle() -> None:
    source = "def even(n):\n    return odd(n)\n\ndef odd(n):\n    return even(n - 1)\n\neven(9)\n"
    (failure,) = outcomes(code(source.replace("return odd(n)", "return odd(n) if n else 1 / 0")))
    assert len(re.findall(r"line \d+, in", failure)) == 8
    assert failure.count("  ... 12 frames ...\n") == 1
    assert "RecursionError" in outcomes(code(source))[0]


def test_code_without_a_file_counts_as_a_library_s() -> None:
    source = (
        "from collections import UserDict\n"
        "class D(UserDict):\n    def __missing__(self, key):\n        raise LookupError(key)\n"
        "exec('def f(d):\\n    return g(d)\\ndef g(d):\\n    return d[7]')\nf(D())\n"
    )
    (failure,) = outcomes(code(source))
    assert "... 3 frames ..." in failure
    assert "in __missing__" in failure
    assert "<string>" not in failure


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("import os\nprint('before')\nos._exit(3)\n", "before\nPython ended here, with code 3."),
        ("import os\nos._exit(0)\n", "Python ended here, with code 0."),
        (
            "import ctypes\nprint('before')\nctypes.string_at(0)\n",
            "before\nPython ended here, with code -11.",
        ),
        ("import os\nos.kill(os.getpid(), 9)\n", "Python ended here, with code -9."),
    ],
)
@pytest.mark.skipif(sys.platform == "win32", reason="processes end in other ways there")
def test_a_crash_is_blamed_on_its_block(source: str, said: str) -> None:
    page = code("print('a')\n", "a\n") + code(source) + code("print('b')\n", "b\n")
    first, second, third = outcomes(page)
    assert first == ""
    assert said in second
    assert third == "skipped: the block at line 9 failed"
    assert said in outcomes(code(source))[0]


def test_a_block_that_leaves_no_stream_to_print_on_is_blamed() -> None:
    first, second = outcomes(code("import sys\nsys.stdout.close()\n") + code("x = 1\n"))
    assert "Python ended here, with code 1." in first
    assert second == "skipped: the block at line 1 failed"


@pytest.mark.parametrize(
    "source",
    [
        "import sys\n_ = sys.stdout.detach()\n",
        "import os\nos.close(1)\nprint(1)\n",
        "import sys\nsys.settrace(lambda *_: 1 / 0)\n",
    ],
)
def test_what_no_page_survives_is_said_without_the_frames_of_the_proof(source: str) -> None:
    first, second = outcomes(code(source) + code("x = 1\n"))
    assert first.startswith("What this block has changed in Python, such as its streams, lets no")
    assert "runner" not in first
    assert second == "skipped: the block at line 1 failed"


def test_a_block_may_close_its_output_and_the_next_one_prints() -> None:
    assert outcomes(code("import os\nos.close(1)\n") + code("print(1)\n", "1\n")) == ["", ""]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="it cannot copy a process")
def test_a_copy_of_the_process_runs_no_block_below() -> None:
    made = "import os\nif pid := os.fork():\n    _ = os.waitpid(pid, 0)\n"
    first, second, third = outcomes(
        code(made) + code("print('once')\n", "once\n") + code("x = 1\n")
    )
    assert first.startswith("A process that `os.fork` has made came to the end of this block")
    assert (second, third) == ("", "")
    assert outcomes(code(f"{made}else:\n    os._exit(0)\n") + code("x = 1\n")) == ["", ""]


@pytest.mark.parametrize("source", ["await f()\n", "async with x: pass\n", ">>> await f()\n"])
def test_a_coroutine_outside_of_a_function_says_how_it_is_run(source: str) -> None:
    (failure,) = outcomes(code(source))
    assert "SyntaxError: " in failure
    assert "`asyncio.run(main())`" in failure


@pytest.mark.parametrize("line", ['--8<-- "page.md"', '  ;--8<-- "page.md"', "-8<- 'a'"])
def test_an_output_that_a_site_would_take_for_an_include_is_refused(line: str) -> None:
    source = f"print({line.replace('8', '%s')!r} % 8)\n"
    (failure,) = outcomes(code(source, f"{line}\n"))
    assert failure.startswith(f"The block prints the line {line.strip()!r}. A site takes that")


def test_a_crash_at_the_end_of_python_is_blamed_on_the_last_block() -> None:
    page = code("import atexit, os\n") + code("atexit.register(os._exit, 3)\n")
    first, second = outcomes(page)
    assert first == ""
    assert "Python ended here, with code 3." in second


def test_an_interpreter_that_never_starts_is_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONHOME", os.devnull)
    first, second = outcomes(code("x = 1\n") + code("y = 1\n"))
    assert "Python ended here" in first
    assert "encodings" in first
    assert second == "skipped: the block at line 1 failed"


@pytest.mark.parametrize(
    "source",
    [
        "while True:\n    pass\n",
        "import threading, time\nthreading.Thread(target=time.sleep, args=[9999]).start()\n",
    ],
)
def test_an_endless_block_is_blamed(source: str, monkeypatch: pytest.MonkeyPatch) -> None:
    page = code("print('a')\n", "a\n") + code(f"print('b', flush=True)\n{source}", "b\n")
    first, second = outcomes_in_time(page, monkeypatch, until="b\n")
    assert first == ""
    end = r"b\nThe page did not come to an end in \d+ seconds: it stood at this block\.\n"
    assert re.fullmatch(end, second)


@pytest.mark.parametrize(
    "source",
    [
        "while True:\n    print('ab' * 20)\n",
        "import os\nwhile True:\n    os.system('echo ab; yes ab')\n",
        "print('ab' * 600_000)\n",
        "import subprocess\nsubprocess.run(['yes', 'ab'])\n",
    ],
)
@pytest.mark.skipif(sys.platform == "win32", reason="it has no 'yes'")
def test_output_without_end_is_cut_off_at_a_limit_that_is_named(source: str) -> None:
    first, second, third = outcomes(code("print('a')\n", "a\n") + code(source) + code("x = 1\n"))
    assert first == ""
    assert "printed more than 1 MB" in second
    assert "It began:\nab" in second
    assert len(second) < 1000
    assert third == "skipped: the block at line 9 failed"


@pytest.mark.skipif(sys.platform == "win32", reason="it has no 'yes'")
def test_output_without_end_is_blamed_on_the_block_that_started_it() -> None:
    page = code("import subprocess, time\nendless = subprocess.Popen(['yes', 'ab'])\n")
    first, second = outcomes(page + code("time.sleep(9999)\n"))
    assert "printed more than 1 MB" in first
    assert second == "skipped: the block at line 1 failed"


def test_a_block_may_print_as_much_as_the_limit() -> None:
    (whole,) = printed(code("print('a' * 999_999)\n"))
    assert whole == "a" * 999_999 + "\n"


def test_an_error_without_end_is_shortened() -> None:
    (failure,) = outcomes(code("raise ValueError('a' * 10_000_000 + 'end')\n"))
    assert "and much more" in failure
    assert failure.rstrip().endswith("end")
    assert len(failure) < 30_000


# What no reader gets


def test_an_order_of_sets_that_no_reader_gets_is_not_proven() -> None:
    sources = [
        "print(set('hello world'))\n",
        "print(list({character for character in 'hello world'}))\n",
        "letters = frozenset('hello world')\nprint(*letters)\n",
        "print(hash('a') % 1000)\n",
        "print('a'.__hash__() % 1000)\n",
        "print(dict.fromkeys('hello world').keys() - {'h'})\n",
        "print(sorted(set('hello world'), key=lambda letter: 1))\n",
        "from collections import defaultdict\nmade = defaultdict(set)\n"
        "made[0].update('hello world')\nprint(made[0])\n",
        "print({*'hello', *'world'})\n",
    ]
    for source, said in outcomes_of_each("x = 1\n", sources).items():
        assert said.startswith("A second run, in which sets had another order"), source
        assert re.search("^-.+\n\\+.+", said, re.MULTILINE), source


@pytest.mark.parametrize("source", ["print(set('hello world'))\n", "print(hash('a') % 1000)\n"])
def test_nothing_is_wrong_with_the_blocks_around_such_an_order(source: str) -> None:
    (shown,) = printed(code(source))
    above, found, below = outcomes(code("x = 1\n") + code(source, shown) + code("y = 1\n"))
    assert (above, below) == ("", "")
    assert found.startswith("A second run, in which sets had another order")
    assert f"-{(shown or '').splitlines()[0]}" in found


MACHINE_NUMBERS = [
    "os.cpu_count()",
    "min(4, os.cpu_count())",
    "multiprocessing.cpu_count() // 2",
    "concurrent.futures.ThreadPoolExecutor()._max_workers",
    "shutil.disk_usage('.').total",
]
if sys.platform == "linux":
    MACHINE_NUMBERS += [
        "len(os.sched_getaffinity(0))",
        "os.sysconf('SC_PHYS_PAGES')",
        "os.sysconf(os.sysconf_names['SC_NPROCESSORS_ONLN'])",
        "os.statvfs('/').f_blocks",
        "os.getloadavg()",
        "psutil.cpu_count(), psutil.virtual_memory().total",
        "open('/proc/meminfo').readline()",
        "Path('/proc/cpuinfo').read_bytes().count(b'\\n\\n')",
        "os.getuid()",
    ]
    if len(os.sched_getaffinity(0)) > 1:  # else none can be left out
        MACHINE_NUMBERS.append("subprocess.run('nproc', capture_output=True).stdout")
if sys.version_info >= (3, 13):
    MACHINE_NUMBERS.append("os.process_cpu_count()")


def test_a_number_of_this_machine_is_not_proven() -> None:
    above = "import concurrent.futures, multiprocessing, os, psutil, shutil, subprocess\n"
    above += "from pathlib import Path\n"
    found = outcomes_of_each(above, [f"print({each})\n" for each in MACHINE_NUMBERS])
    for source, said in found.items():
        assert "which saw another machine, printed something else" in said, source
        assert re.search(r"^-(?!-).*\d", said, re.MULTILINE), said
        assert re.search(r"^\+(?!\+).*\d", said, re.MULTILINE), said


def test_both_causes_are_named_where_code_makes_sets_and_asks_for_the_machine() -> None:
    (found,) = outcomes(code("import os\nprint(os.cpu_count(), *set('hello world'))\n"))
    assert found.startswith("A second run, in which sets had another order, and which saw another")


def test_a_page_may_use_what_it_does_not_print_of_the_machine() -> None:
    source = (
        "import os\nfrom concurrent.futures import ThreadPoolExecutor\n"
        "with ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:\n"
        "    print(*pool.map(abs, [-1, 2]), open('/proc/stat').close() if os.sep == '' else '')\n"
        "assert 1 <= os.cpu_count() and os.statvfs('.') if hasattr(os, 'statvfs') else True\n"
    )
    assert outcomes(code(source, "1 2\n")) == [""]


def test_a_day_of_this_run_is_not_proven() -> None:
    expressions = [
        "datetime.date.today()",
        "f'{datetime.datetime.now():%d.%m.%Y}'",
        "time.strftime('%Y')",
        "time.ctime()",
        "f'{datetime.date.today():%m-%d}'",
        "int(time.time())",
        "round(datetime.datetime.now().timestamp(), 1)",
    ]
    sources = [f"print('On', {each})\n" for each in expressions]
    for source, said in outcomes_of_each("import datetime, time\n", sources).items():
        assert re.match("The block prints '.+', which it has from the clock", said), source


def test_a_day_that_the_page_spells_out_or_did_not_ask_for_is_the_writers_own() -> None:
    day = datetime.datetime.now(tz=datetime.UTC)
    year = day.year
    fixed = f"import datetime\nprint(datetime.date({year}, {day.month}, {day.day}).isoformat())\n"
    assert outcomes(code(fixed, f"{day:%Y-%m-%d}\n")) == [""]
    measured = f"import time\nstart = time.time()\nprint({year // 2} * 2 + {year % 2})\n"
    assert outcomes(code(measured, f"{year}\n")) == [""]
    spelled = f"import datetime\nnow = datetime.datetime.now()\nprint(now.replace({year}).year)\n"
    assert outcomes(code(spelled, f"{year}\n")) == [""]


def test_what_changes_from_run_to_run_is_not_written() -> None:
    page, _ = read(code("import uuid\nprint(uuid.uuid4())\n"), PAGE)
    page.run()
    assert not page.blocks[0].outdated
    assert "changes from run to run" in page.blocks[0].failure


def test_a_place_in_memory_is_shown_as_dots() -> None:
    source = (
        "def f(): ...\nprint(f, object())\nprint(f.__code__)\n"
        "print('0x7f2fcb9261c0', 'at 0xff>', 'at 0x7f2fcb9261c0 there')\n"
    )
    shown = (
        "<function f at 0x...> <object object at 0x...>\n"
        '<code object f at 0x..., file "block 1", line 1>\n'
        "0x7f2fcb9261c0 at 0xff> at 0x7f2fcb9261c0 there\n"
    )
    assert printed(code(source)) == [shown]
    assert outcomes(code(source, shown)) == [""]
    raising = "raise ValueError(object())\n"
    raised = "Traceback (most recent call last):\n  ...\nValueError: <object object at 0x...>\n"
    assert outcomes(code(raising, raised)) == [""]


def test_a_place_in_memory_is_not_said_to_come_from_a_set() -> None:
    (found,) = outcomes(code("print(hex(id(object())), {'a': 1})\n"))
    assert found.startswith("This prints where an object lies in memory")
    assert "\n-0x" in found
    (found,) = outcomes(code("print(hex(id(object())), hash('a'))\n"))
    assert found.startswith("A second run, in which sets had another order")


@pytest.mark.parametrize(
    "source",
    [
        "print(sorted(set('hello')), len({*'abc'}))\n",
        "print('a' in {'a', 'b'}, max(set('abc') | set('d')), {'a', 'b'} == {'b', 'a'})\n",
        "words: dict[str, set[int]] = {}\n",
    ],
)
def test_sets_whose_order_nobody_sees_cost_no_second_run(source: str) -> None:
    assert not set_order.may_show(source)
    (shown,) = printed(code(source))
    assert outcomes(code(source, shown or None)) == [""]


@pytest.mark.parametrize("is_shown", [True, False])
def test_a_path_of_this_machine_is_not_proven(is_shown: bool) -> None:
    expressions = [
        "sys.prefix",
        "sys.executable",
        "os.__file__",
        "os.path.expanduser('~/.config')",
        "os.getcwd()",
        "f'{os.path.abspath(chr(97))}: missing'",
        "pytest.__file__",
    ]
    sources = [f"print({each})\n" for each in expressions]
    found = outcomes_of_each("import os, sys\nimport pytest\n", sources, is_shown=is_shown)
    for source, said in found.items():
        assert said.startswith("The block prints a path of this machine, "), source


def test_a_name_of_this_machine_is_not_proven() -> None:
    expressions = [
        "socket.gethostname()",
        "platform.node() + '.local'",
        "getpass.getuser()",
        "platform.release()",
        "platform.platform()",
        "platform.system(), platform.machine()",
        "sys.platform",
        "sys.version",
    ]
    sources = [f"print({each})\n" for each in expressions]
    found = outcomes_of_each("import getpass, platform, socket, sys\n", sources)
    for source, said in found.items():
        assert re.match("The block prints '.+', a name of this machine", said), source


def test_a_name_that_the_page_spells_out_or_did_not_ask_for_is_the_writers_own() -> None:
    name = platform.node()
    spelled_out = f"import platform\nprint({name!r}, platform.node()[:0])\n"
    assert outcomes(code(spelled_out, f"{name}\n")) == [""]
    put_together = " + ".join(map(repr, name))
    assert outcomes(code(f"print({put_together})\n", f"{name}\n")) == [""]


def test_a_warning_of_an_installed_module_is_to_be_mended_or_left_out() -> None:
    source = (
        "import warnings, pytest\n"
        "warnings.warn_explicit('old', FutureWarning, pytest.__file__, 7)\n"
    )
    (found,) = outcomes(code(source))
    assert "It is the warning of an installed module: mend what it warns of" in found
    assert "pytest/__init__.py:7: FutureWarning: old" in found


def test_a_path_that_the_page_spells_out_is_the_writers_own() -> None:
    home = Path.home().as_posix()
    assert outcomes(code(f"print({home + '/notes'!r})\n", f"{home}/notes\n")) == [""]
    assert outcomes(code("print('/'.join(['', 'usr', 'lib']))\n", "/usr/lib\n")) == [""]


# What cannot be had here

GONE = "class GoneError(Exception): pass\nclass Very(GoneError): pass\n"


@pytest.fixture
def gone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PROOF_STRICT", raising=False)
    monkeypatch.setattr(unavailable, "errors", {"__main__.GoneError"})


MISSING = (
    code(GONE) + code("print('a')\nraise Very('Tried a.\\nTry b.')\n", "a\n") + code("x\n", "1\n")
)


@pytest.mark.usefixtures("gone")
def test_skips_what_cannot_be_had_and_says_why() -> None:
    reason = "skipped: Very: Tried a.\nTry b."
    assert outcomes(MISSING) == ["", reason, reason]


@pytest.mark.usefixtures("gone")
@pytest.mark.parametrize(
    ("value", "fails"), [("1", True), ("yes", True), ("0", False), ("", False)]
)
def test_what_cannot_be_had_is_a_failure_when_strict(
    value: str, fails: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CI", "true")  # it asks for nothing
    monkeypatch.setenv("PROOF_STRICT", value)
    _, second, third = outcomes(MISSING)
    assert second.startswith("skipped") is not fails
    assert "Tried a.\nTry b." in second
    assert third.startswith("skipped")


@pytest.mark.usefixtures("gone")
def test_skips_what_cannot_be_had_in_a_block_that_shows_another_error() -> None:
    page = (
        code(GONE)
        + code("raise GoneError('a')\n{}[1]\n", f"{TRACEBACK}KeyError: 1\n")
        + code("x\n")
    )
    assert outcomes(page) == ["", "skipped: GoneError: a", "skipped: GoneError: a"]


@pytest.mark.usefixtures("gone")
def test_a_page_may_show_the_error_of_what_cannot_be_had() -> None:
    page = (
        code(GONE) + code("raise GoneError('a')\n", f"{TRACEBACK}GoneError: a\n") + code("x = 1\n")
    )
    assert outcomes(page) == ["", "", ""]


def test_an_error_that_the_settings_do_not_name_is_a_failure() -> None:
    assert "Very: Tried a." in outcomes(MISSING)[1]


# What is said of a difference


def block_of(text: str) -> pages.Block:
    page, _ = read(text, PAGE)
    page.run()
    return page.blocks[-1]


def test_shows_a_difference_with_the_lines_of_the_page() -> None:
    lines = [str(n) for n in range(20)]
    output = "".join(f"{line}\n" for line in lines).replace("12\n", "twelve\n")
    text = "# Title\n\n" + code("print(*range(20), sep='\\n')\n", output)
    rows = difference(block_of(text)).split("\n")
    assert rows[:2] == [f"--- {PAGE}:7", "+++ printed"]
    start = int(rows[2].removeprefix("@@ -").partition(",")[0])
    shown = [row[1:] for row in rows[3:] if row[0] in " -"]
    assert text.split("\n")[start - 1 :][: len(shown)] == shown
    assert "-twelve" in rows
    assert "+12" in rows


def test_shows_where_an_output_is_missing() -> None:
    text = "# Title\n\n" + code("print('@@ -1')\n")
    assert difference(block_of(text)).split("\n") == [
        "The block prints, and no output fence stands below it.",
        f"--- {PAGE}:3",
        "+++ printed",
        "@@ -5,0 +1 @@",
        "+@@ -1",
    ]


def test_a_page_without_blocks_runs_nothing() -> None:
    page, found = read("# Title\n", PAGE)
    assert (page, found) == (Page(PAGE), [])
