"""Token IDs: read as numbers, as lists that Python prints, or from objects in JSON."""

import re
from collections.abc import Iterator
from itertools import chain

from verdict.command.errors import CommandError
from verdict.command.messages import called
from verdict.command.reading.files import read, without_bom
from verdict.command.reading.json_objects import read_objects

LONGEST = 20
"""How many digits a token ID has at the most."""

BATCH = "it is a batch, several lists in one: decode takes token IDs in one row, so give it each"

_SEPARATORS = bytes.maketrans(b",[]", b"   ")
_NO_BRACKETS = bytes(set(range(256)) - set(b"[]"))
_IDS = re.compile(rb"\s*(?:[0-9]{1,%d}(?:\s+|\Z))*" % LONGEST)


def read_ids(
    name: str, *, prints_meanwhile: bool = False
) -> Iterator[tuple[str, Iterator[list[int]]]]:
    """Read token IDs: numbers with white space, commas or brackets between them, or objects.

    Args:
        name: The path of a file, or `-`.
        prints_meanwhile: As for `files.read`.

    Yields:
        The name of each text, and some of its token IDs at a time: one text for a file of
        numbers, one for each object such as `encode --json` prints.

    Raises:
        CommandError: If it cannot be read, or there is anything else in it.
    """
    pieces = without_bom(read(name, prints_meanwhile=prints_meanwhile))
    begun: list[bytes] = []
    for piece in pieces:
        begun.append(piece)
        if piece.strip():
            break
    pieces = chain(begun, pieces)
    if begun and begun[-1].lstrip().startswith(b"{"):
        for file, ids, line in read_objects(name, pieces, "ids"):
            yield file, iter([_checked(ids, f"{called(name)}, line {line}")])
    else:
        yield name, _numbers(name, pieces)


def _numbers(name: str, pieces: Iterator[bytes]) -> Iterator[list[int]]:
    rest, line, bracket = b"", 1, b""
    for data in pieces:
        brackets = bracket + data.translate(None, _NO_BRACKETS)
        if b"[[" in brackets:
            raise CommandError(f"{called(name)}: {BATCH}")
        bracket = brackets[-1:]
        read_so_far = rest + data.translate(_SEPARATORS)
        goes_on = data and read_so_far[-1:].strip()
        rest = read_so_far.rsplit(None, 1)[-1] if goes_on else b""
        whole = read_so_far.removesuffix(rest)
        if not _IDS.fullmatch(whole) or len(rest) > LONGEST:
            raise CommandError(_first_that_is_none(name, read_so_far, line))
        line += whole.count(b"\n")
        yield list(map(int, whole.split()))


def _checked(ids: object, place: str) -> list[int]:
    """Make sure that what an object has is a row of token IDs."""
    if not isinstance(ids, list):
        raise CommandError(f'{place}: "ids" is no list of token IDs')
    for each in ids:
        if isinstance(each, list):
            raise CommandError(f"{place}: {BATCH}")
        if type(each) is not int or each < 0:
            raise CommandError(f"{place}: {repr(each)[:LONGEST]} is not a token ID")
    return ids


def _first_that_is_none(name: str, found: bytes, line: int) -> str:
    """Say which of the words that were read is no token ID."""
    for number, words in enumerate(found.split(b"\n"), line):
        for word in words.split():
            if not re.fullmatch(rb"[0-9]{1,%d}" % LONGEST, word):
                shown = repr(word[:LONGEST])[1:]
                return f"{called(name)}, line {number}: {shown} is not a token ID"
    raise AssertionError("all of it is token IDs")  # pragma: no cover
