"""What a fine-tuning is made of, its examples and the model that it begins with aside."""

import argparse
from argparse import Namespace
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import ClassVar, Self

from verdict.command.numbers import above_zero, below_one, count, positive
from verdict.command.training.settings import TrainingSettings, setting

RATE, RATE_OF_LORA = 0.1, 0.3
"""The highest rate times the width: wide models need smaller steps, thin matrices larger ones."""

PARTS = {"head": "head", "last-block": "last block", "everything": "everything"}
"""What can be trained, by what the option and what `Classifier.part` calls it."""

POOLINGS = ("mean", "last", "first")


def one_of(*choices: str) -> Callable[[str], str]:
    """Make what reads a word that is one of some."""

    def read(text: str) -> str:
        if text not in choices:
            raise argparse.ArgumentTypeError(f"must be {' or '.join(choices)}, not {text!r}")
        return text

    return read


@dataclass(frozen=True)
class FinetuneSettings(TrainingSettings):
    """The settings of a fine-tuning."""

    NEEDS_LESS: ClassVar[str] = "--batch-size or --model, or --train last-block, or --float32,"

    steps: int = setting(200, positive, "how many steps of training in all")
    batch_size: int = setting(16, positive, "how many examples a step takes")
    rate: float | None = setting(
        None,
        above_zero,
        f"the highest learning rate; {RATE} through the model's width, with --lora {RATE_OF_LORA} "
        "through it,",
    )
    seed: int = setting(
        1, count, "for which examples are measured, their order, and what begins at random"
    )
    validation: float = setting(
        0.1, below_one, "the share of the examples that is not learned but measured"
    )
    train: str | None = setting(
        None,
        one_of(*PARTS),
        "which weights move: the head, which is new in a classifier; last-block, with the head and "
        "the last norm; or everything. A classifier's last-block and an assistant's everything",
        "PART",
    )
    lora: int | None = setting(
        None,
        positive,
        "LoRA: move only two thin matrices of this rank beside each matrix of the blocks, and a "
        "classifier's head; not",
        "RANK",
    )
    rehearsed: float = setting(
        0.25, below_one, "with --rehearse, the share of each step that is windows of that text"
    )
    pooling: str = setting(
        "mean",
        one_of(*POOLINGS),
        "which vector of a text a classifier reads: the mean of all, the last or the first",
        "VECTOR",
    )

    def check(self, options: Namespace) -> None:
        """See `TrainingSettings`."""
        if self.train and self.lora:
            options.usage("argument --lora: it stands in the place of --train")
        super().check(options)

    def with_defaults(self, options: Namespace, width: int, *, is_classifier: bool) -> Self:
        """Fill in what follows from the examples and the model.

        Args:
            options: What was asked for.
            width: That of the model.
            is_classifier: Whether the examples have labels.

        Raises:
            SystemExit: If something is asked for that only the other kind has.
        """
        if not is_classifier and self.train == "head":
            options.usage("argument --train: only a classifier has a head; the examples have none")
        if not is_classifier and options.pooling:
            options.usage("argument --pooling: it is for a classifier; the examples have no labels")
        if is_classifier and options.rehearse:
            options.usage("argument --rehearse: a classifier writes no text, so it forgets none")
        if options.rehearsed is not None and not options.rehearse:
            options.usage("argument --rehearsed: --rehearse names no text")
        usual = "last-block" if is_classifier else "everything"
        rate = (RATE_OF_LORA if self.lora else RATE) / width
        return replace(
            self,
            train=None if self.lora else self.train or usual,
            rate=self.rate or round(rate, 6),
        )
