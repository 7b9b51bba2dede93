"""The two pretrained models of the package: `python -m recording.pretrained FOLDER` makes them."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple, get_args

import numpy as np

from verdict import (
    END_OF_TEXT,
    GPT,
    SimpleTokenizerV1,
    fine_tune,
    make_messages,
    make_orders,
    pad_rows,
    write_safetensors,
)
from verdict.training.steps import Step
from verdict.tuning.pretrained import Pretrained, new_model

TEXTS = {"messages": make_messages, "orders": make_orders}
"""What makes the texts that each model reads."""

COUNT = 3_000
"""How many texts each reads."""

STEPS = {"messages": 900, "orders": 600}
PEAK, BATCH_SIZE, SEED = 0.01, 16, 1
FIRST_LOSSES = 10
"""Of how many steps the losses are recorded: a test makes these steps again."""


class Pretraining(NamedTuple):
    """A pretraining that is being made.

    Attributes:
        model: The model as the last step left it.
        steps: The steps, each made when it is asked for.
    """

    model: GPT
    steps: Iterator[Step]


def pretraining(name: Pretrained, seed: int = SEED) -> Pretraining:
    """Prepare to train a model of the package: each text is a row, and its end is learned too."""
    model, tokenizer = new_model(name, seed)
    end = tokenizer.str_to_int[END_OF_TEXT]
    texts = [encoded(text, tokenizer) for text, _, _ in TEXTS[name](COUNT, seed=0)]
    longest = model.config.context_length
    rows = pad_rows([[*text[: longest - 1], end, end] for text in texts], end)
    inputs, targets = rows[:, :-1], rows[:, 1:].copy()
    targets[inputs == end] = -100  # behind the end of a text there is nothing to guess
    steps = fine_tune(
        model, inputs, targets, STEPS[name], seed=seed, peak=PEAK, batch_size=BATCH_SIZE
    )
    return Pretraining(model, steps)


def encoded(text: str, tokenizer: SimpleTokenizerV1) -> list[int]:
    """Turn a text into token IDs, in lower case."""
    return tokenizer.encode(text.lower())


def record(name: Pretrained, folder: Path) -> Path:
    """Train a model and write its file, with numbers of 16 bits: three digits are enough here."""
    model, steps = pretraining(name)
    losses = [round(step.training_loss, 8) for step in steps]
    path = folder / f"{name}.safetensors"
    weights = {name: array.astype(np.float16) for name, array in model.parameters.items()}
    remarks = {"first_losses": losses[:FIRST_LOSSES], "last_loss": round(sum(losses[-50:]) / 50, 4)}
    write_safetensors(path, weights, {"pretraining": json.dumps(remarks)})
    return path


if __name__ == "__main__":
    for each in get_args(Pretrained):
        file = record(each, Path(sys.argv[1]))
        print(f"{file.as_posix()}: {file.stat().st_size / 1000:.0f} kB", flush=True)
