"""The file of a training while it goes on."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from verdict.command.errors import CommandError
from verdict.command.jobs import writing
from verdict.command.training_file import Training


class Checkpoint:
    """The file of a training: how far the training in it is, for who must know.

    Args:
        output: The file.
    """

    def __init__(self, output: Path) -> None:
        self.output = output
        self.training: Training | None = None
        self.step: int | None = None

    def begin(self, training: Training, *, written: bool) -> None:
        """Take a training, and write it, unless the file has it already."""
        self.training = training
        if written:
            self.step = training.optimizer.steps
        else:
            self.write()

    def write(self) -> None:
        """Write the file, whole or not at all."""
        if self.training is None or self.step == self.training.optimizer.steps:
            return
        with writing(self.output):
            self.training.save(self.output)
        self.step = self.training.optimizer.steps

    @contextmanager
    def explaining(self) -> Iterator[None]:
        """Say of each error in a training what is left of it."""
        try:
            yield
        except MemoryError as error:
            raise CommandError(
                "there is not enough memory for this training. A smaller --batch-size, "
                f"--context-length, --width, --layers or --vocab-size needs less{self._left}"
            ) from error
        except (CommandError, ValueError) as error:
            raise CommandError(f"{error}{self._left}") from error

    @property
    def _left(self) -> str:
        """What the file has, as the end of a message."""
        if self.step is None:
            return ""
        return f". {self.output} has the training up to step {self.step:,}: --resume goes on there"
