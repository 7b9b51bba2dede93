"""Tables of what several seeds gave, recorded since measuring them again takes minutes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Literal, TypeAlias, get_args

RecordedTable: TypeAlias = dict[str, dict[str, list[float]]]
"""By the names of a row and a column, the number that each seed gave."""

TableName: TypeAlias = Literal[
    "labels",
    "vectors",
    "orders",
    "rare class",
    "sureness",
    "three tasks",
    "thirteen tasks",
]
"""The names of the tables; `recorded_table` says what each has."""


def recorded_table(name: TableName) -> RecordedTable:
    """Read what was measured over several seeds: one run alone says little about small differences.

    A seed decides the weights that pretraining begins with, which phrases are labelled and which
    are tested, the new numbers of a head or a LoRA, and the order of the examples. `make runs`,
    in the source, measures all tables again.

    Args:
        name: "labels": accuracy by the number of labels, for tuned models and their rivals.
            "vectors": accuracy by the vector that is read. "orders": accuracy where the order
            tells. "rare class": what weights for a rare class do. "sureness": calibration by
            steps. "three tasks": an assistant tuned in several ways, what it answers and what
            it still knows. "thirteen tasks": the same, with and without the task "say".

    Returns:
        By row and column, what each of the seeds 1 to 5 gave, or 1 to 3 for "thirteen tasks".

    Raises:
        ValueError: If there is no such table.

    Examples:
        >>> recorded_table("labels")["bag of words"]["14"]
        [0.6875, 0.7425, 0.605, 0.6925, 0.6875]
    """
    if name not in get_args(TableName):
        names = ", ".join(f'"{each}"' for each in get_args(TableName))
        raise ValueError(f"name must be one of {names}, not {name!r}")
    text = table_path(name).read_text(encoding="utf-8")
    table: RecordedTable = json.loads(text)["table"]
    return table


def table_path(name: str) -> Path:
    """Tell where the file of a table is."""
    return Path(__file__).with_name("tables") / f"{name.replace(' ', '-')}.json"
