"""A figure takes what its reader types, or says what is wrong with it."""

from pathlib import Path

import pytest

from drawing.asked import check_range, drawn

PROGRAM = """
from drawing import Figure
from drawing.asked import check_range


def draw(word: str = "tea", times: int = 2, share: float = 0.5) -> Figure:
    check_range("times", times, 1, 3)
    figure = Figure("A word", f"{word} {times} {share}", f"{word!r} {times!r} {share!r}")
    figure.text((4, 20), word)
    return figure
"""


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    (tmp_path / "a_word_asked_for.py").write_text(PROGRAM)
    monkeypatch.syspath_prepend(tmp_path)
    return "a_word_asked_for"


def test_what_was_typed_takes_the_place_of_the_program_s_own_values(program: str) -> None:
    look = drawn(program, {"word": " a < b ", "times": " 3 ", "unknown": "x"})
    assert look["says"] == "' a < b ' 3 0.5"
    assert look["error"] == ""
    assert look["svg"].startswith('<svg xmlns="http://www.w3.org/2000/svg" id="a-word-asked-for"')
    assert "> a &lt; b </text>" in look["svg"]
    assert drawn(program, {})["says"] == "'tea' 2 0.5"


@pytest.mark.parametrize(
    ("name", "typed", "error"),
    [
        ("times", "", "Times: a whole number."),
        ("times", "1.5", "Times: a whole number, not “1.5”."),
        ("times", "9" * 5000, f"Times: a whole number, not “{'9' * 20}”."),
        ("times", "0", "Times: a whole number from 1 to 3, not 0."),
        ("share", "half", "Share: a number, not “half”."),
        ("share", "nan", "Share: a number, not “nan”."),
        ("share", "inf", "Share: a number, not “inf”."),
    ],
)
def test_what_is_no_such_number_is_refused_in_words(
    program: str, name: str, typed: str, error: str
) -> None:
    assert drawn(program, {name: typed}) == {"svg": "", "says": "", "error": error}


def test_a_fault_of_the_program_is_no_fault_of_its_reader(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a_broken_figure.py").write_text("def draw():\n    return 1 / 0\n")
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(ZeroDivisionError):
        drawn("a_broken_figure", {})


def test_a_number_in_its_range_is_taken() -> None:
    check_range("angle", -360.0, -360, 360)
    check_range("angle", 360, -360, 360)
