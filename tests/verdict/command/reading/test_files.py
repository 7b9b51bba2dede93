"""How files are read, and what a terminal shows of it."""

from pathlib import Path

import pytest

from tests.verdict.command.conftest import TEXT, Run
from verdict.command.reading import files


def test_long_work_shows_how_far_it_is(
    run: Run, trained: Path, text: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "SECONDS_WITHOUT_BAR", 0)
    _, out, error = run("stats", "--tokenizer", trained, text, terminals="stderr stdout")
    assert "characters" in out
    assert f"{text}:   0%" in error
    assert f"0.00/{len(TEXT.encode())}.0" in error
    _, out, error = run("encode", "--tokenizer", trained, text, terminals="stderr")
    assert f"{text}:   0%" in error
    options = ("--vocab-size", "300", "--output", tmp_path / "a.bpe")
    _, out, error = run("train", text, *options, terminals="stderr")
    assert "Merges are being learned." in error


def test_no_bar_lies_between_the_lines_that_are_shown(
    run: Run, trained: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "SECONDS_WITHOUT_BAR", 0)
    for command in ("encode", "decode"):
        asked = (command, "--tokenizer", trained)
        assert run(*asked, given=b"97", terminals="stderr stdout")[2] == ""
        assert "standard input: 0.00B" in run(*asked, given=b"97", terminals="stderr")[2]


def test_short_work_shows_no_bar(run: Run, trained: Path, text: Path) -> None:
    assert run("stats", "--tokenizer", trained, text, terminals="stderr")[2] == ""
