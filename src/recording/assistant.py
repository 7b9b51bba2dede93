"""The assistant of the package: `python -m recording.assistant FOLDER` makes both its files."""

import json
import sys
from collections.abc import Iterator
from functools import cache
from itertools import islice
from pathlib import Path

import numpy as np

from verdict import (
    END_OF_TEXT,
    GPT,
    collate,
    fine_tune,
    format_instruction,
    toy_instructions,
    toy_texts,
    toy_world,
    train,
    write_safetensors,
)
from verdict.training.steps import Step
from verdict.tuning.assistant import WORLD_SEED, load_assistant, new_assistant

TEXTS, INSTRUCTIONS = 8_000, 3_900
"""How many texts are read in pretraining, and from how many instructions tuning learns."""

PRETRAINING = {"steps": 2_000, "batch_size": 24, "peak": 0.01}
TUNING = {"steps": 1_500, "batch_size": 32, "peak": 0.006}
SEED = 1
FIRST_LOSSES = 5
"""Of how many steps the losses are recorded: a test makes these steps again."""


@cache
def pretraining_ids() -> np.ndarray:
    """Return the token IDs of all texts of pretraining, with the token of the end behind each."""
    _, tokenizer = new_assistant(SEED)
    texts = toy_texts(toy_world(WORLD_SEED), TEXTS, seed=2)
    return np.array(tokenizer.encode("".join(f"{text} {END_OF_TEXT} " for text in texts)))


def pretraining(seed: int = SEED) -> tuple[GPT, Iterator[Step]]:
    """Prepare the pretraining: the model, and its steps."""
    model, _ = new_assistant(seed)
    return model, train(model, pretraining_ids(), seed=seed, **PRETRAINING)  # type: ignore[arg-type]


def tuning() -> tuple[GPT, Iterator[Step]]:
    """Prepare the tuning, from the pretrained model's file, with rehearsal."""
    model, tokenizer = load_assistant("pretrained")
    examples = [
        (tokenizer.encode(format_instruction(asked, about)), tokenizer.encode(output))
        for asked, about, output, _ in toy_instructions(toy_world(WORLD_SEED), INSTRUCTIONS, seed=1)
    ]
    inputs, targets = collate(examples, tokenizer.str_to_int[END_OF_TEXT])
    rehearsal = pretraining_ids()
    return model, fine_tune(model, inputs, targets, seed=SEED, rehearsal=rehearsal, **TUNING)  # type: ignore[arg-type]


STAGES = {"pretrained": pretraining, "tuned": tuning}
"""In this order: the second begins with what the first has written."""


def first_losses(steps: Iterator[Step]) -> list[float]:
    """Return the losses of the first steps, rounded."""
    return [round(step.training_loss, 8) for step in islice(steps, FIRST_LOSSES)]


def record(stage: str, folder: Path) -> Path:
    """Train a stage and write its file, with numbers of 16 bits: three digits are enough here."""
    model, steps = STAGES[stage]()
    remarks = {"first_losses": first_losses(steps)}
    for _ in steps:
        pass
    path = folder / f"assistant-{stage}.safetensors"
    weights = {name: array.astype(np.float16) for name, array in model.parameters.items()}
    write_safetensors(path, weights, {"recording": json.dumps(remarks)})
    return path


if __name__ == "__main__":
    for each in STAGES:
        file = record(each, Path(sys.argv[1]))
        print(f"{file.as_posix()}: {file.stat().st_size / 1000:.0f} kB", flush=True)
