"""Models as files: what leaves the page comes in again, as the package writes and reads it."""

import json
from base64 import b64decode, b64encode
from pathlib import Path
from typing import Any

import pytest

from live import model_files, trained, training
from tests.live.test_training import OWN, SHORT
from tests.website.conftest import ROOT
from verdict import GPT, BytePairTokenizer, save_weights

RUNS = ROOT / "docs" / "runs"
MANY = " ".join(f"w{number}" for number in range(2000))


def saved_after_two_steps(text: str) -> dict[str, str]:
    training.begin(SHORT, text)
    training.advance(0)
    training.advance(0)
    files: dict[str, str] = model_files.saved()["files"]
    return files


@pytest.mark.parametrize(
    ("text", "names"),
    [(OWN, ["model.safetensors"]), (MANY, ["model.safetensors", "model.bpe"])],
)
def test_what_was_saved_can_be_loaded_again(text: str, names: list[str]) -> None:
    files = saved_after_two_steps(text)
    assert list(files) == names
    before = training.current()
    training.begin(SHORT, OWN)
    answer = model_files.opened(files)
    assert "weights" in answer["says"]
    after = training.current()
    for name, array in before.model.parameters.items():
        assert (after.model.parameters[name] == array).all()
    assert after.tokenizer.encode("w1 w2" if text is MANY else "the cat") == (
        before.tokenizer.encode("w1 w2" if text is MANY else "the cat")
    )
    assert trained.write(answer["prompt"], 1, 0, 1, seed=1)["text"].startswith("<bdi>")
    assert trained.nudge("norm_scale", 0)["error"].startswith("This model came from a file")


def test_the_package_reads_it_too(tmp_path: Path) -> None:
    for name, data in saved_after_two_steps(MANY).items():
        (tmp_path / name).write_bytes(b64decode(data))
    run = training.current()
    model = GPT.from_pretrained(tmp_path / "model.safetensors")
    assert model.config == run.model.config
    tokenizer = BytePairTokenizer.load(tmp_path / "model.bpe")
    assert tokenizer.encode("w1 w2") == run.tokenizer.encode("w1 w2")


def test_our_trained_model_writes() -> None:
    data = b64encode((RUNS / "tales.safetensors").read_bytes()).decode()
    words = json.loads((RUNS / "tales.json").read_text(encoding="utf-8"))["words"]
    answer = model_files.opened({"trained.safetensors": data}, words)
    assert answer["prompt"] == "Ada and Tom are"
    assert "<mark>" in trained.write(answer["prompt"], 1, 0, 1, seed=1)["text"]


def test_what_is_no_model_is_refused_and_the_former_stays(tmp_path: Path) -> None:
    whole = saved_after_two_steps(MANY)
    run = training.current()
    weights = whole["model.safetensors"]
    path = tmp_path / "bare.safetensors"
    save_weights(path, run.model)
    bare = b64encode(path.read_bytes()).decode()
    cases: list[tuple[dict[str, str], Any, str]] = [
        ({}, None, "Choose a file that ends in .safetensors."),
        ({"a.bpe": whole["model.bpe"]}, None, "Choose a file that ends in .safetensors."),
        ({"a.safetensors": b64encode(b"no model").decode()}, None, "model.safetensors"),
        ({"a.safetensors": weights[:4000]}, None, "model.safetensors"),
        ({"a.safetensors": bare}, None, "The file does not say what its tokens are."),
        ({"a.safetensors": weights}, ["tea"], "they do not belong together"),
    ]
    for files, words, said in cases:
        error = model_files.opened(files, words)["error"]
        assert said in error
        assert str(tmp_path.parent) not in error
        assert training.current() is run
