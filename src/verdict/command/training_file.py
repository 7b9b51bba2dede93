"""A training in a file: its model, and all that it needs to go on as if it had not stopped."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from verdict.command.errors import CommandError
from verdict.command.loss_curve import Curve
from verdict.command.pretrain_settings import Settings
from verdict.command.tokenizers import REMARK as TOKENIZER

REMARK = "pretraining"
"""The remark in the file that says, in JSON, what is no array."""


@dataclass
class Record:
    """What a file says of a training, beside its arrays.

    Attributes:
        settings: What the training is made of.
        vocabulary_size: How many tokens the model knows.
        tokenizer: The name of the tokenizer, or of its file beside this one.
        text: A digest of the text, as token IDs.
        curve: The losses until now.
    """

    settings: Settings
    vocabulary_size: int
    tokenizer: str
    text: str
    curve: Curve = field(default_factory=Curve)


class Training:
    """A model and what moves its weights.

    Args:
        record: What it is made of.

    Raises:
        MemoryError: If there is no room for it.
    """

    def __init__(self, record: Record) -> None:
        import numpy as np

        from verdict.model.gpt import GPT
        from verdict.model.gpt_config import GPTConfig
        from verdict.training.optimizer import DIGITS, AdamW

        self.record, settings = record, record.settings
        config = GPTConfig(
            record.vocabulary_size,
            settings.context_length,
            settings.width,
            settings.heads,
            settings.layers,
            dropout=settings.dropout,
        )
        self.generator = np.random.default_rng(settings.seed)
        kind = np.float32 if settings.float32 else np.float64
        self.model = GPT(config, seed=self.generator, dtype=kind)
        digits = None if settings.float32 else DIGITS
        self.optimizer = AdamW(self.model.parameters, digits=digits)

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write all of it into a file, whole or not at all.

        Raises:
            OSError: If the file cannot be written.
        """
        from verdict.model.gpt2_weights import HEADS
        from verdict.training.weights import save_weights

        record = self.record
        noted = {
            "settings": record.settings.noted(),
            "vocabulary_size": record.vocabulary_size,
            "text": record.text,
            "losses": vars(record.curve),
        }
        remarks = {
            HEADS: str(record.settings.heads),
            TOKENIZER: record.tokenizer,
            REMARK: json.dumps(noted),
        }
        save_weights(path, self.model, self.optimizer, self.generator, remarks)

    def load(self, path: str | os.PathLike[str]) -> None:
        """Read the weights, the optimizer's averages and the generator's state from a file.

        Raises:
            CommandError: If the file cannot be read, or has not all of it.
        """
        from verdict.training.weights import load_weights

        with _reading(path):
            load_weights(path, self.model, self.optimizer, self.generator)

    @property
    def size(self) -> int:
        """How many parameters the model has."""
        return sum(array.size for array in self.model.parameters.values())


def read_record(path: str | os.PathLike[str]) -> Record:
    """Read what a file says of its training.

    Raises:
        CommandError: If it cannot be read, or is not the file of a training.
    """
    from verdict.model.safetensors_file import read_metadata

    with _reading(path):
        remarks = read_metadata(path)
    try:
        noted: Any = json.loads(remarks[REMARK])
        found = Record(
            Settings.from_noted(noted["settings"]),
            noted["vocabulary_size"],
            remarks[TOKENIZER],
            noted["text"],
            Curve.from_noted(noted["losses"]),
        )
    except (KeyError, TypeError, ValueError, RecursionError) as error:
        raise CommandError(
            f"{path} has no training to go on with: pretrain did not write it"
        ) from error
    except CommandError as error:
        raise CommandError(f"{path} has a training that cannot go on: {error}") from None
    if type(found.vocabulary_size) is not int or found.vocabulary_size < 1:
        raise CommandError(f"{path} has a training that cannot go on: it has no vocabulary")
    return found


@contextmanager
def _reading(path: str | os.PathLike[str]) -> Iterator[None]:
    """Say which file cannot be read, and why."""
    try:
        yield
    except OSError as error:
        raise CommandError(f"{path} cannot be read: {error.strerror}") from error
    except ValueError as error:
        raise CommandError(str(error)) from error
