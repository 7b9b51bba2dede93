"""The tokenizers that can be named."""

import re
from pathlib import Path

import pytest

from tests.verdict.command.conftest import Run
from verdict import (
    END_OF_TEXT,
    UNKNOWN,
    SimpleTokenizerV2,
    build_vocabulary,
    split_words,
)


def test_words_are_those_of_the_story(run: Run, story: str) -> None:
    tokenizer = SimpleTokenizerV2(build_vocabulary(split_words(story), [END_OF_TEXT, UNKNOWN]))
    text = f"Hello, do you like tea? {END_OF_TEXT} I do."
    ids = tokenizer.encode(text)
    code, out, _ = run("encode", "--tokenizer", "words", given=text.encode())
    assert (code, out) == (0, " ".join(map(str, ids)) + "\n")
    assert run("decode", "--tokenizer", "words", given=out.encode())[1] == tokenizer.decode(ids)


def test_what_is_no_tokenizer_is_named(run: Run, text: Path, tmp_path: Path) -> None:
    code, _, error = run("encode", "--tokenizer", "gpt3")
    assert (code, error) == (
        1,
        "verdict: gpt3 cannot be read: No such file or directory. A tokenizer is gpt2, words, "
        "messages, orders, assistant, or a file that train wrote\n",
    )
    code, _, error = run("encode", "--tokenizer", text)
    assert code == 1
    assert error.startswith(f"verdict: {text} ")


@pytest.mark.parametrize(
    ("name", "variable"), [("gpt2", "VERDICT_GPT2"), ("words", "VERDICT_TEXT")]
)
def test_what_a_tokenizer_needs_and_lacks_is_named(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str, variable: str
) -> None:
    monkeypatch.setenv(variable, str(tmp_path / "gone"))
    code, _, error = run("encode", "--tokenizer", name)
    assert code == 1
    assert str(tmp_path / "gone") in error
    assert variable in error  # it says what to set


def test_without_gpt2s_files_the_two_commands_that_it_names_help(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("VERDICT_GPT2", str(tmp_path / "gone"))
    monkeypatch.chdir(tmp_path)
    Path("notes.txt").write_text("low lower lowest", encoding="utf-8")
    code, out, error = run("encode", "notes.txt")
    assert (code, out, error.count("\n")) == (1, "", 1)
    named = re.search(r"two commands help: verdict (.*), then verdict (.*)\n", error)
    assert named
    assert [run(*command.split())[0] for command in named.groups()] == [0, 0]
