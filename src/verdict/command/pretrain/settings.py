"""What a pretraining is made of, its text aside."""

from argparse import Namespace
from dataclasses import dataclass
from typing import ClassVar

from verdict.command.numbers import above_zero, positive, vocab_size
from verdict.command.training.settings import TrainingSettings, setting


@dataclass(frozen=True)
class PretrainSettings(TrainingSettings):
    """The settings of a pretraining: those of its model too."""

    NEEDS_LESS: ClassVar[str] = "--batch-size, --context-length, --width, --layers or --vocab-size"

    rate: float = setting(0.003, above_zero, "the highest learning rate")
    vocab_size: int = setting(
        1000, vocab_size, "how many tokens a tokenizer has that is learned on the way"
    )
    context_length: int = setting(64, positive, "how many tokens the model sees at once")
    width: int = setting(64, positive, "how many numbers stand for each token")
    heads: int = setting(4, positive, "how many heads attention has; they divide the width")
    layers: int = setting(2, positive, "how many transformer blocks")

    def check(self, options: Namespace) -> None:
        """See `TrainingSettings`."""
        if self.width % self.heads:
            options.usage(
                f"argument --heads: {self.heads} heads cannot share a width of {self.width} evenly"
            )
        super().check(options)
