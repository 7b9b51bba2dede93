"""Make a run, and write its files: settings, losses, samples and a digest as JSON; the weights."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from recording.runs import Run
from verdict import (
    GPT,
    GPTConfig,
    SimpleTokenizerV1,
    build_vocabulary,
    generate,
    split_ids,
    split_words,
    train,
    write_safetensors,
)
from verdict.model.gpt2_weights import HEADS
from verdict.whole_file import write_whole

DIGITS = 8
"""To how many decimals losses are recorded. Machines agree on about 15."""

HELD_OUT = 0.1
"""The share of the text that is kept back for validation."""

SAMPLE_LENGTH = 40
"""How many tokens a sample has."""


class Moment(NamedTuple):
    """What is recorded of a step.

    Attributes:
        losses: Step, rate, training loss, and validation loss or None.
        sample: What the model wrote after it, if it did.
    """

    losses: tuple[int, float, float, float | None]
    sample: str | None


class Training:
    """A run that is being made.

    Args:
        run: The run.

    Attributes:
        model: The model as the last step left it.
        tokenizer: Its words.
    """

    def __init__(self, run: Run) -> None:
        self.run = run
        words = split_words(run.text())
        self.tokenizer = SimpleTokenizerV1(build_vocabulary(words))
        ids = np.array(self.tokenizer.encode(" ".join(words)))
        self.training, self.validation = split_ids(ids, HELD_OUT)
        size = len(self.tokenizer.str_to_int)
        self.model = GPT(GPTConfig(size, **run.sizes), seed=run.seed)

    def steps(self) -> Iterator[Moment]:
        """Make the steps, each when it is asked for."""
        run = self.run
        for step, rate, loss, measured in train(
            self.model,
            self.training,
            run.steps,
            validation_ids=self.validation,
            seed=run.seed,
            batch_size=run.batch_size,
            peak=run.peak,
            evaluate_every=run.evaluate_every,
        ):
            held_out = None if measured is None else round(measured, DIGITS)
            is_due = run.sample_every and step % run.sample_every == 0
            sample = self.sample() if is_due else None
            yield Moment((step, rate, round(loss, DIGITS), held_out), sample)

    def sample(self) -> str:
        """Let the model write on from the prompt, without a change to the training."""
        prompt = self.tokenizer.encode(self.run.prompt)
        new = generate(self.model, prompt, SAMPLE_LENGTH, temperature=1, seed=self.run.seed)
        return self.tokenizer.decode([*prompt, *new])


def first_steps(run: Run, count: int) -> list[Moment]:
    """Make the first steps of a run again, and return what is recorded of them."""
    return _recorded(run, islice(Training(run).steps(), count))


def _recorded(run: Run, moments: Iterable[Moment]) -> list[Moment]:
    """Leave out the steps that are not recorded; the first always is."""
    every = run.record_every
    return [moment for moment in moments if moment.losses[0] % every == 0 or moment.losses[0] == 1]


def digest(weights: Any) -> str:
    """Describe named weights to the last bit in one number, that of their bytes."""
    found = hashlib.sha256()
    for name, array in weights.items():
        found.update(name.encode())
        found.update(array.astype("<f8").tobytes())
    return found.hexdigest()


def compact(weights: Any) -> dict[str, Any]:
    """Pack weights into half the bytes: a weight of six decimals survives as 32 bits.

    `unpacked` gives back the very same numbers, as long as none is 8 or larger.

    Raises:
        ValueError: If a weight would not come back as it was.
    """
    packed = {name: array.astype(np.float32) for name, array in weights.items()}
    if digest(unpacked(packed)) != digest(weights):
        raise ValueError("a weight is too large, or not rounded: in 32 bits it is another number")
    return packed


def unpacked(packed: Any) -> dict[str, Any]:
    """Turn weights of 32 bits into those of 64 bits that they were packed from."""
    return {
        name: np.round(array.astype(np.float64), 6) + 0.0  # one kind of zero
        for name, array in packed.items()
    }


def settings(training: Training) -> dict[str, Any]:
    """Describe a run in words and numbers: what somebody else needs to make it again."""
    left_out = ("text", "keeps_weights")
    found = {name: value for name, value in asdict(training.run).items() if name not in left_out}
    found |= found.pop("sizes")
    found["vocabulary_size"] = training.model.config.vocabulary_size
    found["held_out"], found["sample_length"] = HELD_OUT, SAMPLE_LENGTH
    return found


def record(run: Run, path: Path) -> list[Path]:
    """Make a run and write its files: `path` with the endings .json and .safetensors.

    Returns:
        The files.

    Raises:
        OSError: If one cannot be written.
    """
    training = Training(run)
    before = training.sample() if run.sample_every else None
    moments = _recorded(run, training.steps())
    weights = training.model.parameters
    found = {
        "settings": settings(training),
        "losses": [moment.losses for moment in moments],
        "samples": [[0, before]] * (before is not None)
        + [[moment.losses[0], moment.sample] for moment in moments if moment.sample is not None],
        "digest": digest(weights),
    }
    if not run.needs_story:  # nothing of the story stands in a file of ours
        found["words"] = list(training.tokenizer.str_to_int)
    files = [path.with_suffix(".json")]
    write_whole(files[0], _in_lines(found))
    if run.keeps_weights:
        files.append(path.with_suffix(".safetensors"))
        remarks = {HEADS: str(training.model.config.heads)}  # for GPT.from_pretrained
        write_safetensors(files[1], compact(weights), remarks)
    return files


def _in_lines(found: dict[str, Any]) -> str:
    """Write JSON with a line for each step and each sample, so that changes can be read."""
    parts = []
    for name, value in found.items():
        if name in ("losses", "samples"):
            rows = ",\n".join(f"  {json.dumps(row)}" for row in value)
            parts.append(f'"{name}": [\n{rows}\n]')
        else:
            parts.append(f'"{name}": {json.dumps(value)}')
    return "{\n" + ",\n".join(parts) + "\n}\n"
