"""Rows of named values, from a table in CSV or from objects in JSON, each with its place."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from io import StringIO
from pathlib import Path
from typing import Any, NamedTuple

from verdict.command.errors import CommandError
from verdict.command.files import called, counted
from verdict.command.json_objects import read_values
from verdict.command.texts import read_text

DELIMITERS = ",;\t"
"""What may stand between two columns. It is the one that finds the names that are needed."""

TABLES, OBJECTS = {".csv", ".tsv"}, {".json", ".jsonl", ".ndjson"}
"""How the names of files end that have tables, and objects in JSON."""

OTHER_NAMES = {"output": "response"}
"""What some data sets call a column."""

Form = tuple[str, ...]
"""The names of columns that belong together."""


class Place(NamedTuple):
    """Where something stands.

    Attributes:
        file: The path of the file, or `-`.
        line: The number of the line.
    """

    file: str
    line: int

    def __str__(self) -> str:
        """Name it in a message."""
        return f"{called(self.file)}, line {self.line:,}"


Row = tuple[Place, Mapping[str, Any]]


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
    names = {_plain(each) for each in header.split(_delimiter(text, [(*form, more)]))}
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
            row = {_plain(key): each for key, each in value.items()}
            _check_names(place, list(row), forms)
            yield place, row
    else:
        yield from _table(name, text, forms)


def is_json(name: str, text: str) -> bool:
    """Tell whether a file has JSON: by its ending, or else by how it begins."""
    if _ending(name) in TABLES:
        return False
    return _ending(name) in OBJECTS or text.lstrip()[:1] in {"{", "["}


def _ending(name: str) -> str:
    return Path(name).suffix.lower()


def text_at(place: Place, row: Mapping[str, Any], name: str, *, is_label: bool = False) -> str:
    """Take a text from a row, without white space around it.

    Args:
        place: Where the row stands.
        row: The row.
        name: What the text is called there.
        is_label: Whether it may be a whole number, or true or false, too.

    Returns:
        The text; nothing, if there is none.

    Raises:
        CommandError: If it is no text.
    """
    value = row.get(name)
    if value is None:
        return ""
    if is_label and isinstance(value, bool | int):
        return str(value).lower()
    if not isinstance(value, str):
        raise CommandError(f'{place}: "{name}" is no text')
    try:
        value.encode()
    except UnicodeEncodeError:
        raise CommandError(
            f'{place}: "{name}" has half of a character, a surrogate without its other one'
        ) from None
    return value.strip()


def needed_at(place: Place, row: Mapping[str, Any], name: str, *, is_label: bool = False) -> str:
    """Take a text from a row as `text_at` does, and make sure that there is one.

    Raises:
        CommandError: If there is none.
    """
    if not (text := text_at(place, row, name, is_label=is_label)):
        raise CommandError(f"{place}: the {name} is empty")
    return text


def _table(name: str, text: str, forms: Sequence[Form]) -> Iterator[Row]:
    """Read a table."""
    delimiter = _delimiter(text, forms)
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    header: list[str] = []
    line = 1
    try:
        for values in reader:
            place, line = Place(name, line), reader.line_num + 1
            if not any(value.strip() for value in values):
                continue
            if not header:
                header = [_plain(value) for value in values]
                _check_names(place, header, forms)
            elif len(values) != len(header):
                raise CommandError(
                    f"{place}: it has {counted(len(values), 'value')}, and there are names for "
                    f"{len(header)}: a text with a comma or a line end in it needs quotation marks "
                    'around it ("like, this")'
                )
            else:
                yield place, dict(zip(header, values, strict=True))
    except csv.Error as error:
        told = str(error)
        if told == "unexpected end of data":
            told = 'a quotation mark (") is opened there, and never closed'
        raise CommandError(f"{Place(name, line)}: it is no CSV: {told}") from None
    if not header:
        raise CommandError(f"{called(name)} is empty: its first line should name the columns")


def _delimiter(text: str, forms: Sequence[Form]) -> str:
    """Find what stands between two columns: what makes most of the names that are needed."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    wanted = {name for form in forms for name in form}

    def found(delimiter: str) -> int:
        return len(wanted & {_plain(each.strip('"')) for each in first.split(delimiter)})

    return max(DELIMITERS, key=found)


def _check_names(place: Place, names: list[str], forms: Sequence[Form]) -> None:
    """Make sure that all names of a form are there, and none twice."""
    for name in names:
        if names.count(name) > 1:
            raise CommandError(f'{place}: the name "{name}" is there twice')
    if any(set(form) <= set(names) for form in forms):
        return
    nearest = max(forms, key=lambda form: len(set(form) & set(names)))
    missing = next(name for name in nearest if name not in names)
    there = ", ".join(f'"{name}"' for name in names) or "nothing"
    needed = ", or ".join(" and ".join(form) for form in forms)
    raise CommandError(
        f'{place}: there is no "{missing}". What is needed is {needed}, and there is {there:.200}'
    )


def _plain(name: str) -> str:
    """Read the name of a column."""
    plain = name.strip().lower()
    return OTHER_NAMES.get(plain, plain)


def _example(forms: Sequence[Form]) -> str:
    return "{" + ", ".join(f'"{name}": "a"' for name in forms[0]) + "}"
