"""What pytest does with pages: it fails, rewrites, annotates and records."""

import json
import os
import re
from pathlib import Path
from textwrap import dedent

import pytest
from hypothesis import given
from hypothesis import strategies as st

from proof import runner
from proof.commit import Commit
from proof.mutants import main as break_pages
from proof.page import Block, read
from proof.plugin import annotation
from proof.record import BlockNotRun, Record, digest, this_python
from proof.rewriting import updated
from tests.proof.checking import PAGE, code, with_newlines
from tests.proof.conftest import CONFTEST, write

pytest_plugins = "pytester"

GONE = "class GoneError(Exception): pass\n"


# Failures


def test_an_exercise_is_a_test_of_its_own(project: pytest.Pytester) -> None:
    below = "\n```check\n# A 2.\nassert '2' in printed, 'Print 2.'\n```\n\n```hint\n1 + 1\n```\n\n"
    page = code("print(2)\n", "2\n") + below + "```wrong\nprint({})\n```\n"
    write(project, page.format(1), "well.md")
    write(project, page.format(2), "ill.md")
    result = project.runpytest()
    result.assert_outcomes(passed=3, failed=1)
    result.stdout.fnmatch_lines(["*ill.md:19: This wrong answer passes the checks."])


def test_a_failure_names_the_line_and_shows_the_difference(project: pytest.Pytester) -> None:
    path = write(project, "# Title\n\n" + code("x = 1\n") + code("print(x)\nprint(3)\n", "1\n2\n"))
    result = project.runpytest()
    result.assert_outcomes(passed=1, failed=1)
    result.stdout.fnmatch_lines(
        [
            f"*{path}, line 7, column 1 did not evaluate as expected:",
            f"--- {path}:12",
            "+++ printed",
            "@@ -13,2 +1,2 @@",
            " 1",
            "-2",
            "+3",
            "page.md:7: SybilFailure",
        ]
    )


def test_rules_that_are_broken_fail_too(project: pytest.Pytester) -> None:
    write(
        project, "```output\na\n```\n\n```python2\nprint 1\n```\n\n```py a b\n\n" + code("x = 1\n")
    )
    result = project.runpytest()
    assert result.parseoutcomes()["failed"] >= 3
    result.stdout.fnmatch_lines(["*line 1, column 1 did*", "This output stands below no Python*"])
    result.stdout.fnmatch_lines(["*line 5, column 1 did*", "A 'python2' fence is not checked.*"])
    result.stdout.fnmatch_lines(["*line 9, column 1 did*", "The site cannot read the heading*"])


def test_blocks_below_a_failure_run_and_those_that_lack_its_names_are_skipped(
    project: pytest.Pytester,
) -> None:
    page = code("1 / 0\ny = 1\n") + code("x = 1\n") + code("print(y)\n", "1\n")
    write(project, page + code("print(x)\n", "1\n"))
    result = project.runpytest("-rs", "--proof=proof.json")
    result.assert_outcomes(failed=1, passed=2, skipped=1)
    result.stdout.fnmatch_lines(["SKIPPED*the block at line 1 failed, and did not define 'y'"])
    proven = Record.load(project.path / "proof.json").pages["page.md"]
    assert [block.line for block in proven] == [6, 18]


def test_what_is_wrong_below_a_failure_is_not_written(project: pytest.Pytester) -> None:
    text = code("print(1)\n", "0\n") + code("1 / 0\n") + code("print(2)\n", "0\n")
    path = write(project, text)
    result = project.runpytest("--update-outputs")
    result.assert_outcomes(passed=1, failed=2)
    result.stdout.fnmatch_lines(["This may come of a failure above it, the first at line *."])
    assert path.read_text(encoding="utf-8") == text.replace("0\n", "1\n", 1)


def test_what_cannot_be_had_is_skipped_and_fails_when_strict(
    project: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CI", "true")  # it asks for nothing
    write(project, code(GONE) + code("raise GoneError('Not here.')\n") + code("x = 1\n"))
    result = project.runpytest("-rs", "--proof=proof.json")
    result.assert_outcomes(passed=1, skipped=2)
    result.stdout.fnmatch_lines(["SKIPPED*Not here."])
    monkeypatch.setenv("PROOF_STRICT", "1")
    result = project.runpytest()
    result.assert_outcomes(passed=1, failed=1, skipped=1)
    result.stdout.fnmatch_lines(["GoneError: Not here."])


def test_records_what_could_not_be_run_and_why(
    project: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    raising = "raise GoneError('Not here. Tried:\\n  a')\n"
    text = code(GONE) + code(raising) + code("print(2)\n", "1\n")
    write(project, text)
    write(project, code("print(1)\n", "1\n"), "other.md")
    write(project, code("1 / 0\n") + text, "failing.md")
    project.runpytest("--proof=proof.json")
    made = Record.load(project.path / "proof.json")
    reason = "GoneError: Not here. Tried:\n  a"
    assert [block.line for block in made.pages["page.md"]] == [1]
    assert made.not_run == {
        "page.md": [
            BlockNotRun(5, digest(raising), reason),
            BlockNotRun(9, digest("print(2)"), reason),
        ],
        "failing.md": [
            BlockNotRun(9, digest(raising), reason),
            BlockNotRun(13, digest("print(2)"), reason),
        ],
    }
    assert made.remedy == "make it"
    monkeypatch.setenv("PROOF_STRICT", "1")
    project.runpytest("--proof=proof.json")
    assert Record.load(project.path / "proof.json").not_run == {}


def test_a_record_takes_the_place_of_no_other_file(project: pytest.Pytester) -> None:
    text = code("print(1)\n", "1\n")
    path = write(project, text)
    result = project.runpytest("--proof=docs/page.md")
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(["ERROR: * is there, and is no record of a proof, *"])
    assert path.read_text(encoding="utf-8") == text
    for before in ("", "{broken"):
        (project.path / "proof.json").write_text(before, encoding="utf-8")
        assert project.runpytest("--proof=proof.json").ret == pytest.ExitCode.OK


# On GitHub


def test_a_failure_on_github_is_an_annotation(
    project: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(project, "# Title\n\n" + code("print(1)\n", "2\n") + code("1 / 0\n"), "part/page.md")
    write(project, "```output\na\n```\n", "other.md")
    project.makepyfile(test_a="import os\n\ndef test_a():\n    assert 0\n")
    assert "::error" not in project.runpytest().stdout.str()
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    lines = project.runpytest().outlines
    notes = [line for line in lines if line.startswith("::error")]
    places = [note.partition(",title")[0] for note in notes]
    assert sorted(places) == [
        "::error file=docs/other.md,line=1",
        "::error file=docs/part/page.md,line=11",
        "::error file=docs/part/page.md,line=7",
        "::error file=test_a.py,line=3",
    ]
    changed = next(note for note in notes if "line=7," in note)
    assert "@@ -8 +1 @@%0A-2%0A+1" in changed


def test_an_annotation_is_one_line() -> None:
    note = annotation("a,b:c%.md", 3, "\r\n100%\n")
    assert note == "::error file=a%2Cb%3Ac%25.md,line=3,title=Failed::100%25"


# In other people's projects

SETTINGS = (
    "[pytest]\naddopts = -p proof.plugin -p no:cacheprovider\nfilterwarnings = error\n"
    "testpaths = docs\npythonpath = src\n"
)
PAGES = (
    "from proof.page import parser\nfrom sybil import Sybil\n"
    'pages = Sybil([parser(includes=["docs"])], pattern="*.md", path="docs")\n'
    "pytest_collect_file = pages.pytest()\n"
)


@pytest.fixture
def other_project(project: pytest.Pytester) -> pytest.Pytester:
    """A project set up as 'Use the same proof in your own docs' says, with a package in src."""
    project.makeini(SETTINGS)
    project.makeconftest(PAGES)
    (project.path / "docs" / "conftest.py").unlink()
    project.mkdir("src").joinpath("mine.py").write_text("x = 7\n", encoding="utf-8")
    (project.path / "docs" / "shared.py").write_text("y = 3\n", encoding="utf-8")
    return project


@pytest.mark.parametrize("start", [".", "docs", "/"])
def test_imports_and_includes_are_found_wherever_pytest_is_started(
    other_project: pytest.Pytester, start: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = code('import mine\n--8<-- "shared.py"\nprint(mine.x, y)\n', "7 3\n")
    page = page.replace("import mine\n--8<--", "import mine\n\n--8<--")
    write(other_project, page)
    monkeypatch.chdir(other_project.path / start)
    other_project.runpytest(str(other_project.path / "docs")).assert_outcomes(passed=1)


def test_a_command_that_breaks_pages_imports_as_pytest_does(
    other_project: pytest.Pytester, capsys: pytest.CaptureFixture[str]
) -> None:
    write(other_project, code("import mine\nprint(mine.x)\n", "7\n"))
    assert break_pages(["docs", "--unprotected"]) == 0
    assert "kill rate: 100.0%" in capsys.readouterr().out


def test_a_page_in_another_encoding_is_named_in_a_sentence(other_project: pytest.Pytester) -> None:
    (other_project.path / "docs" / "page.md").write_bytes(b"caf\xe9\n")
    result = other_project.runpytest()
    said = f"docs{os.sep}page.md is not UTF-8 text: see its byte 4. Save it as UTF-8."
    assert said in result.outlines
    assert "codec" not in result.stdout.str()


@pytest.mark.parametrize("content", [b"{", b"[]", b"", b'{"cells": [{}]}', b"\xff\xfe{"])
def test_a_file_that_is_no_notebook_is_named_in_a_sentence(
    other_project: pytest.Pytester, content: bytes
) -> None:
    (other_project.path / "docs" / "a.ipynb").write_bytes(content)
    result = other_project.runpytest()
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["a.ipynb is no notebook that can be read: *"])
    assert "Error" not in result.stdout.str()


def test_a_folder_of_pages_that_is_not_there_is_named(other_project: pytest.Pytester) -> None:
    other_project.makeini(SETTINGS + "proof_docs = doc\n")
    result = other_project.runpytest("--proof=proof.json")
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    folder = other_project.path / "doc"
    said = f"ERROR: There is no folder {folder}. Name that of the pages in pytest's "
    assert result.stderr.str().startswith(said)


# Rewriting


def test_rewrites_outdated_outputs_in_place(project: pytest.Pytester) -> None:
    before = dedent("""\
        # Title  \r
        \r
        ```python\r
        print("é")\r
        ```\r
        \r
        ```output\r
        old\r
        older\r
        ```\r
        \r
        > ~~~ {.py title="a"}
        > print("a\\n\\nb")
        > ~~~
        >
        > ```output
        > ```
        Text\twith a tab. \x20

        !!! note

            ```py
            x = 1
            ```

            ```output
            1
            ```
            Text.

        ```python
        print("```")
        print("````")
        ```

        ```output
        a
        ```

        ```python
        print("new")
        ```""")
    after = dedent("""\
        # Title  \r
        \r
        ```python\r
        print("é")\r
        ```\r
        \r
        ```output\r
        é\r
        ```\r
        \r
        > ~~~ {.py title="a"}
        > print("a\\n\\nb")
        > ~~~
        >
        > ```output
        > a
        >
        > b
        > ```
        Text\twith a tab. \x20

        !!! note

            ```py
            x = 1
            ```
            Text.

        ```python
        print("```")
        print("````")
        ```

        `````output
        ```
        ````
        `````

        ```python
        print("new")
        ```

        ```output
        new
        ```
        """)
    path = write(project, before)
    project.runpytest().assert_outcomes(failed=5)
    assert path.read_bytes() == before.encode()
    project.runpytest("--update-outputs").assert_outcomes(passed=5)
    assert path.read_bytes() == after.encode()
    project.runpytest("--update-outputs").assert_outcomes(passed=5)
    assert path.read_bytes() == after.encode()
    project.runpytest().assert_outcomes(passed=5)


def test_rewrites_an_error_that_is_shown(project: pytest.Pytester) -> None:
    shown = "Traceback (most recent call last):\n"
    path = write(project, code("print('a')\n{}['b']\n", shown))
    project.runpytest("--update-outputs").assert_outcomes(passed=1)
    text = path.read_text(encoding="utf-8")
    assert text == code("print('a')\n{}['b']\n", f"a\n{shown}  ...\nKeyError: 'b'\n")


@pytest.mark.parametrize("printed", ["a", "a\\n", "a\\r", " ", "\\n", "a\\n\\t"])
@pytest.mark.parametrize("how", ["print", "echo"])
def test_what_a_rewrite_shows_above_an_error_passes(
    project: pytest.Pytester, printed: str, how: str
) -> None:
    prints = f"print('{printed}', end='')\n"
    if how == "echo":
        prints = f"import os\n_ = os.write(1, b'{printed}')\n"
    path = write(project, code(prints + "{}['b']\n", "Traceback (most recent call last):\n"))
    project.runpytest("--update-outputs").assert_outcomes(passed=1)
    assert "\nTraceback (most recent call last):\n  ...\nKeyError: 'b'\n" in path.read_text("utf-8")
    project.runpytest().assert_outcomes(passed=1)


def test_a_mark_of_byte_order_hides_no_block_and_stays(project: pytest.Pytester) -> None:
    path = write(project, "\ufeff" + code("print(1)\n"))
    project.runpytest().assert_outcomes(failed=1)
    project.runpytest("--update-outputs").assert_outcomes(passed=1)
    assert path.read_text(encoding="utf-8") == "\ufeff" + code("print(1)\n", "1\n")


def test_rewriting_hides_no_error(project: pytest.Pytester) -> None:
    text = code("print(1)\n", "1\n") + code("print(2)\n1 / 0\n", "old\n") + code("x\n", "old\n")
    path = write(project, text)
    project.runpytest("--update-outputs").assert_outcomes(passed=1, failed=2)
    assert path.read_text(encoding="utf-8") == text


def test_rewriting_leaves_a_page_that_is_right_alone(project: pytest.Pytester) -> None:
    path = write(project, code("print(1)\n", "1\n"))
    before = path.stat()
    project.runpytest("--update-outputs").assert_outcomes(passed=1)
    assert (path.stat().st_mtime_ns, path.stat().st_ino) == (before.st_mtime_ns, before.st_ino)


def test_an_edit_during_the_run_is_not_lost(project: pytest.Pytester) -> None:
    late = "from pathlib import Path\npage = Path(HERE)\nold = page.read_text()\n"
    late += "_ = page.write_text('New.\\n\\n' + old.removeprefix('New.\\n\\n'))\nprint(1)\n"
    path = project.path / "docs" / "page.md"
    text = code(late.replace("HERE", repr(str(path)))) + code("print(2)\n")
    write(project, text)
    result = project.runpytest("--update-outputs")
    assert result.ret == pytest.ExitCode.TESTS_FAILED
    result.stdout.fnmatch_lines(["docs?page.md: it was edited while its code ran, *"])
    assert path.read_text(encoding="utf-8") == "New.\n\n" + text
    write(project, code("print(1)\n", "2\n"), "other.md")
    project.runpytest("--update-outputs", "docs/other.md").assert_outcomes(passed=1)
    project.runpytest("docs/other.md").assert_outcomes(passed=1)


def test_a_page_that_is_a_link_stays_one_and_its_target_gets_the_outputs(
    project: pytest.Pytester,
) -> None:
    target = project.path / "README.md"
    target.write_text(code("print(1)\n"), encoding="utf-8")
    link = project.path / "docs" / "page.md"
    link.symlink_to(Path("..", "README.md"))
    project.runpytest("--update-outputs").assert_outcomes(passed=1)
    assert link.is_symlink()
    assert target.read_text(encoding="utf-8") == code("print(1)\n", "1\n")


def test_a_page_that_is_read_only_stays_as_it_is(project: pytest.Pytester) -> None:
    path = write(project, code("print(1)\n"))
    right = write(project, code("print(1)\n", "1\n"), "right.md")
    for each in (path, right):
        each.chmod(0o444)
    result = project.runpytest("--update-outputs")
    assert result.ret == pytest.ExitCode.TESTS_FAILED
    result.stdout.fnmatch_lines(["docs?page.md: it was left as it is: it is read-only."])
    assert "right.md:" not in result.stdout.str()
    assert path.read_text(encoding="utf-8") == code("print(1)\n")


@pytest.mark.parametrize("asked", ["--update-outputs", "--proof=proof.json"])
def test_a_page_without_blocks_has_nothing_to_run_and_that_is_no_failure(
    project: pytest.Pytester, asked: str
) -> None:
    write(project, "Only words.\n", "words.md")
    result = project.runpytest(asked, "docs/words.md")
    assert result.ret == pytest.ExitCode.OK
    result.stdout.fnmatch_lines([f"{Path('docs', 'words.md')} has no blocks: *"])
    # All pages together without a block are more likely a mistake in the settings.
    assert project.runpytest(asked).ret == pytest.ExitCode.NO_TESTS_COLLECTED
    write(project, code("1\n"), "words.md")
    result = project.runpytest(asked, "docs/words.md", "-k", "another")
    assert result.ret == pytest.ExitCode.NO_TESTS_COLLECTED


# Several processes

PARALLEL = pytest.mark.parametrize("ways", [["-n", "2"], ["--dist=each", "--tx=2*popen"]])


@PARALLEL
def test_what_writes_does_not_run_in_parallel(project: pytest.Pytester, ways: list[str]) -> None:
    text = code("print(1)\n") * 3
    path = write(project, text)
    result = project.runpytest("--update-outputs", "--proof=proof.json", *ways)
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    (said,) = result.stderr.str().splitlines()
    assert said.startswith("ERROR: With --update-outputs and --proof, this process")
    assert said.endswith("Add --numprocesses=0.")
    assert path.read_text(encoding="utf-8") == text
    assert not (project.path / "proof.json").exists()


def test_what_writes_nothing_runs_in_parallel(project: pytest.Pytester) -> None:
    write(project, code("print(1)\n", "1\n") * 3)
    project.runpytest("-n", "1").assert_outcomes(passed=3)  # in another process
    project.runpytest("-n", "0", "--proof=proof.json").assert_outcomes(passed=3)
    assert len(Record.load(project.path / "proof.json").pages["page.md"]) == 3


BLOCKS = st.builds(
    lambda prefix, mark, shown: "".join(
        f"{prefix}{line}".rstrip(" ") + "\n"
        for line in [f"{mark}python", "x = 1", mark, *([] if shown is None else ["", *shown])]
    ),
    st.sampled_from(["", "> ", "> > ", "    "]),
    st.sampled_from(["```", "~~~", "````"]),
    st.none() | st.sampled_from([["```output", "```"], ["~~~output", "a", "", "b", "~~~"]]),
)
PARTS = st.tuples(BLOCKS, st.sampled_from(["\n", "\n\n", "\nText.\t \n\n", "\n<!-- a\n-->\n\n"]))
LINE = st.text("ab`~> \t\f\xa0\u2028\x85<!-é#\r", max_size=6) | st.sampled_from(
    ["```", "~~~", "> ```", "```output", "    ```python", "-->", "<!--", "````", "--8<-- 'a'"]
)
PRINTED = st.lists(LINE, max_size=3).map(lambda lines: "".join(f"{line}\n" for line in lines))
ENDS = st.just(["\r"]) | st.lists(st.sampled_from(["\n", "\r\n"]), min_size=1, max_size=4)


def without_outputs(text: str) -> str:
    """A page without its output fences, and without the blank lines right above each."""
    lines = re.split(r"(?<=\n)|(?<=\r)(?!\n)", text)
    for block in reversed(read(with_newlines(text), PAGE)[0].blocks):
        if block.output:
            del lines[block.fence.last + 1 : block.output.last + 1]
    return "".join(lines)


def run_as_if(text: str, prints: list[str]) -> list[Block]:
    page, _ = read(with_newlines(text), PAGE)
    for block, says in zip(page.blocks, prints, strict=False):
        block.printed = runner.as_on_a_page(says.encode())
    return page.blocks


@given(
    st.lists(PARTS, min_size=1, max_size=3),
    st.lists(PRINTED, min_size=3, max_size=3),
    ENDS,
    st.booleans(),
)
def test_rewriting_changes_outputs_and_nothing_else(
    parts: list[tuple[str, str]], prints: list[str], ends: list[str], ends_in_newline: bool
) -> None:
    page = "- item\n\n" + "".join(block + text for block, text in parts)
    if not ends_in_newline:
        page = page.rstrip("\n")
    lines = page.split("\n")
    page = "".join(line + ends[n % len(ends)] for n, line in enumerate(lines[:-1])) + lines[-1]
    blocks = run_as_if(page, prints)
    new = updated(page, blocks)
    after = run_as_if(new, prints)
    assert [b.source for b in after] == [b.source for b in blocks]
    assert [b.shown for b in after] == [b.printed for b in blocks]
    assert updated(new, after) == new
    left, left_before = without_outputs(new), without_outputs(page)
    # An output below a last line that has no end gives it one.
    assert left in [left_before + end for end in ("", "\n", "\r\n", "\r")]


# The record


def test_records_what_was_proven_and_nothing_else(project: pytest.Pytester) -> None:
    good = code("x = 1\n") + code("print(x)\n", "1\n")
    write(project, "# Title\n\n" + good)
    write(project, good + code("print(2)\n", "3\n") + code("y = 1\n"), "part/page.md")
    write(project, "Text.\n", "text.md")
    (project.path / "other").mkdir()
    (project.path / "other" / "conftest.py").write_text(CONFTEST, encoding="utf-8")
    (project.path / "other" / "page.md").write_text(good, encoding="utf-8")
    project.runpytest("--proof=build/proof.json").assert_outcomes(passed=7, failed=1)
    data = json.loads((project.path / "build" / "proof.json").read_text(encoding="utf-8"))
    first, second = digest("x = 1\n"), digest("print(x)")
    assert data == {
        "python": this_python(),
        "commit": None,  # git does not know this folder
        "not_run": {},
        "remedy": "make it",
        "pages": {
            "page.md": [
                {"line": 3, "code": first, "output": digest("")},
                {"line": 7, "code": second, "output": digest("1")},
            ],
            "part/page.md": [
                {"line": 1, "code": first, "output": digest("")},
                {"line": 5, "code": second, "output": digest("1")},
                {"line": 21, "code": digest("y = 1"), "output": digest("")},
            ],
        },
    }


def test_records_no_output_that_was_rewritten_only(project: pytest.Pytester) -> None:
    write(project, code("print(1)\n", "2\n") + code("print(2)\n", "2\n"))
    project.runpytest("--update-outputs", "--proof=proof.json").assert_outcomes(passed=2)
    (proven,) = Record.load(project.path / "proof.json").pages["page.md"]
    assert proven.code == digest("print(2)")


def test_records_included_code_as_it_ran(project: pytest.Pytester) -> None:
    (project.path / "docs" / "a.py").write_text("def f():\n\treturn 1\n", encoding="utf-8")
    write(project, code('--8<-- "a.py"\n'))
    project.runpytest("--proof=proof.json").assert_outcomes(passed=1)
    (proven,) = Record.load(project.path / "proof.json").pages["page.md"]
    assert proven.code == digest("def f():\n    return 1")


def test_a_run_of_one_page_keeps_what_is_known_of_the_others(project: pytest.Pytester) -> None:
    for name in ("one.md", "part/two.md", "gone.md"):
        write(project, code("print(1)\n", "1\n"), name)
    write(project, code(GONE) + code("raise GoneError('Not here.')\n"), "waits.md")
    project.runpytest("--proof=proof.json")
    before = Record.load(project.path / "proof.json")
    write(project, code("print(2)\n", "2\n") + code("print(3)\n", "wrong\n"), "one.md")
    (project.path / "docs" / "gone.md").unlink()
    run = project.runpytest("docs/one.md", "--proof=proof.json")
    run.assert_outcomes(passed=1, failed=1)
    run.stdout.fnmatch_lines(
        ["Proven: 1 block, *", "proof.json also has what earlier runs proved of 2 other pages."]
    )
    after = Record.load(project.path / "proof.json")
    assert list(after.pages) == ["one.md", "part/two.md", "waits.md"]
    assert [block.code for block in after.pages["one.md"]] == [digest("print(2)")]
    assert after.pages["part/two.md"] == before.pages["part/two.md"]
    assert after.not_run == before.not_run
    assert list(after.not_run) == ["waits.md"]


def test_a_run_of_a_folder_forgets_its_pages_that_have_no_blocks_any_more(
    project: pytest.Pytester,
) -> None:
    for name in ("part/one.md", "part/two.md", "other.md"):
        write(project, code("print(1)\n", "1\n"), name)
    project.runpytest("--proof=proof.json")
    write(project, "Text.\n", "part/two.md")
    write(project, "Text.\n", "other.md")
    project.runpytest("docs/part", "--proof=proof.json").assert_outcomes(passed=1)
    assert list(Record.load(project.path / "proof.json").pages) == ["other.md", "part/one.md"]
    project.runpytest("--proof=proof.json").assert_outcomes(passed=1)
    assert list(Record.load(project.path / "proof.json").pages) == ["part/one.md"]


def test_a_record_of_runs_of_two_commits_names_none(
    project: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    commits = [Commit("a" * 40, "2026-03-02"), Commit("b" * 40, "2026-03-03")]
    monkeypatch.setattr("proof.plugin.commit_of", lambda _: commits[0])
    for name in ("one.md", "two.md"):
        write(project, code("print(1)\n", "1\n"), name)
    project.runpytest("--proof=proof.json")
    project.runpytest("docs/one.md", "--proof=proof.json")
    assert Record.load(project.path / "proof.json").commit == commits[0]
    commits.pop(0)
    project.runpytest("docs/one.md", "--proof=proof.json")
    assert Record.load(project.path / "proof.json").commit is None
    project.runpytest("docs", "--proof=proof.json")
    assert Record.load(project.path / "proof.json").commit == commits[0]


def test_a_broken_record_is_written_afresh(project: pytest.Pytester) -> None:
    write(project, code("print(1)\n", "1\n"), "one.md")
    (project.path / "proof.json").write_text("{", encoding="utf-8")
    project.runpytest("docs/one.md", "--proof=proof.json").assert_outcomes(passed=1)
    assert list(Record.load(project.path / "proof.json").pages) == ["one.md"]


def test_a_run_that_is_interrupted_keeps_the_last_record(project: pytest.Pytester) -> None:
    write(project, code("print(1)\n", "1\n"))
    project.runpytest("--proof=proof.json").assert_outcomes(passed=1)
    before = (project.path / "proof.json").read_bytes()
    interrupts = "def pytest_runtest_setup():\n    raise KeyboardInterrupt\n"
    project.makeconftest(interrupts)
    result = project.runpytest_inprocess("--proof=proof.json", no_reraise_ctrlc=True)
    assert result.ret == pytest.ExitCode.INTERRUPTED
    said = "The run did not come to its end: proof.json was left as it is."
    assert result.outlines.count(said) == 1
    assert "Proven" not in result.stdout.str()
    assert (project.path / "proof.json").read_bytes() == before


def test_a_run_that_only_collects_keeps_the_last_record(project: pytest.Pytester) -> None:
    write(project, code("print(1)\n", "1\n"))
    project.runpytest("--proof=proof.json").assert_outcomes(passed=1)
    before = (project.path / "proof.json").read_bytes()
    assert project.runpytest("--proof=proof.json", "--collect-only").ret == pytest.ExitCode.OK
    assert (project.path / "proof.json").read_bytes() == before


@pytest.mark.parametrize("target", ["docs", "docs/page.md/proof.json", "kept.json"])
def test_a_record_that_cannot_be_written_is_one_line(project: pytest.Pytester, target: str) -> None:
    write(project, code("print(1)\n", "1\n"))
    kept = project.path / "kept.json"
    kept.write_text("{}", encoding="utf-8")
    kept.chmod(0o444)
    result = project.runpytest(f"--proof={target}")
    assert result.ret == pytest.ExitCode.TESTS_FAILED
    place = target.replace("/", "?")
    result.stdout.fnmatch_lines([f"The record {place} could not be written: *."])
    assert "INTERNALERROR" not in result.stdout.str()
    assert kept.read_text(encoding="utf-8") == "{}"
