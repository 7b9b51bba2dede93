"""A training in a file: its model, and all that it needs to go on as if it had not stopped."""

import json
import os
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar, Generic, Self, TypeVar

from verdict.command.errors import CommandError
from verdict.command.loss_curve import Curve
from verdict.command.tokenizers import REMARK as TOKENIZER
from verdict.command.training_settings import TrainingSettings

if TYPE_CHECKING:
    import numpy as np

    from verdict.training.gradients import Model

S = TypeVar("S", bound=TrainingSettings)


@dataclass(kw_only=True)
class Record(ABC, Generic[S]):
    """What a file says of a training, beside its arrays.

    Attributes:
        settings: What the training is made of.
        tokenizer: The name of the tokenizer, or of its file beside this one.
        text: A digest of what is learned, as token IDs.
        curve: The losses until now.
    """

    COMMAND: ClassVar[str]
    """The command that writes it."""

    REMARK: ClassVar[str]
    """The remark in the file that says, in JSON, what is no array."""

    settings: S
    tokenizer: str
    text: str
    curve: Curve = field(default_factory=Curve)

    @property
    @abstractmethod
    def heads(self) -> int:
        """How many heads the model has."""

    @abstractmethod
    def noted(self) -> dict[str, Any]:
        """Give all of it but the tokenizer, for a file."""
        return {
            "settings": self.settings.noted(),
            "text": self.text,
            "losses": vars(self.curve),
        }

    @classmethod
    @abstractmethod
    def from_noted(cls, noted: Any, tokenizer: str) -> Self:
        """Take it from a file.

        Raises:
            KeyError, TypeError, ValueError: If the file has something else.
            CommandError: If it has what cannot be; the message says what.
        """


R = TypeVar("R", bound=Record[Any])
M = TypeVar("M", bound="Model")


class Training(Generic[R, M]):
    """A model and what moves its weights.

    Args:
        record: What it is made of.
        model: The model.
        generator: What draws in the training.
        learner: Has the weights that move: without it, the model.
        saved: Has the arrays of the file: without it, the model.

    Raises:
        MemoryError: If there is no room for it.
    """

    def __init__(
        self,
        record: R,
        model: M,
        generator: "np.random.Generator",
        learner: "Model | None" = None,
        saved: "Model | None" = None,
    ) -> None:
        from verdict.training.optimizer import DIGITS, AdamW

        self.record, self.model, self.generator = record, model, generator
        self.learner, self.saved = learner or model, saved or model
        digits = None if record.settings.float32 else DIGITS
        self.optimizer = AdamW(self.learner.parameters, digits=digits)

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write all of it into a file, whole or not at all.

        Raises:
            OSError: If the file cannot be written.
        """
        from verdict.model.gpt2_weights import HEADS
        from verdict.training.weights import save_weights

        record = self.record
        remarks = {
            HEADS: str(record.heads),
            TOKENIZER: record.tokenizer,
            record.REMARK: json.dumps(record.noted()),
        }
        save_weights(path, self.saved, self.optimizer, self.generator, remarks)

    def load(self, path: str | os.PathLike[str]) -> None:
        """Read the weights, the optimizer's averages and the generator's state from a file.

        Raises:
            CommandError: If the file cannot be read, or has not all of it.
        """
        from verdict.training.weights import load_weights

        with reading(path):
            load_weights(path, self.saved, self.optimizer, self.generator)

    @property
    def size(self) -> int:
        """How many numbers the model has."""
        return sum(array.size for array in self.model.parameters.values())


def read_record(path: str | os.PathLike[str], kind: type[R], otherwise: str = "") -> R:
    """Read what a file says of its training.

    Args:
        path: The file.
        kind: What it should be.
        otherwise: What the message says of a file that is none.

    Raises:
        CommandError: If it cannot be read, or is not the file of such a training.
    """
    from verdict.model.safetensors_file import read_metadata

    with reading(path):
        remarks = read_metadata(path)
    try:
        return kind.from_noted(json.loads(remarks[kind.REMARK]), remarks[TOKENIZER])
    except (KeyError, TypeError, ValueError, RecursionError) as error:
        otherwise = otherwise or f"has no training to go on with: {kind.COMMAND} did not write it"
        raise CommandError(f"{path} {otherwise}") from error
    except CommandError as error:
        raise CommandError(f"{path} has a training that cannot go on: {error}") from None


@contextmanager
def reading(path: str | os.PathLike[str]) -> Iterator[None]:
    """Say which file cannot be read, and why."""
    try:
        yield
    except OSError as error:
        raise CommandError(f"{path} cannot be read: {error.strerror}") from error
    except ValueError as error:
        raise CommandError(str(error)) from error
