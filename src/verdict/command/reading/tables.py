"""Tables in CSV: rows whose values stand between commas, and a first line that names them."""

import csv
from collections.abc import Iterator, Sequence
from io import StringIO

from verdict.command.errors import CommandError
from verdict.command.messages import called, counted
from verdict.command.reading.row import Form, Place, Row, check_names, plain

DELIMITERS = ",;\t"
"""What may stand between two columns. It is the one that finds the names that are needed."""


def read_table(name: str, text: str, forms: Sequence[Form]) -> Iterator[Row]:
    """Read a table."""
    delimiter = delimiter_of(text, forms)
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    header: list[str] = []
    line = 1
    try:
        for values in reader:
            place, line = Place(name, line), reader.line_num + 1
            if not any(value.strip() for value in values):
                continue
            if not header:
                header = [plain(value) for value in values]
                check_names(place, header, forms)
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


def delimiter_of(text: str, forms: Sequence[Form]) -> str:
    """Find what stands between two columns: what makes most of the names that are needed."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    wanted = {name for form in forms for name in form}

    def found(delimiter: str) -> int:
        return len(wanted & {plain(each.strip('"')) for each in first.split(delimiter)})

    return max(DELIMITERS, key=found)
