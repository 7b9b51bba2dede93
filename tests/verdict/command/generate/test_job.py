"""A model that goes on with a text."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from tests import PATIENCE
from tests.verdict.command.conftest import Run
from verdict import (
    END_OF_TEXT,
    GPT,
    BytePairTokenizer,
    GPTConfig,
    generate,
    write_gpt2,
)
from verdict.command import output
from verdict.command.generate import job


def save(model: GPT, path: Path) -> None:
    write_gpt2(path, model.parameters)


@pytest.fixture
def model(tmp_path: Path) -> Path:
    """A file with a model of as many tokens as the trained tokenizer has."""
    path = tmp_path / "model.safetensors"
    save(GPT(GPTConfig(260, 16, width=12, heads=3, layers=2), spread=0.5, seed=1), path)
    return path


def expected(
    model: Path, trained: Path, text: str, count: int, **how: float
) -> tuple[str, list[int]]:
    """What the package itself writes."""
    tokenizer = BytePairTokenizer.load(trained)
    settings = {"temperature": 0.8, **how}
    end = tokenizer.encode(END_OF_TEXT, allowed_special="all")
    loaded = GPT.from_pretrained(model, heads=3)
    ids = list(generate(loaded, tokenizer.encode(text), count, stop=end, **settings))  # type: ignore[arg-type]
    return tokenizer.decode_bytes(ids).decode("utf-8", "replace"), ids


@pytest.mark.parametrize("given", [True, False])
def test_the_text_is_shown_and_then_what_the_model_adds(
    run: Run, model: Path, trained: Path, given: bool
) -> None:
    text, ids = expected(model, trained, "low lower", 8, seed=3)
    chosen = ["--model", model, "--heads", 3, "--tokenizer", trained, "--seed", 3, "--json"]
    chosen += ["--max-tokens", 8]
    code, out, err = (
        run("generate", *chosen, given=b"low lower")
        if given
        else run("generate", *chosen, "low lower")
    )
    assert (code, err) == (0, "")
    assert json.loads(out) == {"prompt": "low lower", "text": text, "ids": ids}


def test_people_see_the_whole_text_on_a_line(run: Run, tmp_path: Path, trained: Path) -> None:
    path = tmp_path / "ascii.safetensors"
    ascii_model = GPT(GPTConfig(260, 16, width=12, heads=3, layers=1), spread=0.5, seed=1)
    ascii_model.parameters["tokens"][128:] = 0  # no bytes beyond ASCII are likely
    save(ascii_model, path)
    text, _ = expected(path, trained, "low", 5, temperature=0)
    code, out, err = run(
        "generate", "low", "--model", path, "--heads", 3, "--tokenizer", trained,
        "--max-tokens", 5, "--temperature", 0,
    )  # fmt: skip
    assert (code, err) == (0, "")
    assert out == f"low{text}\n"


def test_the_settings_are_those_of_the_package(run: Run, model: Path, trained: Path) -> None:
    _, ids = expected(model, trained, "low", 30, seed=1, temperature=2.0, top_k=5, top_p=0.7)
    code, out, _ = run(
        "generate", "low", "--model", model, "--heads", 3, "--tokenizer", trained, "--json",
        "--max-tokens", 30, "--seed", 1, "--temperature", 2, "--top-k", 5, "--top-p", 0.7,
    )  # fmt: skip
    assert code == 0
    assert json.loads(out)["ids"] == ids


def test_a_text_ends_at_the_token_that_ends_texts(run: Run, tmp_path: Path, trained: Path) -> None:
    path = tmp_path / "ends.safetensors"
    ends = GPT(GPTConfig(260, 16, width=12, heads=3, layers=1), spread=0.01, seed=1)
    (end,) = BytePairTokenizer.load(trained).encode(END_OF_TEXT, allowed_special="all")
    ends.parameters["norm_shift"] = np.ones(12)
    ends.parameters["tokens"][end] = 5
    save(ends, path)
    code, out, _ = run(
        "generate", "low", "--model", path, "--heads", 3, "--tokenizer", trained, "--json",
        "--temperature", 0,
    )  # fmt: skip
    assert (code, json.loads(out)["ids"]) == (0, [])


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--max-tokens", "-1"], "argument --max-tokens: must be a whole number"),
        (["--temperature", "-1"], "argument --temperature: must be 0 or more"),
        (["--temperature", "nan"], "argument --temperature: must be 0 or more"),
        (["--temperature", "warm"], "argument --temperature: must be 0 or more"),
        (["--top-k", "0"], "argument --top-k: must be 1 or more, not 0"),
        (["--top-p", "0"], "argument --top-p: must be above 0 and at most 1"),
        (["--top-p", "1.1"], "argument --top-p: must be above 0 and at most 1"),
        (["--seed", "x"], "argument --seed: must be a whole number"),
    ],
)
def test_settings_that_make_no_sense_are_refused(
    run: Run, arguments: list[str], message: str
) -> None:
    code, out, err = run("generate", "low", *arguments)
    assert (code, out) == (2, "")
    assert message in err


def test_what_is_wrong_with_model_or_text_is_one_sentence(
    run: Run, model: Path, trained: Path, tmp_path: Path
) -> None:
    chosen = ["--tokenizer", trained, "--heads", 3]
    code, out, err = run("generate", "low", "--model", tmp_path / "none", *chosen)
    assert (code, out) == (1, "")
    assert "none cannot be read: No such file" in err
    assert "A model is gpt2," in err
    (tmp_path / "broken").write_bytes(b"abc")
    code, out, err = run("generate", "low", "--model", tmp_path / "broken", *chosen)
    assert (code, out) == (1, "")
    assert "is no file of arrays that can be used: it is too short" in err
    code, out, err = run("generate", "", "--model", model, *chosen)
    assert (code, out) == (1, "")
    assert err == "verdict: there is no text to go on with: the model needs one token at least\n"
    code, out, err = run("generate", END_OF_TEXT, "--model", model, *chosen)
    assert (code, out) == (1, "")
    assert "the text: there is a special token" in err
    code, out, err = run("generate", "\udc80", "--model", model, *chosen)
    assert (code, out) == (1, "")
    assert "the text is not UTF-8" in err


def test_a_tokenizer_of_another_model_is_told(
    run: Run, model: Path, trained: Path, tmp_path: Path
) -> None:
    small = tmp_path / "small.safetensors"
    save(GPT(GPTConfig(50, 16, width=12, heads=3, layers=1), seed=1), small)
    code, _, err = run("generate", "low", "--model", small, "--heads", 3, "--tokenizer", trained)
    assert code == 1
    assert "knows 50 tokens: it needs the --tokenizer that it was trained with" in err
    large = tmp_path / "large.safetensors"
    always_299 = GPT(GPTConfig(300, 16, width=12, heads=3, layers=1), spread=0.01, seed=1)
    always_299.parameters["norm_shift"] = np.ones(12)
    always_299.parameters["tokens"][299] = 5
    save(always_299, large)
    code, out, err = run(
        "generate", "low", "--model", large, "--heads", 3, "--tokenizer", trained,
        "--temperature", 0,
    )  # fmt: skip
    assert (code, out) == (1, "low\n")
    assert "the model wrote a token that the tokenizer does not have" in err


@pytest.mark.parametrize("as_json", [True, False])
def test_ctrl_c_ends_the_line_and_keeps_what_was_written(
    run: Run, model: Path, trained: Path, monkeypatch: pytest.MonkeyPatch, as_json: bool
) -> None:
    shown = output.write_at_once
    count = 0

    def interrupted(data: bytes) -> None:
        nonlocal count
        count += 1
        if count == 4:
            raise KeyboardInterrupt
        shown(data)

    monkeypatch.setattr(job, "write_at_once", interrupted)
    code, out, err = run(
        "generate", "low", "--model", model, "--heads", 3, "--tokenizer", trained,
        "--top-k", 1, *["--json"] * as_json,
    )  # fmt: skip
    assert (code, err) == (130, "")
    assert out.endswith("\n")
    assert len(json.loads(out)["ids"]) == 3 if as_json else out.startswith("low")


@pytest.mark.skipif(os.name == "nt", reason="Windows sends no such signal to a process")
def test_a_process_can_be_interrupted_while_it_writes(model: Path, tmp_path: Path) -> None:
    endless = tmp_path / "endless.bpe"  # without a token that ends a text, it writes on and on
    BytePairTokenizer.train("low lower lowest", 260).save(endless)
    arguments = [
        sys.executable, "-m", "verdict", "generate", "low", "--model", str(model), "--heads", "3",
        "--tokenizer", str(endless), "--max-tokens", "100000000",
    ]  # fmt: skip
    # A background job ignores Ctrl+C, and what it starts does too, unless told otherwise.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        process = subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    finally:
        signal.signal(signal.SIGINT, before)
    with process:
        assert process.stdout is not None
        begun = process.stdout.read(20)
        assert begun.startswith(b"low")  # it is shown while it is written
        process.send_signal(signal.SIGINT)
        rest, complaint = process.communicate(timeout=PATIENCE)
    assert (process.returncode, complaint) == (130, b"")
    assert rest.endswith(b"\n")
