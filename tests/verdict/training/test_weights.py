import json
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.verdict.training.pytorch_gpt import TEXT
from verdict import GPT, AdamW, GPTConfig, load_weights, save_weights, train
from verdict.model.safetensors_file import read_metadata, read_safetensors, write_safetensors
from verdict.model.safetensors_header import WeightsError

CONFIG = GPTConfig(7, context_length=5, width=8, heads=2, layers=1, dropout=0.2)


class Training:
    """A model with its optimizer and its generator: all that a training goes on with."""

    def __init__(self, seed: int) -> None:
        self.model = GPT(CONFIG, seed=seed)
        self.optimizer = AdamW(self.model.parameters)
        self.generator = np.random.default_rng(seed)
        self.all = self.model, self.optimizer, self.generator

    def go(self, steps: int) -> list[Any]:
        options = {"optimizer": self.optimizer, "seed": self.generator}
        return list(islice(train(self.model, TEXT, 8, peak=0.05, **options), steps))  # type: ignore[arg-type]

    def state(self) -> Any:
        arrays = [self.model.parameters, self.optimizer.averages, self.optimizer.squares]
        return (
            [{name: array.tobytes() for name, array in each.items()} for each in arrays],
            (self.optimizer.steps, self.optimizer.beta_powers),
            self.generator.bit_generator.state,
        )


def test_weights_come_back_to_the_last_bit(tmp_path: Path) -> None:
    file = tmp_path / "model.safetensors"
    one, other = GPT(CONFIG, seed=1), GPT(CONFIG, seed=2)
    save_weights(file, one)
    load_weights(file, other)
    for name, array in one.parameters.items():
        assert other.parameters[name].tobytes() == array.tobytes()
        assert other.parameters[name].flags.writeable
    assert read_safetensors(file).keys() == one.parameters.keys()


@settings(max_examples=8)
@given(st.integers(0, 8))
def test_going_on_from_a_file_equals_not_stopping(tmp_path_factory: Any, steps: int) -> None:
    file = tmp_path_factory.mktemp("weights") / "model.safetensors"
    whole, first, second = Training(1), Training(1), Training(2)
    told = whole.go(8)
    before = first.go(steps)
    save_weights(file, *first.all)
    load_weights(file, *second.all)
    assert before + second.go(8) == told
    assert second.state() == whole.state()


def test_going_on_without_the_optimizers_averages_ends_with_other_weights(tmp_path: Path) -> None:
    file = tmp_path / "model.safetensors"
    whole, first, second = Training(1), Training(1), Training(2)
    whole.go(8)
    first.go(4)
    save_weights(file, *first.all)
    load_weights(file, second.model, None, second.generator)
    second.optimizer.steps = 4
    second.go(8)
    assert second.state()[0][0] != whole.state()[0][0]


def test_a_file_of_a_training_is_a_pretrained_model(tmp_path: Path) -> None:
    file = tmp_path / "model.safetensors"
    training = Training(1)
    training.go(2)
    save_weights(file, *training.all, remarks={"heads": "2", "by": "us"})
    model = GPT.from_pretrained(file)
    assert model.config == replace(CONFIG, dropout=0)
    assert (model([1, 2, 3]) == training.model([1, 2, 3])).all()
    assert GPT.from_pretrained(file, heads=4).config.heads == 4
    assert read_metadata(file)["by"] == "us"
    other = Training(2)
    load_weights(file, *other.all)
    assert other.state() == training.state()


@pytest.mark.parametrize("noted", ["", "two", "0", "-2", "9" * 400])
def test_a_remark_that_is_no_number_of_heads_is_no_answer(tmp_path: Path, noted: str) -> None:
    file = tmp_path / "model.safetensors"
    save_weights(file, GPT(CONFIG, seed=1), remarks={"heads": noted})
    assert GPT.from_pretrained(file).config.heads == 1


def test_a_model_of_another_kind_is_no_gpt2(tmp_path: Path) -> None:
    file = tmp_path / "model.safetensors"
    save_weights(file, GPT(replace(CONFIG, tied=False), seed=1))
    with pytest.raises(WeightsError, match="has 'head', which no GPT-2 has"):
        GPT.from_pretrained(file)


def test_a_type_stays_that_of_the_model(tmp_path: Path) -> None:
    file = tmp_path / "model.safetensors"
    save_weights(file, GPT(CONFIG, seed=1))
    small = GPT(CONFIG, seed=2, dtype=np.float32)
    load_weights(file, small)
    assert {array.dtype for array in small.parameters.values()} == {np.dtype(np.float32)}


def changed(file: Path, change: Any) -> None:
    """Write a file again with another state."""
    state = json.loads(read_metadata(file)["training"])
    arrays = {name: np.array(array) for name, array in read_safetensors(file).items()}
    write_safetensors(file, arrays, {"training": change(state)})


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (lambda file: file.write_bytes(file.read_bytes()[:-1]), "no file of arrays"),
        (lambda file: file.write_bytes(file.read_bytes()[:5]), "too short"),
        (lambda file: file.write_bytes(b""), "too short"),
        (lambda file: file.write_bytes(b"PK\3\4" + bytes(60)), "no file of arrays"),
        (lambda file: save_weights(file, GPT(CONFIG)), "has no optimizer.averages.tokens"),
        (
            lambda file: save_weights(file, GPT(GPTConfig(7, 5, 4, heads=2, layers=1))),
            r"of another model: its tokens has the shape \(7, 4\), and here it is \(7, 8\)",
        ),
        (
            lambda file: save_weights(file, GPT(GPTConfig(7, 5, 8, heads=2, layers=2))),
            "has no optimizer",
        ),
        (lambda file: changed(file, lambda state: "{"), "a state that is no JSON"),
        (lambda file: changed(file, lambda state: "[]"), "no state of an optimizer"),
        (
            lambda file: changed(file, lambda state: json.dumps({**state, "optimizer": {}})),
            "no state of an optimizer",
        ),
        (
            lambda file: changed(
                file, lambda state: json.dumps({**state, "generator": {"bit_generator": "x"}})
            ),
            "no state of such a generator",
        ),
    ],
)
def test_a_file_that_is_cut_or_foreign_changes_nothing(
    spoil: Any, message: str, tmp_path: Path
) -> None:
    file, training = tmp_path / "model.safetensors", Training(1)
    training.go(2)
    save_weights(file, *training.all)
    spoil(file)
    other = Training(2)
    before = other.state()
    with pytest.raises(WeightsError, match=message):
        load_weights(file, *other.all)
    assert other.state() == before


def test_what_was_there_stays_when_nothing_can_be_written(tmp_path: Path) -> None:
    file = tmp_path / "model.safetensors"
    save_weights(file, GPT(CONFIG, seed=1))
    before = file.read_bytes()
    file.chmod(0o444)
    with pytest.raises(OSError, match="read-only"):
        save_weights(file, GPT(CONFIG, seed=2))
    assert file.read_bytes() == before
    assert list(tmp_path.iterdir()) == [file]


def test_a_file_that_is_not_there_is_an_error_of_the_system(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        load_weights(tmp_path / "none", GPT(CONFIG))
