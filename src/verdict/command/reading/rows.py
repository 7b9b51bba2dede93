"""Rows of named values, from a table in CSV, from objects in JSON, or from lines."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from verdict.command.errors import CommandError
from verdict.command.reading.json_objects import read_values
from verdict.command.reading.row import Form, Place, Row, check_names, plain
from verdict.command.reading.tables import delimiter_of, read_table
from verdict.command.reading.texts import read_text

TABLES, OBJECTS = {".csv", ".tsv"}, {".json", ".jsonl", ".ndjson"}
"""How the names of files end that have tables, and objects in JSON."""


def read_rows(name: str, forms: Sequence[Form]) -> Iterator[Row]:
    """Read the rows of a file: JSON if it begins with an object or a list, else a table.

    A table's first line names its columns. Objects stand on a line each, or in a list, in any
    layout. The names may be in capitals, and "output" is another name for "response".

    Args:
        name: The path of the file, or `-`. A byte order mark at its start is left out.
        forms: Which names are needed: all of one form.

    Yields:
        The place of each row, and its values by their names, among them all that are needed.

    Raises:
        CommandError: If it cannot be read, is not UTF-8, or has not what is needed.
    """
    yield from rows_of(name, "".join(read_text(name)), forms)


def rows_or_lines(name: str, form: Form, more: str) -> Iterator[Row]:
    """Read the rows of a file as `read_rows` does, or else each line of it as a row.

    Args:
        name: The path of the file, or `-`.
        form: Which names are needed. A line that is a row has the first of them.
        more: What else a table's first line names, where the file's name does not tell that it
            is a table.

    Yields:
        The place and the values of each row. Lines without text are left out.

    Raises:
        CommandError: As for `read_rows`.
    """
    text = "".join(read_text(name))
    header = next((line for line in text.splitlines() if line.strip()), "")
    names = {plain(each) for each in header.split(delimiter_of(text, [(*form, more)]))}
    if _ending(name) in TABLES or is_json(name, text) or {*form, more} <= names:
        yield from rows_of(name, text, [form])
        return
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            yield Place(name, number), {form[0]: line}


def rows_of(name: str, text: str, forms: Sequence[Form]) -> Iterator[Row]:
    """Read the rows in a text, see `read_rows`."""
    if is_json(name, text):
        for value, line in read_values(name, iter([text.encode()]), from_lists=True):
            place = Place(name, line)
            if not isinstance(value, dict):
                raise CommandError(f"{place}: there is no object, such as {_example(forms)}")
            row = {plain(key): each for key, each in value.items()}
            check_names(place, list(row), forms)
            yield place, row
    else:
        yield from read_table(name, text, forms)


def is_json(name: str, text: str) -> bool:
    """Tell whether a file has JSON: by its ending, or else by how it begins."""
    if _ending(name) in TABLES:
        return False
    return _ending(name) in OBJECTS or text.lstrip()[:1] in {"{", "["}


def _ending(name: str) -> str:
    return Path(name).suffix.lower()


def _example(forms: Sequence[Form]) -> str:
    return "{" + ", ".join(f'"{name}": "a"' for name in forms[0]) + "}"
