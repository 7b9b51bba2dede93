"""What a file says of a training, beside its arrays."""

import json
import os
from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from typing import Any, ClassVar, Generic, Self, TypeVar

from verdict.command.errors import CommandError, reading
from verdict.command.tokenizers.choosing import REMARK as TOKENIZER
from verdict.command.training.loss_curve import Curve
from verdict.command.training.settings import TrainingSettings

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

    SETTINGS: ClassVar[type[TrainingSettings]]
    """The kind of its settings."""

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

    @classmethod
    def common(cls, noted: Any, tokenizer: str) -> dict[str, Any]:
        """Take from a file what every record has, for `from_noted`."""
        return {
            "settings": cls.SETTINGS.from_noted(noted["settings"]),
            "tokenizer": tokenizer,
            "text": noted["text"],
            "curve": Curve.from_noted(noted["losses"]),
        }


R = TypeVar("R", bound=Record[Any])


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
