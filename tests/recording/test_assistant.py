"""The assistant of the package is what its code makes, and does what the pages say."""

import json
from pathlib import Path

import pytest

import verdict.tuning.assistant as package
from recording.assistant import STAGES, first_losses
from verdict import (
    END_OF_TEXT,
    exact_match,
    format_instruction,
    greedy_answers,
    load_assistant,
    toy_instructions,
    toy_world,
)
from verdict.model.safetensors_file import read_metadata

FOLDER = Path(str(package.__file__)).parent
MOST_BYTES = 150_000
"""Bytes that both files may have together."""


def test_both_files_are_light() -> None:
    files = [FOLDER / f"assistant-{stage}.safetensors" for stage in STAGES]
    assert sum(path.stat().st_size for path in files) <= MOST_BYTES


@pytest.mark.parametrize("stage", STAGES)
def test_the_first_steps_are_the_same_to_the_last_digit(stage: str) -> None:
    remarks = json.loads(read_metadata(FOLDER / f"assistant-{stage}.safetensors")["recording"])
    _, steps = STAGES[stage]()
    assert first_losses(steps) == remarks["first_losses"]


def test_only_the_tuned_one_answers_what_neither_has_been_asked() -> None:
    asked = toy_instructions(toy_world(package.WORLD_SEED), 130, seed=2, held_out=True)
    shares = []
    for model, tokenizer in (load_assistant("pretrained"), load_assistant("tuned")):
        prompts = [tokenizer.encode(format_instruction(*each[:2])) for each in asked]
        answers = greedy_answers(model, prompts, tokenizer.str_to_int[END_OF_TEXT])
        shares.append(exact_match(list(map(tokenizer.decode, answers)), [a.output for a in asked]))
    assert shares[0] == 0
    assert shares[1] > 0.7


def test_there_is_no_third_stage() -> None:
    with pytest.raises(ValueError, match='must be "pretrained" or "tuned", not'):
        load_assistant("raw")  # type: ignore[arg-type]
