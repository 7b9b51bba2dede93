"""A session at the prompt runs example by example, and prints what stands below each, or fails."""

import doctest
import re
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from proof import session
from proof.page import Block, read
from proof.rewriting import updated
from tests.proof.checking import PAGE, code, outcomes, printed, problems, with_newlines

TRACEBACK = "Traceback (most recent call last):\n"


def pycon(text: str, language: str = "pycon") -> str:
    return f"```{language}\n{text}```\n\n"


# What runs, and how


@pytest.mark.parametrize("language", ["pycon", "python", "py", "{.python .a}", "python-console"])
def test_a_session_is_proven_under_any_name_of_python(language: str) -> None:
    assert outcomes(pycon(">>> 1 + 1\n2\n", language)) == [""]
    (failure,) = outcomes(pycon(">>> 1 + 1\n3\n", language))
    assert "-3\n+2" in failure


def test_shares_one_interpreter_with_the_other_blocks_in_the_order_of_the_page() -> None:
    page = code("x = [1]\n") + pycon(">>> x.append(2)\n>>> y = len(x)\n>>> y\n2\n")
    assert outcomes(page + code("print(x, y)\n", "[1, 2] 2\n")) == ["", "", ""]


def test_shows_values_as_the_prompt_does() -> None:
    text = ">>> 'a'\n'a'\n>>> None\n>>> x = 3\n>>> x; x + 1\n3\n4\n>>> _ * 2\n8\n"
    text += ">>> for n in (1, 2):\n...     n\n...\n1\n2\n"
    text += ">>> import sys\n>>> print('to a terminal', file=sys.stderr)\nto a terminal\n"
    assert outcomes(pycon(text)) == [""]


def test_inputs_of_every_form_are_run() -> None:
    text = """\
>>> # what it is about
>>> def double(x):
...     # twice
...
...     return 2 * x
...
>>>
>>> double(  # not once
...     2,
... )
4

>>> text = '''
... of two
... lines
... '''
>>> print(text)
<BLANKLINE>
of two
lines
<BLANKLINE>
"""
    assert outcomes(pycon(text)) == [""]
    assert outcomes(pycon(text.replace("\nlines\n<B", "\nwords\n<B"))) != [""]


def test_the_future_holds_from_there_on_and_not_in_other_blocks() -> None:
    text = ">>> from __future__ import annotations\n>>> def f(x: nowhere): pass\n"
    page = pycon(text + ">>> f.__annotations__\n{'x': 'nowhere'}\n")
    page += pycon(">>> def g(x: gone): pass\n") + code("def h(x: here):\n    pass\n")
    first, second, third = outcomes(page)
    assert (first, second) == ("", "")
    assert "NameError: name 'here' is not defined" in third


def test_what_it_defines_can_be_had_by_new_processes() -> None:
    page = pycon(
        ">>> def square(n):\n...     return n * n\n>>> {}['a']\n" + TRACEBACK + "KeyError: 'a'\n"
    )
    page += pycon(
        ">>> import multiprocessing\n>>> spawn = multiprocessing.get_context('spawn')\n"
        ">>> if __name__ == '__main__':\n...     with spawn.Pool(1) as pool:\n"
        "...         print(pool.map(square, [3]))\n[9]\n"
    )
    assert outcomes(page) == ["", ""]
    page = page.replace("if __name__ == '__main__'", "if True")
    assert "below `if __name__" in outcomes(page)[1]


# What must be equal


def test_each_output_must_stand_below_its_own_example() -> None:
    right = ">>> print(1)\n1\n>>> print(2)\n2\n"
    assert outcomes(pycon(right)) == [""]
    for wrong in (
        ">>> print(1)\n>>> print(2)\n1\n2\n",
        ">>> print(1)\n1\n2\n>>> print(2)\n",
        ">>> print(1)\n2\n>>> print(2)\n2\n",
        ">>> print(1)\n1\n>>> print(2)\n",
        ">>> print(1)\n1\n>>> print(2)\n2\n3\n",
        ">>> print(1)\n1\n>>> x = 1\n1\n>>> print(2)\n2\n",
        ">>> print(1)\n1\n>>> # nothing\n1\n>>> print(2)\n2\n",
        ">>> print(1)\n 1\n>>> print(2)\n2\n",
        ">>> print(1)\nText.\n>>> print(2)\n2\n",
    ):
        assert outcomes(pycon(wrong)) != [""], wrong


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("print('a\\n\\nb')", "a\n<BLANKLINE>\nb\n"),
        ("print('a\\n\\nb')", "a\n\nb\n"),
        ("print('a\\n')", "a\n<BLANKLINE>\n"),
        ("print()", "<BLANKLINE>\n\n\n"),
        ("print('\\na')", "<BLANKLINE>\na\n"),
        ("print('a', end='')", "a\n"),
        ("print('a  \\n\\t\\nb')", "a\n<BLANKLINE>\nb\n"),
        ("print('a')", "a  \n\n"),
        ("print('...a\\n... b')", "...a\n... b\n"),
        ("print('>>>> a')", ">>>> a\n"),
        ("print('    >>> a')", "    >>> a\n"),
    ],
)
@pytest.mark.parametrize("below", ["", ">>> x = 1\n", "\n\n>>> x = 1\n"])
def test_empty_lines_and_dots_may_stand_in_an_output(source: str, shown: str, below: str) -> None:
    assert outcomes(pycon(f">>> {source}\n{shown}{below}")) == [""]


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("print('a\\n')", "a\n"),
        ("print('a\\n')", "a\n\n"),
        ("print('a')", "a\n<BLANKLINE>\n"),
        ("print('a\\nb')", "a\n<BLANKLINE>\nb\n"),
        ("print()", "\n"),
        ("print()", ""),
    ],
)
def test_an_empty_line_that_was_printed_must_be_seen(source: str, shown: str) -> None:
    assert outcomes(pycon(f">>> {source}\n{shown}>>> x = 1\n")) != [""]


@pytest.mark.parametrize("printed", [">>> a", ">>>", "<BLANKLINE>", "... a\\nb", "...", "a\\n>>>a"])
def test_what_would_mean_another_thing_in_a_session_is_refused(printed: str) -> None:
    (failure,) = outcomes("a\n\n" + pycon(f">>> x = 1\n>>> print('{printed}')\n"))
    assert failure.startswith("The example at line 5 prints the line")
    assert "output fence" in failure


@pytest.mark.parametrize(
    "frames",
    [
        "  ...\n",
        "    ...\n",
        "...\n",
        "",
        '  File "<stdin>", line 1, in <module>\n',
        '  File "<python-input-0>", line 1, in <module>\n    1/0\n    ~^~\n',
    ],
)
def test_an_error_is_shown_as_doctest_reads_it(frames: str) -> None:
    shown = f"{TRACEBACK}{frames}ZeroDivisionError: division by zero\n"
    text = f">>> 1/0\n{shown}>>> print('a'); 1/0\na\n{shown}\n>>> 'on'\n'on'\n"
    assert outcomes(pycon(text)) == [""]
    assert outcomes(pycon(text.replace("by zero", "by 0"))) != [""]
    assert outcomes(pycon(text.replace("\na\n", "\nb\n"))) != [""]
    assert outcomes(pycon(text.replace(">>> 1/0", ">>> 0"))) != [""]


@pytest.mark.parametrize(
    "frames", ["..\n", "....\n", "  a\n", "...\n...\n", "  ...\n  ...\n", "a\n  ...\n"]
)
def test_what_is_no_frame_is_not_taken_for_one(frames: str) -> None:
    text = f">>> {{}}['b']\n{TRACEBACK}{frames}KeyError: 'b'\n"
    assert outcomes(pycon(text)) != [""]


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("1 +", "SyntaxError: invalid syntax"),
        (
            "x = 1\n... y = 2",
            "SyntaxError: multiple statements found while compiling a single statement",
        ),
        ("raise SystemExit(2)", "SystemExit: 2"),
        ("raise ValueError('a\\n\\nb')", "ValueError: a\n<BLANKLINE>\nb"),
        ("import json; json.loads('')", None),
    ],
)
def test_errors_of_all_kinds_can_be_shown(source: str, shown: str | None) -> None:
    shown = shown or "json.decoder.JSONDecodeError: Expecting value: line 1 column 1 (char 0)"
    assert outcomes(pycon(f">>> {source}\n{TRACEBACK}  ...\n{shown}\n>>> 1\n1\n")) == [""]


def test_an_error_that_is_not_shown_names_the_line_of_the_page() -> None:
    page = "# Title\n\n" + pycon(">>> def f():\n...     1 / 0\n>>> 1\n1\n>>> f()\n>>> 2\n2\n")
    first, second = outcomes(page + code("x = 1\n"))
    assert f'File "{PAGE}", line 8, in <module>\n    f()\n' in first
    assert f'File "{PAGE}", line 5, in f\n    1 / 0\n' in first
    assert first.endswith("ZeroDivisionError: division by zero\n")
    assert second == ""
    (failure,) = outcomes("a\n\n" + pycon(">>> 1\n1\n>>> 1 +\n"))
    assert failure.startswith(f'  File "{PAGE}", line 6\n    1 +\n')


def test_the_examples_below_an_error_run_and_each_error_is_said_once() -> None:
    text = ">>> a = 1 / 0\n>>> a\n1\n>>> b = 2\n>>> {}['c']\n"
    first, second, third = outcomes(
        pycon(text) + code("print(b)\n", "2\n") + code("print(a)\n", "1\n")
    )
    assert first.count("Traceback") == 1
    assert first.endswith(
        "ZeroDivisionError: division by zero\n"
        "Then, at line 3: NameError: name 'a' is not defined\n"
        "Then, at line 6: KeyError: 'c'\n"
    )
    assert second == ""
    assert third == "skipped: the block at line 1 failed, and did not define 'a'"


def test_a_warning_names_the_block_and_its_own_line() -> None:
    text = ">>> import warnings\n>>> 1\n1\n>>> warnings.warn('old')\n"
    shown = "block 1:4: UserWarning: old\n  warnings.warn('old')\n"
    assert printed(pycon(text)) == [text + shown]


def test_the_order_of_a_set_and_a_path_of_this_machine_are_found_in_a_session_too() -> None:
    (failure,) = outcomes(pycon(">>> {str(n) for n in range(9)}\n{}\n"))
    assert "another run" in failure
    (failure,) = outcomes(pycon(">>> import os\n>>> os.__file__\n'a'\n"))
    assert "a path of this machine" in failure


# Rules of a session


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("Python 3.13.0 (main)\n>>> 1\n1\n", 4, "begins with a prompt"),
        ("\n\n1\n>>> 1\n1\n", 6, "begins with a prompt"),
        ("1\n", 4, "begins with a prompt"),
        ("... 1\n", 4, "begins with a prompt"),
        ("    >>> 1\n    1\n", 4, "begins with a prompt"),
        (">>>1\n1\n", 4, "blank must stand"),
        (">>> 1\n1\n>>>2\n2\n", 6, "blank must stand"),
        (">>> 1\n1\n>>> 2  # doctest: +SKIP\n", 6, "+SKIP"),
        (">>> f(\n...     2)  # doctest: +ELLIPSIS, +SKIP\n", 4, "+SKIP"),
    ],
)
def test_what_is_no_session_is_a_fault_of_its_line(text: str, line: int, said: str) -> None:
    ((found, problem),) = problems("a\n\n" + pycon(text))
    assert (found, said in problem) == (line, True)


def test_an_empty_session_is_none_of_these() -> None:
    assert outcomes(pycon("")) == outcomes(pycon("\n")) == outcomes(pycon(">>>\n")) == [""]


def test_code_that_only_speaks_of_prompts_is_no_session() -> None:
    assert outcomes(code("print('''\n>>> 1\n''')\n", "\n>>> 1\n\n")) == [""]


def test_an_output_stands_within_a_session_and_not_below_it() -> None:
    ((line, problem),) = problems(pycon(">>> 1\n1\n") + "```output\n1\n```\n")
    assert line == 6
    assert "below a session" in problem


def test_a_session_that_is_included_is_proven_and_not_rewritten(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    page = pycon('--8<-- "a.txt"\n')
    file.write_text(">>> 1 + 1\n2\n", encoding="utf-8")
    assert outcomes(page, [tmp_path]) == [""]
    file.write_text(">>> 1 + 1\n3\n", encoding="utf-8")
    assert "+2" in outcomes(page, [tmp_path])[0]
    found, _ = read(page, PAGE, [tmp_path])
    found.run()
    assert updated(page, found.blocks) == page
    file.write_text("1\n", encoding="utf-8")
    assert problems(page, [tmp_path])[0][0] == 1


def test_sessions_inside_other_things_are_compared_too() -> None:
    block = pycon(">>> print('a\\n\\n > b')\na\n\n > b\n")
    for prefix, opening in (("> ", ""), ("    ", "!!! note\n\n"), ("   ", "1. a\n\n")):
        quoted = "".join((prefix + line).rstrip() + "\n" for line in block.split("\n"))
        assert outcomes(opening + quoted) == [""]
        assert outcomes(opening + quoted.replace("> b\n", "> c\n")) != [""]


# Updates


def test_an_update_writes_outputs_and_leaves_the_rest_as_it_is() -> None:
    before = """\
# Title\r
\r
```pycon title="a"\r
>>> x = 1 \r
\r
>>> if x:\r
... \tprint("one")\r
... \r
old\r
older\r
\r
>>> # Nothing.\r
nothing\r
>>> print("\\na")\r
>>> 1 / 0\r
Traceback (most recent call last):\r
  File "<stdin>", line 1, in <module>\r
ZeroDivisionError: by zero\r
>>> {}["a"]\r
Traceback (most recent call last):\r
  File "<stdin>", line 1, in <module>\r
KeyError: 'a'\r
>>> x\r
1  \r
```\r

> ~~~ {.py .a}
> >>> print("~~~")
> ~~~

1. a

    ```pycon
    >>> x
    ```"""
    after = (
        before.replace("old\r\nolder\r\n", "one\r\n")
        .replace("nothing\r\n", "")
        .replace('a")\r\n', 'a")\r\n<BLANKLINE>\r\na\r\n')
        .replace("<module>\r\nZeroDivisionError: b", "<module>\r\nZeroDivisionError: division b")
        .replace(
            'last):\r\n  File "<stdin>", line 1, in <module>\r\nZero', "last):\r\n  ...\r\nZero"
        )
        .replace(
            '> ~~~ {.py .a}\n> >>> print("~~~")\n> ~~~',
            '> ~~~~ {.py .a}\n> >>> print("~~~")\n> ~~~\n> ~~~~',
        )
        .replace("    >>> x\n", "    >>> x\n    1\n")
    )
    blocks = read(with_newlines(before), PAGE)[0].blocks
    blocks[0].page.run()
    assert updated(before, blocks) == after
    blocks = read(with_newlines(after), PAGE)[0].blocks
    blocks[0].page.run()
    assert updated(after, blocks) == after
    assert outcomes(with_newlines(after)) == ["", "", ""]


# Any session: it is read as doctest reads it.

ROWS = st.sampled_from(
    [">>> x", ">>> # a", ">>>", "... y", "...", ">>> if x:  ", "1", "  2", "a ... b", "x >>> y", ""]
)


def is_code(source: str) -> bool:
    return bool(re.sub(r"#.*", "", source).strip())


@given(st.lists(ROWS, max_size=8))
def test_finds_in_any_session_the_examples_that_doctest_finds(rows: list[str]) -> None:
    text = "".join(f"{row}\n" for row in rows)
    ours = [example for example in session.examples(text) if example.is_code]
    theirs = [each for each in doctest.DocTestParser().get_examples(text) if is_code(each.source)]
    assert [(each.first, each.source.rstrip("\n")) for each in ours] == [
        (each.lineno, each.source.rstrip("\n")) for each in theirs
    ]
    for our, their in zip(ours, theirs, strict=True):
        above, _, _ = "\n".join(our.shown).partition("\n\n")  # where doctest takes it to end
        want = "" if our.shown[:1] == ("",) else above
        assert "\n".join(line.rstrip() for line in their.want.split("\n")).rstrip("\n") == want


# Any output: what an update writes passes, by our rules and by doctest's.

LINE = st.text("ab`~> \t\f\xa0é#.", max_size=5) | st.sampled_from(
    ["```", "~~~", "... a", ">>> a", "<BLANKLINE>", "Traceback (most recent call last):", "  ..."]
)
PRINTED = st.lists(LINE, max_size=3).map(lambda lines: "".join(f"{line}\n" for line in lines))
SHOWN = st.lists(LINE.filter(lambda line: not line.startswith(">>>")), max_size=3)
EXAMPLE = st.tuples(
    st.sampled_from([">>> x", ">>> x  # a ", ">>> if x:\n...     x\n... ", ">>> # a", "\n>>> x"]),
    SHOWN,
)
ENDS = st.sampled_from(["\n", "\r\n", "\r"])


def run_as_if(page: str, prints: list[str]) -> Block:
    (block,) = read(with_newlines(page), PAGE)[0].blocks
    sizes = [len("".join(prints[: number + 1]).encode()) for number in range(len(prints))]
    block.has_printed("".join(prints).encode(), sizes[: len(session.examples(block.source))])
    return block


def code_of(page: str) -> list[str]:
    """The lines of a page that are no output, as they are, and neither marks nor blank."""
    (block,) = read(with_newlines(page), PAGE)[0].blocks
    outputs = session.outputs(block.source)
    lines = re.split(r"(?<=\n)|(?<=\r)(?!\n)", page)
    inside = lines[block.fence.first + 1 : block.fence.last]
    return [line for at, line in enumerate(inside) if at not in outputs and line.strip("> \r\n")]


@given(
    st.lists(EXAMPLE, min_size=1, max_size=3),
    st.lists(PRINTED, min_size=3, max_size=3),
    st.sampled_from(["", "> ", "    "]),
    st.sampled_from(["```", "~~~", "````"]),
    ENDS,
)
def test_an_update_passes_the_check_and_a_second_one_changes_nothing(
    examples: list[tuple[str, list[str]]], prints: list[str], prefix: str, mark: str, end: str
) -> None:
    text = "\n".join("\n".join([above, *shown]) for above, shown in examples)
    rows = [f"{mark}pycon title='a'", *text.split("\n"), mark]
    page = "- item\n\n" + "".join(f"{prefix}{row}\n" for row in rows)
    page = page.replace("\n", end)
    assume(len(read(with_newlines(page), PAGE)[0].blocks) == 1)
    block = run_as_if(page, prints[: len(examples)])
    assume(not block.failure and block.fence.text.count("\n") == len(rows) - 2)
    new = updated(page, [block])
    again = run_as_if(new, prints[: len(examples)])
    assert (again.printed, again.failure) == (again.shown, "")
    assert updated(new, [again]) == new
    assert code_of(new) == code_of(page)
    assert new.startswith(f"- item{end}{end}")


STATEMENTS = st.sampled_from(
    [
        "x = 1",
        "x",
        "'a'",
        "print('a\\n\\nb')",
        "print()",
        "print('a', end='')",
        "for n in range(2):\n...     n",
        "def f():\n...     return 1\n...",
        "1 / 0",
        "{}['a']",
        "# a",
        "raise ValueError('a')",
    ]
)


@given(st.lists(st.tuples(STATEMENTS, st.booleans()), min_size=1, max_size=6))
@settings(max_examples=20)
def test_what_an_update_writes_passes_doctest(examples: list[tuple[str, bool]]) -> None:
    raising = (TRACEBACK + "  ...\n", "")
    text = "".join(
        f">>> {source}\n{raising[0] if any(e in source for e in ('/', '[', 'raise')) else ''}"
        + "\n" * has_line_below
        for source, has_line_below in [("x = 0", False), *examples]
    )
    page, _ = read(pycon(text), PAGE)
    page.run()
    new = updated(pycon(text), page.blocks)
    assert outcomes(new) == [""]
    shown = read(new, PAGE)[0].blocks[0].shown
    test = doctest.DocTestParser().get_doctest(shown, {}, "session", None, None)
    said: list[str] = []
    assert doctest.DocTestRunner().run(test, out=said.append).failed == 0, "".join(said)
