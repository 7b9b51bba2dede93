"""The checks of an exercise tell a right answer from a wrong one, or the proof says so."""

from pathlib import Path
from textwrap import dedent
from unittest import SkipTest

import pytest

from proof import page as pages
from proof.exercises import verdict
from proof.page import read
from tests.proof.checking import PAGE, problems

CHECK = """
    # You print one number.
    assert len(numbers) == 1, "Print one number."
    # It is the right one.
    assert numbers == [2], "Count each word once."
"""
PARTS = {
    "words": "```python\nwords = ['a', 'b', 'a']\n```",
    "solution": "```python\nprint(len(set(words)))\n```\n\n```output\n2\n```",
    "check": f"```check\n{dedent(CHECK).strip()}\n```",
    "wrong": "```wrong\nprint(len(words))\n```",
    "hint": "```hint\nA set has each word once.\n```",
}


def exercise(**changed: str) -> str:
    """A page with an exercise, some of whose parts are others."""
    return "\n\n".join((PARTS | changed).values()) + "\n"


def fault(text: str) -> str | None:
    """What the proof says of the only exercise of a page."""
    page, found = read(text, PAGE)
    assert found == []
    (only,) = page.exercises
    return verdict(only)


def test_an_exercise_is_well_whose_checks_tell_right_from_wrong() -> None:
    assert fault(exercise()) is None


def test_the_proof_says_that_a_solution_does_not_pass() -> None:
    found = fault(exercise(check=PARTS["check"].replace("[2]", "[3]")))
    assert found
    assert "The solution does not pass these checks: Count each word once." in found


def test_the_proof_says_that_a_wrong_answer_passes() -> None:
    found = fault(exercise(wrong="```wrong\nprint(2)\n```\n\n" + PARTS["wrong"]))
    assert found == "docs/page.md:20: This wrong answer passes the checks."


def test_the_proof_says_that_nothing_at_all_passes() -> None:
    idle = '```check\n# It is no 5.\nassert numbers != [3], "Count each word once."\n```'
    assert fault(exercise(check=idle)) == "docs/page.md:13: An empty answer passes the checks."


def test_a_wrong_answer_that_breaks_down_is_no_test_of_the_checks() -> None:
    found = fault(exercise(wrong="```wrong\nprint(lenn(words))\n```"))
    assert found
    assert "This wrong answer ends with an error" in found
    assert 'File "docs/page.md", line 21' in found


def test_each_answer_begins_where_the_page_has_come_to() -> None:
    solution = PARTS["solution"].replace("print", "words.append('c')\nprint").replace("2\n", "3\n")
    check = PARTS["check"].replace("[2]", "[3]")
    wrong = "```wrong\nwords.append('a')\nprint(len(words))\nprint(1)\n```"
    below = "```python\nprint(len(words))\n```\n\n```output\n4\n```"
    text = exercise(solution=solution, check=check, wrong=wrong) + f"\n{below}\n"
    page, _ = read(text, PAGE)
    assert [verdict(each) for each in page.exercises] == [None]
    assert [pages.verdict(block) for block in page.blocks] == [None] * 3


@pytest.mark.skipif(not pages.CAN_COPY, reason="here no process can be copied")
def test_the_page_runs_once_for_all_answers(tmp_path: Path) -> None:
    runs = tmp_path / "runs"
    words = f"words = ['a', 'b', 'a']\nwith open({str(runs)!r}, 'a') as file:\n    file.write('1')"
    assert fault(exercise(words=f"```python\n{words}\n```")) is None
    assert runs.read_text(encoding="utf-8") == "1"


def test_where_no_process_can_be_copied_each_answer_has_a_run_of_its_own(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pages, "CAN_COPY", False)
    assert fault(exercise()) is None
    found = fault(exercise(wrong="```wrong\nprint(2)\n```"))
    assert found == "docs/page.md:20: This wrong answer passes the checks."


def test_where_a_block_leaves_a_file_open_each_answer_has_a_run_of_its_own(tmp_path: Path) -> None:
    runs = tmp_path / "runs"
    words = f"file = open({str(runs)!r}, 'a')\n_ = file.write('1')\nfile.flush()"
    assert fault(exercise(words=f"```python\nwords = ['a', 'b', 'a']\n{words}\n```")) is None
    assert runs.read_text(encoding="utf-8") == "1" * 4  # the page, and its three answers


def test_an_exercise_waits_for_its_page() -> None:
    page, _ = read(exercise(words="```python\nwords = 1 / 0\n```"), PAGE)
    with pytest.raises(SkipTest, match="line 1 failed"):
        verdict(page.exercises[0])


@pytest.mark.parametrize(
    ("part", "text", "said"),
    [
        ("wrong", "", "Below this check stands no wrong: write one at least."),
        ("hint", "", "Below this check stands no hint: write one at least."),
        ("hint", "```hint\n```", "This hint is empty."),
        ("check", "```check\nnumbers\n```", "There is no assertion among these checks."),
        ("check", "```check\nassert numbers\n```", "has no comment above it"),
        ("check", "```check\n# So.\nassert numbers\n```", "has no words for what is not right"),
        ("check", "```check\nassert :\n```", "The checks cannot be read: invalid syntax"),
        ("check", "", "This wrong stands above the check that it belongs to."),
    ],
)
def test_what_an_exercise_lacks_is_named(part: str, text: str, said: str) -> None:
    found = [problem for _, problem in problems(exercise(**{part: text}))]
    assert any(said in problem for problem in found)


def test_text_may_stand_between_a_solution_and_its_check() -> None:
    assert problems(exercise(check="Below it.\n\n" + PARTS["check"])) == []


def test_a_check_stands_in_the_note_of_its_solution() -> None:
    inside = exercise().replace("\n", "\n    ")
    assert problems(f"1. Count.\n\n    {inside}") == []
    outside = "1. Count.\n\n    ```python\n    print(1)\n    ```\n\nMore.\n\n" + PARTS["check"]
    assert "This check stands in no solution" in problems(outside)[0][1]
