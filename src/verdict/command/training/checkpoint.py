"""The file of a training while it goes on."""

from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from verdict.command.errors import CommandError, writing
from verdict.command.training.file import Training
from verdict.command.training.record import Record
from verdict.command.training.settings import TrainingSettings


def check_same_text(options: Namespace, begun: Record[Any], digest: str) -> None:
    """Make sure that a training goes on with what it began with.

    Raises:
        CommandError: If it has a text of another digest.
    """
    if begun.text != digest:
        raise CommandError(
            f"the text, or its tokenizer, is not the one that the training in {options.output} "
            "began with: on another text a training begins anew, with another --output"
        )


class Checkpoint:
    """The file of a training: how far the training in it is, for who must know.

    Args:
        output: The file.
    """

    def __init__(self, output: Path) -> None:
        self.output = output
        self.training: Training[Any, Any] | None = None
        self.step: int | None = None

    def begin(self, training: Training[Any, Any]) -> None:
        """Take a training that begins, and write it."""
        self.training = training
        self.write()

    def go_on(self, training: Training[Any, Any], options: Namespace) -> None:
        """Take a training that goes on, as the file has it.

        Raises:
            SystemExit: If it has made more steps than it is asked for.
            CommandError: If the file has not all of it.
        """
        training.load(self.output)
        made = training.optimizer.steps
        if made > training.record.settings.steps:
            options.usage(
                f"argument --steps: the training in {options.output} has made {made:,} already"
            )
        self.training, self.step = training, made

    def write(self) -> None:
        """Write the file, whole or not at all."""
        if self.training is None or self.step == self.training.optimizer.steps:
            return
        with writing(self.output):
            self.training.save(self.output)
        self.step = self.training.optimizer.steps

    @contextmanager
    def explaining(self, settings: TrainingSettings) -> Iterator[None]:
        """Say of each error in a training what is left of it, and what needs less memory."""
        try:
            yield
        except MemoryError as error:
            raise CommandError(
                "there is not enough memory for this training. A smaller "
                f"{settings.NEEDS_LESS} needs less{self._left}"
            ) from error
        except (CommandError, ValueError) as error:
            raise CommandError(f"{error}{self._left}") from error

    @property
    def _left(self) -> str:
        """What the file has, as the end of a message."""
        if self.step is None:
            return ""
        return f". {self.output} has the training up to step {self.step:,}: --resume goes on there"
