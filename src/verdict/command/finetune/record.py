"""What the file of a fine-tuning says of it, and the model that goes on learning."""

from dataclasses import asdict, dataclass, field
from typing import Any, ClassVar, Self

import numpy as np

from verdict.command.errors import CommandError
from verdict.command.finetune.lora_file import MergedWeights, Tuned, WithLoRA
from verdict.command.finetune.settings import PARTS, FinetuneSettings
from verdict.command.training.file import Training
from verdict.command.training.record import Record
from verdict.command.training.settings import TrainingSettings
from verdict.model.gpt import GPT
from verdict.model.gpt_config import GPTConfig
from verdict.tuning.classifier import Classifier
from verdict.tuning.trainable import Trainable


@dataclass(kw_only=True)
class FinetuneRecord(Record[FinetuneSettings]):
    """What a file says of a fine-tuning.

    Attributes:
        sizes: Those of the model.
        padding: The token that fills rows behind a text.
        labels: The labels of a classifier; none for an assistant.
        unseen: The numbers of the examples that are still to be seen before all begin again.
    """

    COMMAND: ClassVar[str] = "finetune"
    SETTINGS: ClassVar[type[TrainingSettings]] = FinetuneSettings
    REMARK: ClassVar[str] = "finetuning"

    sizes: GPTConfig
    padding: int
    labels: list[str] | None
    unseen: list[int] = field(default_factory=list)

    @property
    def heads(self) -> int:
        """See `Record`."""
        return self.sizes.heads

    def noted(self) -> dict[str, Any]:
        """See `Record`."""
        own = {"padding": self.padding, "labels": self.labels, "unseen": self.unseen}
        return {**super().noted(), "sizes": asdict(self.sizes), **own}

    @classmethod
    def from_noted(cls, noted: Any, tokenizer: str) -> Self:
        """See `Record`."""
        labels, unseen, padding = noted["labels"], noted["unseen"], noted["padding"]
        if labels is not None and not _are_labels(labels):
            raise CommandError("its labels are none")
        if not all(type(each) is int and each >= 0 for each in [*unseen, padding]):
            raise CommandError("it does not say which examples are still to be seen")
        return cls(
            **cls.common(noted, tokenizer),
            sizes=GPTConfig(**noted["sizes"]),
            padding=padding,
            labels=labels,
            unseen=unseen,
        )


def _are_labels(found: Any) -> bool:
    """Tell whether something can be the labels of a classifier."""
    are_texts = isinstance(found, list) and all(isinstance(each, str) for each in found)
    return are_texts and 2 <= len(found) == len(set(found))


def empty_model(record: FinetuneRecord) -> GPT:
    """Make a model of the right sizes, whose weights come from elsewhere."""
    return GPT(record.sizes, spread=0, dtype=_kind(record))


def new_training(record: FinetuneRecord, model: GPT) -> Training[FinetuneRecord, Tuned]:
    """Make what learns over a pretrained model, and what moves its weights.

    Raises:
        MemoryError: If there is no room for it.
    """
    settings = record.settings
    generator = np.random.default_rng(settings.seed)
    if record.labels is None:
        tuned: Tuned = model
    else:
        tuned = new_classifier(record, model, generator)
    if settings.lora:
        lora = WithLoRA(tuned, settings.lora, generator)
        return Training(record, tuned, generator, lora, MergedWeights(lora))
    return Training(record, tuned, generator, Trainable(tuned, _names(tuned, settings.train or "")))


def new_classifier(
    record: FinetuneRecord, model: GPT, generator: np.random.Generator | None = None
) -> Classifier:
    """Make a classifier over a model."""
    return Classifier(
        model,
        len(record.labels or ()),
        pooling=record.settings.pooling,  # type: ignore[arg-type]  # its option takes no other
        padding=record.padding,
        seed=generator,
    )


def with_type(model: GPT, record: FinetuneRecord) -> GPT:
    """Copy a model, its numbers in as many bits as the training computes with."""
    copy = empty_model(record)
    kind = _kind(record)
    copy.parameters.update({name: w.astype(kind) for name, w in model.parameters.items()})
    return copy


def _kind(record: FinetuneRecord) -> type[np.floating[Any]]:
    return np.float32 if record.settings.float32 else np.float64


def _names(tuned: Tuned, part: str) -> list[str]:
    """Name the weights of a part."""
    if isinstance(tuned, Classifier):
        return tuned.part(PARTS[part])  # type: ignore[arg-type]  # its option takes no other
    last = f"blocks.{tuned.config.layers - 1}."
    begins = {"last-block": ("norm_", last)}.get(part, "")
    return [name for name in tuned.parameters if name.startswith(begins)]
