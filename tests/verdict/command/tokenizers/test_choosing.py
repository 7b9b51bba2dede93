"""The tokenizers that can be named."""

import json
import re
from pathlib import Path

import numpy as np
import pytest

from tests.verdict.command.conftest import Run
from verdict import (
    END_OF_TEXT,
    UNKNOWN,
    SimpleTokenizerV2,
    build_vocabulary,
    split_words,
)
from verdict.command.tokenizers.choosing import WORDS
from verdict.model.safetensors_file import write_safetensors


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


@pytest.mark.parametrize("more", [[], [END_OF_TEXT, UNKNOWN]])
def test_a_models_file_that_lists_its_words_is_a_tokenizer(
    run: Run, tmp_path: Path, more: list[str]
) -> None:
    words = ["a", "dog", "cat", *more]
    path = tmp_path / "model.safetensors"
    write_safetensors(path, {"some": np.zeros(2)}, {WORDS: json.dumps(words)})
    assert run("encode", "--tokenizer", path, given=b"a dog a cat") == (0, "0 1 0 2\n", "")
    assert run("decode", "--tokenizer", path, given=b"2 1") == (0, "cat dog", "")
    code, out, error = run("encode", "--tokenizer", path, given=b"a fox")
    if more:
        assert (code, out) == (0, "0 4\n")
    else:
        assert (code, error) == (
            1,
            "verdict: standard input: the word 'fox' has no token: the tokenizer has the words of "
            "one text, and none for others\n",
        )
    assert run("stats", "--tokenizer", path, given=b"a dog a cat")[0] == 0


@pytest.mark.parametrize("listed", ["{", "3", '["a", 3]', '{"a": 1}'])
def test_a_list_of_words_that_is_none_is_refused(run: Run, tmp_path: Path, listed: str) -> None:
    path = tmp_path / "model.safetensors"
    write_safetensors(path, {"some": np.zeros(2)}, {WORDS: listed})
    code, _, error = run("encode", "--tokenizer", path, given=b"a dog")
    assert (code, error) == (1, f"verdict: {path} has a list of words that is none\n")
