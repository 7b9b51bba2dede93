"""The losses of a training, step by step."""

from dataclasses import dataclass, field
from itertools import pairwise
from math import isfinite
from typing import Any, NamedTuple

from verdict.command.errors import CommandError


class Losses(NamedTuple):
    """The losses at a step: the mean of the batches since the last one, and the validation's."""

    step: int
    training: float
    validation: float | None


@dataclass
class Curve:
    """Losses, noted now and then; the batches between are added up.

    Attributes:
        noted: What was noted.
        total: The sum of the losses of the batches since.
        batches: How many they are.
    """

    noted: list[Losses] = field(default_factory=list)
    total: float = 0.0
    batches: int = 0

    def add(self, loss: float) -> None:
        """Add the loss of a batch."""
        self.total += loss
        self.batches += 1

    def note(self, step: int, validation: float | None) -> Losses:
        """Note the mean of the batches since the last time."""
        losses = Losses(step, self.total / self.batches, validation)
        self.noted.append(losses)
        self.total, self.batches = 0.0, 0
        return losses

    @classmethod
    def from_noted(cls, noted: Any) -> "Curve":
        """Take the losses from a file.

        Raises:
            CommandError: If they are none.
        """
        try:
            rows = [Losses(*row) for row in noted["noted"]]
            curve = cls(rows, noted["total"], noted["batches"])
            numbers = [curve.total, *(each for row in rows for each in row if each is not None)]
            steps = [0, *(row.step for row in rows)]
            whole = all(type(each) is int for each in (*steps, curve.batches))
            if whole and all(map(isfinite, numbers)) and all(a < b for a, b in pairwise(steps)):
                return curve
        except (KeyError, TypeError, ValueError):
            pass
        raise CommandError("its losses are none")
