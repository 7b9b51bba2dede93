"""The pretrained models of the package are what their code makes."""

import json
from pathlib import Path
from typing import Any, get_args

import numpy as np
import pytest

import verdict.tuning.pretrained as package
from recording.pretrained import COUNT, FIRST_LOSSES, TEXTS, encoded, pretraining
from verdict import END_OF_TEXT, UNKNOWN, load_pretrained, read_safetensors
from verdict.model.safetensors_file import read_metadata

FOLDER = Path(str(package.__file__)).parent
MOST_BYTES = 150_000
"""Bytes that both may have together."""

each_model = pytest.mark.parametrize("name", get_args(package.Pretrained))


def test_both_files_are_light() -> None:
    files = [FOLDER / f"{name}.safetensors" for name in get_args(package.Pretrained)]
    assert sum(path.stat().st_size for path in files) <= MOST_BYTES


@each_model
def test_the_first_steps_are_the_same_to_the_last_digit(name: Any) -> None:
    remarks = json.loads(read_metadata(FOLDER / f"{name}.safetensors")["pretraining"])
    _, steps = pretraining(name)
    losses = [
        round(step.training_loss, 8) for step, _ in zip(steps, range(FIRST_LOSSES), strict=False)
    ]
    assert losses == remarks["first_losses"]


@each_model
def test_the_model_has_the_numbers_of_the_file_and_the_recorded_loss(name: Any) -> None:
    path = FOLDER / f"{name}.safetensors"
    model, tokenizer = load_pretrained(name)
    for key, array in read_safetensors(path).items():
        np.testing.assert_array_equal(model.parameters[key], array)
    losses = []
    for text, _, _ in TEXTS[name](40, seed=0):
        ids = [*encoded(text, tokenizer), tokenizer.str_to_int[END_OF_TEXT]]
        scores = model(ids[:-1])
        shares = np.exp(scores - scores.max(axis=-1, keepdims=True))
        shares /= shares.sum(axis=-1, keepdims=True)
        losses.extend(-np.log(shares[np.arange(len(ids) - 1), ids[1:]]))
    recorded = json.loads(read_metadata(path)["pretraining"])["last_loss"]
    assert np.mean(losses) == pytest.approx(recorded, abs=0.15)


@each_model
def test_the_tokenizer_knows_every_word_of_the_grammar_and_no_text_is_too_long(name: Any) -> None:
    model, tokenizer = load_pretrained(name)
    unknown = tokenizer.str_to_int[UNKNOWN]
    for text, _, _ in TEXTS[name](COUNT, seed=1):
        ids = encoded(text, tokenizer)
        assert unknown not in ids, text
        assert len(ids) <= model.config.context_length, text


def test_another_name_is_refused() -> None:
    with pytest.raises(ValueError, match='"messages" or "orders", not \'story\''):
        load_pretrained("story")  # type: ignore[arg-type]
