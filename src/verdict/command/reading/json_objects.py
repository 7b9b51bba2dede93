"""Objects in JSON, as one command prints them for the next to read."""

import json
from collections.abc import Iterator
from itertools import chain
from typing import Any

from verdict.command.errors import CommandError
from verdict.command.messages import called

_BLANK = " \t\r\n"


def read_objects(name: str, pieces: Iterator[bytes], key: str) -> Iterator[tuple[str, Any, int]]:
    """Read objects that each stand on a line, or are laid out in any other way.

    Args:
        name: The path of a file, or `-`, for messages.
        pieces: Its bytes, some at a time.
        key: What each object needs to have.

    Yields:
        The file that an object names, what it has under the key, and its line.

    Raises:
        CommandError: If there is anything else.
    """
    for found, line in read_values(name, pieces):
        if not isinstance(found, dict) or key not in found:
            raise CommandError(
                f'{called(name)}, line {line}: there is no object with "{key}", such as --json '
                "prints"
            )
        file = found.get("file")
        yield file if isinstance(file, str) else name, found[key], line


def read_values(
    name: str, pieces: Iterator[bytes], *, from_lists: bool = False
) -> Iterator[tuple[Any, int]]:
    """Read values line by line, as long as each line is a whole value; then in any layout.

    Args:
        name: The path of a file, or `-`, for messages.
        pieces: Its bytes, some at a time.
        from_lists: Whether a list stands for the values in it.

    Yields:
        Each value and its line.

    Raises:
        CommandError: If there is anything else.
    """
    lines = _lines(pieces)
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            value = json.loads(line)
        except (ValueError, RecursionError):
            yield from _any_layout(name, b"".join(chain([line], lines)), number, from_lists)
            return
        if from_lists and isinstance(value, list):
            yield from ((each, number) for each in value)
        else:
            yield value, number


def _any_layout(name: str, data: bytes, line: int, from_lists: bool) -> Iterator[tuple[Any, int]]:
    """Yield each of the values that follow each other, from a line on."""
    try:
        text = data.decode("utf-8")
        place, decode = _after_blanks(text, 0), json.JSONDecoder().raw_decode
        while place < len(text):
            if from_lists and text[place] == "[":
                place = _after_blanks(text, place + 1)
                while text[place : place + 1] != "]":
                    at = line + text.count("\n", 0, place)
                    value, place = decode(text, place)
                    yield value, at
                    place = _after_comma(text, place)
                place = _after_blanks(text, place + 1)
                continue
            at = line + text.count("\n", 0, place)
            value, place = decode(text, place)
            yield value, at
            place = _after_blanks(text, place)
    except json.JSONDecodeError as error:
        at = line + text.count("\n", 0, _place_of(error))
        raise CommandError(f"{called(name)}, line {at}: it is not JSON: {error.msg}") from None
    except RecursionError:
        raise CommandError(
            f"{called(name)} is not JSON as we write it: lists in lists, too deep"
        ) from None
    except ValueError as error:
        raise CommandError(f"{called(name)} is not JSON in UTF-8: {error}") from None


def _after_comma(text: str, place: int) -> int:
    """Find what comes next in a list: a value behind a comma, or the end."""
    place = _after_blanks(text, place)
    if text[place : place + 1] == "]":
        return place
    if text[place : place + 1] != ",":
        raise json.JSONDecodeError("Expecting ',' delimiter", text, place)
    return _after_blanks(text, place + 1)


def _place_of(error: json.JSONDecodeError) -> int:
    """Tell where the flaw is: what should follow a value is missing at its end, not later."""
    return len(error.doc[: error.pos].rstrip()) if "delimiter" in error.msg else error.pos


def _after_blanks(text: str, place: int) -> int:
    while place < len(text) and text[place] in _BLANK:
        place += 1
    return place


def _lines(pieces: Iterator[bytes]) -> Iterator[bytes]:
    begun: list[bytes] = []
    for piece in pieces:
        *ended, rest = piece.split(b"\n")
        for end in ended:
            yield b"".join([*begun, end, b"\n"])
            begun = []
        begun.append(rest)
    yield b"".join(begun)
