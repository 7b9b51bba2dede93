"""What can be asked of the command, and its help."""

from importlib.metadata import PackageNotFoundError, distribution, version
from pathlib import Path
from typing import get_args

import pytest

from tests.verdict.command.conftest import Run
from verdict import END_OF_TEXT
from verdict.command import arguments, main, options
from verdict.command.tokenizers import kinds, names


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ([], "the following arguments are required: COMMAND"),
        (["enc"], "invalid choice: 'enc'"),
        (["encode", "--tok", "gpt2"], "unrecognized arguments: --tok"),
        (["train", "--output", "a", "b"], "the following arguments are required: --vocab-size"),
        (["train", "--vocab-size", "9", "--output", "a", "b"], "must be from 257 to 1,114,112, no"),
        (["train", "--vocab-size", "1e3", "--output", "a", "b"], "must be a whole number, not '1e"),
        (["stats", "--top", "-1"], "must be a whole number, not '-1'"),
    ],
)
def test_a_command_that_makes_no_sense_is_refused(run: Run, asked: list[str], message: str) -> None:
    code, out, error = run(*asked)
    assert (code, out) == (2, "")
    assert message in error
    assert "usage: verdict" in error


def test_what_is_not_installed_runs_from_its_source(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nowhere(name: str) -> str:
        raise PackageNotFoundError(name)

    monkeypatch.setattr(arguments, "version", nowhere)
    assert run("--version") == (0, "verdict, run from its source and not installed\n", "")


def test_help_has_examples_and_the_version_is_the_packages(run: Run) -> None:
    code, out, _ = run("--help")
    assert code == 0
    assert "verdict train notes.txt more.txt --vocab-size 1000 -o notes.bpe" in out
    for command in ("encode", "decode", "train", "stats", "finetune", "classify", "ask"):
        assert run(command, "--help")[0] == 0
    assert "Turn text into token IDs, a line for each file." in run("encode", "--help")[1]
    assert run("--version") == (0, f"verdict {version('verdict-course')}\n", "")
    (script,) = distribution("verdict-course").entry_points
    assert (script.group, script.name) == ("console_scripts", "verdict")
    assert script.load() is main


def test_what_can_be_chosen_is_what_the_kinds_know(run: Run, trained: Path) -> None:
    (commands,) = arguments.parser("verdict")._subparsers._group_actions  # type: ignore[union-attr]
    for name in ("encode", "stats"):
        actions = {each.dest: each for each in commands.choices[name]._actions}  # type: ignore[index]
        assert actions["special"].choices == get_args(kinds.Special)
    given = f"a{END_OF_TEXT}".encode()
    became = {
        choice: run("encode", "--tokenizer", trained, "--special", choice, given=given)[:2]
        for choice in get_args(kinds.Special)
    }
    assert len(set(became.values())) == len(became)  # each is another thing than the others


def test_a_choice_that_only_the_parser_knows_cannot_pass(
    run: Run, trained: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(options, "get_args", lambda _: ("refuse", "token", "text", "drop"))
    with pytest.raises(AssertionError, match="drop"):
        run("encode", "--tokenizer", trained, "--special", "drop", given=b"a")


def test_the_help_names_each_tokenizer_that_has_a_name(run: Run) -> None:
    shown = " ".join(run("encode", "--help")[1].split())
    for name, (does, _) in names.NAMED.items():
        assert f"{name} ({does})" in shown
