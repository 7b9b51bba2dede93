"""Recorded tables over several seeds: `python -m recording.tables FOLDER [NAME...]`."""

import json
import sys
from collections.abc import Callable, Mapping
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

import numpy as np

from recording.assistant_tables import THREE_TASKS, WITHOUT_SAY, Tuning, thirteen, three, untuned
from recording.classifier_tables import (
    after_steps,
    balanced,
    by_order,
    by_vector,
    by_words,
    copied,
    fresh,
    from_scratch,
    of_rare_class,
    orders_by_words,
    pretrained,
    tuned_part,
)
from recording.rivals import word_directions
from verdict.tuning.recorded_tables import RecordedTable, TableName, table_path
from verdict.tuning.toy_tasks import TASKS
from verdict.whole_file import write_whole

FIRST_LOSSES = 3
"""Of how many steps of an assistant's tuning the losses are recorded: a test makes them again."""

Row: TypeAlias = Callable[[int], Mapping[str, float]]
"""A function that measures a row for one seed: a number for each column."""


class Table(NamedTuple):
    """A table that is recorded.

    Attributes:
        about: What is measured, for a reader of the file.
        rows: By the name of each row, the function that measures it.
        seeds: The seeds that each row is measured with.
    """

    about: str
    rows: Mapping[str, Row]
    seeds: tuple[int, ...] = (1, 2, 3, 4, 5)


TABLES: dict[TableName, Table] = {
    "labels": Table(
        "Accuracy on 400 messages of other phrases, by the number of labels: a pretrained model "
        "of which a part is tuned in 30 steps; the same from scratch in 50; logistic regression",
        {
            "last block": tuned_part("last block"),
            "head": tuned_part("head"),
            "everything": tuned_part("everything"),
            "from scratch": from_scratch,
            "bag of words": by_words(),
            "SVD": by_words(word_directions),
        },
    ),
    "vectors": Table(
        "Accuracy on 400 messages after 56 labels, by the vector that is read; 'padded': the "
        "classifier does not know what is padding",
        {
            "first": by_vector("first"),
            "last": by_vector("last"),
            "mean": by_vector("mean"),
            "last, padded": by_vector("last", padding_known=False),
            "mean, padded": by_vector("mean", padding_known=False),
        },
    ),
    "orders": Table(
        "Accuracy on 400 sentences in which only the order tells, by the number of labels",
        {
            "naive Bayes": orders_by_words,
            "head": by_order("head", lambda seed: pretrained("orders", seed)),
            "last block": by_order("last block", lambda seed: pretrained("orders", seed)),
            "everything": by_order("everything", lambda seed: pretrained("orders", seed)),
            "from scratch": by_order("everything", lambda seed: fresh("orders", seed)),
        },
    ),
    "rare class": Table(
        "280 labelled messages, 28 of them spam, and as rare in 400 that are tested: as they are; "
        "each piece of spam nine times; and with most of the others thrown away",
        {
            "as it is": of_rare_class(lambda labels: np.arange(len(labels))),
            "copied": of_rare_class(copied),
            "balanced": of_rare_class(balanced),
        },
    ),
    "sureness": Table(
        "How many of 400 messages are right after 112 labels, the mean share of the guessed "
        "class, and the calibration error, by the steps of tuning",
        {str(steps): after_steps(steps) for steps in (5, 10, 40, 100)},
    ),
    "three tasks": Table(
        "An assistant tuned on 600 instructions of three tasks in 150 steps, in several ways: "
        "right answers to 20 held-out instructions of each task; and what is still known in the "
        "words of pretraining",
        {
            "not tuned": untuned(THREE_TASKS),
            "all weights": three(),
            "prompt too": three(answers_only=False),
            "rehearsal": three(rehearsed=True),
            **{f"LoRA {rank}": three(rank=rank, peak=0.02) for rank in (1, 2, 4, 8, 16)},
            "LoRA 8, 600 steps": three(rank=8, peak=0.02, steps=600),
            "LoRA 8, rehearsal": three(rank=8, peak=0.02, rehearsed=True),
        },
    ),
    "thirteen tasks": Table(
        "An assistant tuned on all thirteen tasks, or on all but 'say', in 600 steps of 32: "
        "right answers to 20 held-out instructions of each task; and what is still known in the "
        "words of pretraining",
        {
            "with say": thirteen(tuple(TASKS), rehearsed=False),
            "without say": thirteen(WITHOUT_SAY, rehearsed=False),
            "with say, rehearsal": thirteen(tuple(TASKS), rehearsed=True),
            "without say, rehearsal": thirteen(WITHOUT_SAY, rehearsed=True),
        },
        seeds=(1, 2, 3),
    ),
}
"""All tables by name."""


def measure(table: Table) -> RecordedTable:
    """Measure each row with each seed."""
    found: RecordedTable = {}
    for name, row in table.rows.items():
        by_seed = [row(seed) for seed in table.seeds]
        found[name] = {column: [each[column] for each in by_seed] for column in by_seed[0]}
    return found


def first_losses(tuning: Tuning) -> list[float]:
    """Make the first steps of an assistant's tuning, with the first seed."""
    _, _, steps = tuning.prepare(1)
    return [round(step.training_loss, 8) for step in islice(steps, FIRST_LOSSES)]


def record(name: TableName, path: Path) -> None:
    """Measure a table and write its file, a line for each row."""
    table = TABLES[name]
    tunings = {row: each for row, each in table.rows.items() if isinstance(each, Tuning)}
    found = measure(table)
    rows = ",\n".join(f"  {json.dumps(row)}: {json.dumps(found[row])}" for row in found)
    parts = {"about": json.dumps(table.about), "seeds": json.dumps(table.seeds)}
    if tunings:
        parts["first_losses"] = json.dumps({row: first_losses(tunings[row]) for row in tunings})
    parts["table"] = f"{{\n{rows}\n}}"
    lines = ",\n".join(f"{json.dumps(part)}: {value}" for part, value in parts.items())
    write_whole(path, f"{{\n{lines}\n}}\n")


def main(folder: Path, names: Any = ()) -> None:
    """Measure tables, or all of them if none is named, and write their files."""
    for name in names or TABLES:
        path = folder / table_path(name).name
        record(name, path)
        print(f"{path.as_posix()}: {path.stat().st_size / 1000:.1f} kB", flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
