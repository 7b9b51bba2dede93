"""The recorded tables are what their code measures."""

import json
from typing import Any, get_args

import pytest

from recording.assistant_tables import Tuning
from recording.tables import TABLES, Table, first_losses, main
from verdict import recorded_table
from verdict.tuning.recorded_tables import TableName, table_path

MOST_BYTES = 20_000
"""Bytes that all tables may have together."""

CHEAPEST: dict[Any, str] = {
    "labels": "bag of words",
    "vectors": "first",
    "orders": "naive Bayes",
    "rare class": "balanced",
    "sureness": "5",
    "three tasks": "not tuned",
}
"""The row of a table that is soonest measured again."""

TUNINGS = [
    pytest.param(name, row, tuning, id=f"{name}: {row}")
    for name, table in TABLES.items()
    for row, tuning in table.rows.items()
    if isinstance(tuning, Tuning)
]


def recorded(name: str) -> Any:
    return json.loads(table_path(name).read_bytes())


def test_each_table_has_its_file_and_each_file_its_table() -> None:
    assert set(TABLES) == set(get_args(TableName))
    paths = {table_path(name) for name in TABLES}
    assert set(table_path("labels").parent.iterdir()) == paths, "To make them: make runs"
    assert sum(path.stat().st_size for path in paths) <= MOST_BYTES


@pytest.mark.parametrize("name", TABLES)
def test_a_file_has_the_rows_and_the_seeds_of_its_table(name: TableName) -> None:
    found, table = recorded(name), TABLES[name]
    assert (found["about"], found["seeds"]) == (table.about, list(table.seeds))
    assert list(found["table"]) == list(table.rows)
    for columns in found["table"].values():
        assert {len(by_seed) for by_seed in columns.values()} == {len(table.seeds)}


@pytest.mark.parametrize(("name", "row"), CHEAPEST.items())
def test_the_cheapest_row_comes_out_the_same_with_the_first_seed(name: TableName, row: str) -> None:
    found = TABLES[name].rows[row](1)
    assert found == {column: by_seed[0] for column, by_seed in recorded_table(name)[row].items()}


@pytest.mark.parametrize(("name", "row", "tuning"), TUNINGS)
def test_an_assistant_s_first_losses_are_the_same_to_the_last_digit(
    name: str, row: str, tuning: Tuning
) -> None:
    assert first_losses(tuning) == recorded(name)["first_losses"][row]


def test_the_command_measures_the_tables_that_are_named(
    tmp_path: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    table = Table("A square", {"square": lambda seed: {"of": seed**2}}, seeds=(2, 3))
    monkeypatch.setattr("recording.tables.TABLES", {"a table": table, "other": table})
    main(tmp_path, ["a table"])
    (path,) = tmp_path.iterdir()
    assert path.name == "a-table.json"
    assert json.loads(path.read_bytes()) == {
        "about": "A square",
        "seeds": [2, 3],
        "table": {"square": {"of": [4, 9]}},
    }
    assert capsys.readouterr().out.endswith("a-table.json: 0.1 kB\n")


def test_another_table_is_refused() -> None:
    with pytest.raises(ValueError, match=r"one of .labels., .*, not 'runs'"):
        recorded_table("runs")  # type: ignore[arg-type]
