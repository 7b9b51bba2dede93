"""A row of named values: where it stands, which names it needs, and the texts in it."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from verdict.command.errors import CommandError
from verdict.command.messages import called

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


def check_names(place: Place, names: list[str], forms: Sequence[Form]) -> None:
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


def plain(name: str) -> str:
    """Read the name of a column."""
    found = name.strip().lower()
    return OTHER_NAMES.get(found, found)


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
