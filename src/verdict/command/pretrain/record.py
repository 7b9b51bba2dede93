"""What the file of a pretraining says of it, and the model that it begins with."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Self

from verdict.command.errors import CommandError
from verdict.command.pretrain.settings import PretrainSettings
from verdict.command.training.file import Training
from verdict.command.training.record import Record
from verdict.command.training.settings import TrainingSettings

if TYPE_CHECKING:
    from verdict.model.gpt import GPT


@dataclass(kw_only=True)
class PretrainRecord(Record[PretrainSettings]):
    """What a file says of a pretraining.

    Attributes:
        vocabulary_size: How many tokens the model knows.
    """

    COMMAND: ClassVar[str] = "pretrain"
    SETTINGS: ClassVar[type[TrainingSettings]] = PretrainSettings
    REMARK: ClassVar[str] = "pretraining"

    vocabulary_size: int

    @property
    def heads(self) -> int:
        """See `Record`."""
        return self.settings.heads

    def noted(self) -> dict[str, Any]:
        """See `Record`."""
        return {**super().noted(), "vocabulary_size": self.vocabulary_size}

    @classmethod
    def from_noted(cls, noted: Any, tokenizer: str) -> Self:
        """See `Record`."""
        size = noted["vocabulary_size"]
        if type(size) is not int or size < 1:
            raise CommandError("it has no vocabulary")
        return cls(
            **cls.common(noted, tokenizer),
            vocabulary_size=size,
        )


def new_training(record: PretrainRecord) -> "Training[PretrainRecord, GPT]":
    """Make a model that has learned nothing, and what moves its weights.

    Raises:
        MemoryError: If there is no room for it.
    """
    import numpy as np

    from verdict.model.gpt import GPT
    from verdict.model.gpt_config import GPTConfig

    settings = record.settings
    config = GPTConfig(
        record.vocabulary_size,
        settings.context_length,
        settings.width,
        settings.heads,
        settings.layers,
        dropout=settings.dropout,
    )
    generator = np.random.default_rng(settings.seed)
    kind = np.float32 if settings.float32 else np.float64
    model = GPT(config, seed=generator, dtype=kind)
    return Training(record, model, generator)
