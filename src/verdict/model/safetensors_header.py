"""The list that a file of arrays begins with: read with care, since anybody can write one."""

import json
from math import prod
from typing import Any, BinaryIO, NoReturn, TypeAlias

import numpy as np

TYPES: dict[str, np.dtype[Any]] = {
    "F64": np.dtype("<f8"),
    "F32": np.dtype("<f4"),
    "F16": np.dtype("<f2"),
}
"""The types of numbers that are read, by their names in the format."""

LARGEST_HEADER = 2_000_000
"""Bytes, many times as many as the list of the largest GPT-2 has."""

MOST_NUMBERS = 2**40
"""The most numbers of an array: more than any file has, and few enough for NumPy to count."""

Place: TypeAlias = tuple[np.dtype[Any], tuple[int, ...], int]
"""The type and shape of an array, and at which byte behind the list it begins."""


class WeightsError(ValueError):
    """A file of arrays is damaged, or made to deceive; the message says what is wrong with it."""


def read_header(file: BinaryIO, size: int) -> bytes:
    """Read the bytes of the list, after making sure that the file is long enough for them.

    Args:
        file: At its beginning.
        size: How many bytes it has.

    Raises:
        WeightsError: If it is too short, or the list longer than any should be.
    """
    length = int.from_bytes(file.read(8), "little")
    if size < 8 or length > size - 8:
        raise WeightsError("it is too short for the list that it should begin with")
    if length > LARGEST_HEADER:
        raise WeightsError(f"its list has {length:,} bytes, more than {LARGEST_HEADER:,}")
    return file.read(length)


def array_places(header: bytes, size: int) -> dict[str, Place]:
    """Read where each array is, after making sure that they fill the rest of the file exactly.

    Args:
        header: The list, in JSON.
        size: How many bytes the file has behind it.

    Raises:
        WeightsError: If it is no list of arrays, or they overlap, or leave something out.
    """
    entries = _entries(header)
    entries.pop("__metadata__", None)
    found = {name: _place(name, entry) for name, entry in entries.items()}
    end = 0
    for name, (kind, shape, start) in sorted(found.items(), key=lambda item: item[1][2]):
        if start != end and 0 not in shape:
            raise WeightsError(f"{name!r} begins at byte {start}, and should at byte {end}")
        end = start + prod(shape) * kind.itemsize
    if end != size:
        raise WeightsError(f"its arrays need {end:,} bytes, and it has {size:,} for them")
    return found


def metadata(header: bytes) -> dict[str, str]:
    """Read the remarks in a list: texts by name, or none.

    Raises:
        WeightsError: If it is no list of arrays, or its remarks are no texts.
    """
    found = _entries(header).get("__metadata__", {})
    if not isinstance(found, dict) or not all(isinstance(each, str) for each in found.values()):
        raise WeightsError("its remarks are no texts")
    return found


def _entries(header: bytes) -> dict[str, Any]:
    """Read the list itself."""
    try:
        entries = json.loads(header, object_pairs_hook=_unique, parse_constant=_no_number)
    except WeightsError:
        raise
    except (ValueError, RecursionError) as error:
        raise WeightsError(f"its list is no JSON that can be read: {error}") from None
    if not isinstance(entries, dict):
        raise WeightsError("its list is no object of JSON")
    return entries


def _place(name: str, entry: Any) -> Place:
    """Read where an array is, and make sure that its shape needs as many bytes as it has."""
    if not isinstance(entry, dict) or entry.keys() != {"dtype", "shape", "data_offsets"}:
        raise WeightsError(f"{name!r} needs a dtype, a shape and data_offsets, and no more")
    kind, shape, offsets = TYPES.get(str(entry["dtype"])), entry["shape"], entry["data_offsets"]
    if kind is None:
        raise WeightsError(f"{name!r} has the type {entry['dtype']!r:.40}, not {', '.join(TYPES)}")
    for numbers in (shape, offsets):
        if not isinstance(numbers, list) or not all(type(n) is int and n >= 0 for n in numbers):
            raise WeightsError(f"{name!r} has a shape or offsets that are no whole numbers")
    if prod(max(1, axis) for axis in shape) > MOST_NUMBERS:  # even where another axis is 0
        raise WeightsError(f"{name!r} has a shape that is too large")
    if len(shape) > 8 or len(offsets) != 2:
        raise WeightsError(f"{name!r} has {len(shape)} axes and {len(offsets)} offsets")
    start, end = offsets
    if end - start != prod(shape) * kind.itemsize:
        raise WeightsError(f"{name!r} has another number of bytes than its shape needs")
    return kind, tuple(shape), start


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Make a dictionary of the names and values of an object, each of whose names differs."""
    entries = dict(pairs)
    if len(entries) < len(pairs):
        raise WeightsError("a name stands in it twice")
    return entries


def _no_number(name: str) -> NoReturn:
    raise WeightsError(f"{name} is no number of JSON")
