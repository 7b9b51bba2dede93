"""What a classifier takes texts for: a table for people, an object for programs."""

from collections.abc import Sequence
from typing import Any

from verdict.checks.arrays import IdArray
from verdict.command.messages import counted
from verdict.tuning.judging import confusion_table

MOST_COLUMNS = 8
"""How many labels a table has at most: of more, only the commonest mistakes are listed."""

MOST_MISTAKES = 10


class Confusion:
    """The labels of some texts, and what each was taken for.

    Args:
        labels: All labels.
        right: The class of each text.
        guesses: The class that each was taken for.
    """

    def __init__(self, labels: Sequence[str], right: Sequence[int], guesses: Sequence[int]) -> None:
        self.labels = labels
        self.table: IdArray = confusion_table(right, guesses, len(labels))

    @property
    def texts(self) -> int:
        """How many texts there are."""
        return int(self.table.sum())

    @property
    def right(self) -> int:
        """How many of them were taken for what they are."""
        return int(self.table.trace())

    def lines(self) -> list[str]:
        """Write it for people: a row for each label, a column for what it was taken for."""
        told = f"{self.right:,} of {counted(self.texts, 'text')} right"
        if len(self.labels) > MOST_COLUMNS:
            return [told, *self._mistakes()]
        names = [_short(label) for label in self.labels]
        edge = max(map(len, names))
        widths = [max(len(name), len(f"{self.table.max():,}")) for name in names]
        rows = [("", names), *zip(names, self.table.tolist(), strict=True)]
        lines = [f"{told}{', and each label was taken for' if self.texts else ''}"]
        for name, cells in rows:
            shown = (
                f"{cell if isinstance(cell, str) else f'{cell:,}':>{width}}"
                for cell, width in zip(cells, widths, strict=True)
            )
            lines.append(f"{name:>{edge}}  {'  '.join(shown)}")
        return lines

    def as_json(self) -> dict[str, Any]:
        """Give it to programs: by each label, how many texts were taken for which."""
        table = self.table.tolist()
        return {
            "texts": self.texts,
            "right": self.right,
            "confusion": {
                label: dict(zip(self.labels, row, strict=True))
                for label, row in zip(self.labels, table, strict=True)
            },
        }

    def _mistakes(self) -> list[str]:
        """List the commonest mistakes."""
        mistakes = [
            (int(count), label, other)
            for label, row in zip(self.labels, self.table, strict=True)
            for other, count in zip(self.labels, row, strict=True)
            if count and label != other
        ]
        mistakes.sort(key=lambda each: -each[0])
        return [
            f"{count:>6,}  times {label!r} was taken for {other!r}"
            for count, label, other in mistakes[:MOST_MISTAKES]
        ]


def _short(label: str) -> str:
    return label if len(label) <= 20 else f"{label[:19]}…"
