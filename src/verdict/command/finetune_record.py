"""What the file of a fine-tuning says of it, and the model that goes on learning."""

from collections.abc import Iterator, MutableMapping
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar, Self

import numpy as np

from verdict.checks.arrays import Ids, Vectors
from verdict.command.errors import CommandError
from verdict.command.finetune_settings import PARTS, FinetuneSettings
from verdict.command.loss_curve import Curve
from verdict.command.training_file import Record, Training
from verdict.model.gpt import GPT
from verdict.model.gpt2_names import OF_OPTIMIZER
from verdict.model.gpt_config import GPTConfig
from verdict.tuning.classifier import Classifier
from verdict.tuning.low_rank import LoRA
from verdict.tuning.trainable import ParameterView, Trainable

if TYPE_CHECKING:
    pass

HEAD = ("class_head", "class_head_bias")
"""What is new in a classifier."""

BESIDE, THIN = f"{OF_OPTIMIZER}beside.", f"{OF_OPTIMIZER}thin."
"""What stands in a file before the names of a matrix that LoRA leaves, and of what it learns."""

Tuned = GPT | Classifier
"""What learns: an assistant, or a classifier."""


@dataclass(kw_only=True)
class FinetuneRecord(Record[FinetuneSettings]):
    """What a file says of a fine-tuning.

    Attributes:
        sizes: Those of the model.
        padding: The token that fills rows behind a text.
        labels: The labels of a classifier; none for an assistant.
        left: Which examples the round that has begun has not come to yet.
    """

    COMMAND: ClassVar[str] = "finetune"
    REMARK: ClassVar[str] = "finetuning"

    sizes: GPTConfig
    padding: int
    labels: list[str] | None
    left: list[int] = field(default_factory=list)

    @property
    def heads(self) -> int:
        """See `Record`."""
        return self.sizes.heads

    def noted(self) -> dict[str, Any]:
        """See `Record`."""
        own = {"padding": self.padding, "labels": self.labels, "left": self.left}
        return {**super().noted(), "sizes": asdict(self.sizes), **own}

    @classmethod
    def from_noted(cls, noted: Any, tokenizer: str) -> Self:
        """See `Record`."""
        labels, left, padding = noted["labels"], noted["left"], noted["padding"]
        if labels is not None and not _are_labels(labels):
            raise CommandError("its labels are none")
        if not all(type(each) is int and each >= 0 for each in [*left, padding]):
            raise CommandError("it does not say which examples are left")
        return cls(
            settings=FinetuneSettings.from_noted(noted["settings"]),
            tokenizer=tokenizer,
            text=noted["text"],
            curve=Curve.from_noted(noted["losses"]),
            sizes=GPTConfig(**noted["sizes"]),
            padding=padding,
            labels=labels,
            left=left,
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
        lora = _Adapted(tuned, settings.lora, generator)
        return Training(record, tuned, generator, lora, _WithMerged(lora))
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


class _Adapted:
    """A model with LoRA; the new head of a classifier learns as it is."""

    def __init__(self, tuned: Tuned, rank: int, generator: np.random.Generator) -> None:
        self.tuned, self.lora = tuned, LoRA(tuned, rank, seed=generator)
        owners: dict[str, Any] = dict.fromkeys(self.lora.parameters, self.lora.parameters)
        owners |= {name: tuned.parameters for name in HEAD if name in tuned.parameters}
        self.parameters = ParameterView(owners)

    def __call__(self, ids: Ids, generator: np.random.Generator | None = None) -> Vectors:
        return self.lora(ids, generator)


class _WithMerged:
    """The arrays of a file with LoRA: a model that needs no LoRA, and what goes on learning."""

    def __init__(self, adapted: _Adapted) -> None:
        self.parameters = _MergedParameters(adapted)
        self._adapted = adapted

    def __call__(self, ids: Ids, generator: np.random.Generator | None = None) -> Vectors:
        return self._adapted(ids, generator)


class _MergedParameters(MutableMapping[str, Vectors]):
    """Each matrix with its product added; beside it the matrix alone, and both thin ones.

    What is put in for a sum is left out: it follows from the rest.
    """

    def __init__(self, adapted: _Adapted) -> None:
        self._lora, self._tuned = adapted.lora, adapted.tuned.parameters
        tuned, thin = self._tuned, adapted.lora.parameters
        self._owners: dict[str, tuple[MutableMapping[str, Any], str]] = {
            **{name: (tuned, name) for name in tuned},
            **{BESIDE + name: (tuned, name) for name in adapted.lora.names},
            **{THIN + name: (thin, name) for name in thin},
        }

    def __getitem__(self, name: str) -> Vectors:
        if name in self._lora.names:
            thin = self._lora.parameters
            merged: Vectors = self._tuned[name] + thin[f"{name}.A"] @ thin[f"{name}.B"]
            return merged
        owner, own = self._owners[name]
        found: Vectors = owner[own]
        return found

    def __setitem__(self, name: str, array: Vectors) -> None:
        if name not in self._lora.names:
            owner, own = self._owners[name]
            owner[own] = array

    def __delitem__(self, name: str) -> None:
        raise KeyError(f"{name!r} cannot be taken away")

    def __iter__(self) -> Iterator[str]:
        return iter(self._owners)

    def __len__(self) -> int:
        return len(self._owners)
