"""Pages run several at a time, and end as if they had run one by one."""

import os
import sys
from textwrap import dedent

import pytest

from proof import ahead, processes
from proof.page import TIMEOUT
from proof.record import Record
from tests import PATIENCE
from tests.proof.checking import code
from tests.proof.conftest import write

pytest_plugins = "pytester"

AT_ONCE = "--proof-jobs=2"
WAIT = """\
import time
from pathlib import Path

Path({mine!r}).touch()
end = time.monotonic() + {patience}
while not Path({other!r}).exists():
    assert time.monotonic() < end
    time.sleep(0.01)
"""


def waits(project: pytest.Pytester, mine: str, other: str) -> str:
    """A block that ends when the block of another page has begun."""
    files = {"mine": str(project.path / mine), "other": str(project.path / other)}
    return WAIT.format(**files, patience=PATIENCE)


def test_two_pages_run_at_the_same_time(project: pytest.Pytester) -> None:
    write(project, code(waits(project, "a", "b") + "print(1)\n", "1\n"), "a.md")
    write(project, code(waits(project, "b", "a") + "print(2)\n", "2\n"), "b.md")
    project.runpytest(AT_ONCE, "--proof=proof.json").assert_outcomes(passed=2)
    pages = Record.load(project.path / "proof.json").pages
    assert {name: len(blocks) for name, blocks in pages.items()} == {"a.md": 1, "b.md": 1}


def test_each_page_ends_as_it_does_by_itself(project: pytest.Pytester) -> None:
    below = "\n```check\n# A 2.\nassert '2' in printed, 'Print 2.'\n```\n\n```hint\n1 + 1\n```\n\n"
    wrong = "```wrong\nprint(2)\n```\n\n"
    texts = {
        "right.md": code("print(1)\n", "1\n") * 3,
        "outdated.md": code("print(1)\n", "2\n"),
        "fails.md": code("1 / 0\n") + code("print(1)\n", "1\n"),
        "misjudges.md": code("print(2)\n", "2\n") + below + wrong,
        "lacks.md": code("class GoneError(Exception): pass\nraise GoneError\n"),
    }
    for name, text in texts.items():
        write(project, text, name)
    one_by_one = project.runpytest("-rA", "--tb=short")
    at_once = project.runpytest("-rA", "--tb=short", AT_ONCE)
    assert at_once.parseoutcomes() == one_by_one.parseoutcomes()
    assert at_once.outlines[:-1] == one_by_one.outlines[:-1]  # the last one has the time
    assert project.runpytest(AT_ONCE, "--update-outputs").parseoutcomes()["passed"] == 6
    assert (project.path / "docs/outdated.md").read_text("utf-8") == code("print(1)\n", "1\n")


@pytest.mark.skipif(sys.platform == "win32", reason="asks by a signal whether a process is there")
def test_a_page_that_nobody_waits_for_is_ended(project: pytest.Pytester) -> None:
    process_id, end = project.path / "process_id", project.path / "end"
    long_block = f"""\
        import os
        import time
        from pathlib import Path

        Path({str(process_id)!r}).write_text(str(os.getpid()))
        Path({str(project.path / "begun")!r}).touch()
        time.sleep({TIMEOUT - 1})
        Path({str(end)!r}).touch()
        """
    write(project, code(waits(project, "a", "begun") + "1 / 0\n"), "a.md")
    write(project, code(dedent(long_block)), "b.md")
    result = project.runpytest(AT_ONCE, "-x", "--proof=proof.json")
    result.assert_outcomes(failed=1)
    with pytest.raises(ProcessLookupError):
        os.kill(int(process_id.read_text()), 0)
    assert not end.exists()
    assert not Record.load(project.path / "proof.json").pages.get("b.md")


def test_the_test_of_a_page_that_could_not_run_says_why(
    project: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    def run(*_: object) -> None:
        raise OSError("No space left on device")

    monkeypatch.setattr(processes, "run_in_a_copy", run)
    write(project, code("print(1)\n", "1\n"))
    result = project.runpytest(AT_ONCE)
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["*OSError: No space left on device"])


@pytest.mark.parametrize(("wanted", "said"), [("0", "'0'"), ("two", "'two'")])
def test_a_number_of_pages_that_cannot_be_is_refused(
    project: pytest.Pytester, wanted: str, said: str
) -> None:
    result = project.runpytest(f"--proof-jobs={wanted}")
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    (line,) = result.stderr.str().splitlines()
    assert line.startswith("ERROR: --proof-jobs: ")
    assert said in line


def test_auto_is_one_page_for_each_processor() -> None:
    if hasattr(os, "sched_getaffinity"):
        assert ahead.jobs("auto") == len(os.sched_getaffinity(0))
    assert ahead.jobs("auto") >= 1
