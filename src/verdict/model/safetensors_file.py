"""Files of named arrays in the format safetensors: a length, a list in JSON, then the numbers."""

import json
import mmap
import os
from collections.abc import Mapping
from math import prod
from pathlib import Path
from typing import Any

import numpy as np

from verdict.checks.arrays import Vectors
from verdict.model.safetensors_header import (
    TYPES,
    WeightsError,
    array_places,
    metadata,
    read_header,
)
from verdict.whole_file import write_whole


def read_safetensors(path: str | os.PathLike[str]) -> dict[str, Vectors]:
    """Read the arrays of a file without copying them: they stay in the file until used.

    The layout: 8 bytes with a length, as many bytes of JSON with the type, shape and place of
    each array, and then the numbers of all, one array behind the other.

    Args:
        path: The file. Nobody may change it while its arrays are in use.

    Returns:
        The arrays by name, read-only.

    Raises:
        OSError: If the file cannot be read.
        WeightsError: If it is no such file, or is not whole, or its list contradicts itself.

    Examples:
        >>> from tempfile import mkdtemp
        >>> file = Path(mkdtemp(), "some.safetensors")
        >>> write_safetensors(file, {"scale": np.array([1.0, 2.0])})
        >>> read_safetensors(file)
        {'scale': array([1., 2.])}
    """
    with Path(path).open("rb") as file:
        size = os.fstat(file.fileno()).st_size
        try:
            header = read_header(file, size)
            places = array_places(header, size - 8 - len(header))
        except WeightsError as error:
            raise WeightsError(f"{path} is no file of arrays that can be used: {error}") from None
        data = _mapped(file.fileno())
    return {
        name: np.frombuffer(data, kind, prod(shape), 8 + len(header) + start).reshape(shape)
        for name, (kind, shape, start) in places.items()
    }


def read_metadata(path: str | os.PathLike[str]) -> dict[str, str]:
    """Read the remarks of a file: texts by name, beside the arrays.

    Raises:
        OSError: If the file cannot be read.
        WeightsError: If it is no such file, or its remarks are no texts.
    """
    with Path(path).open("rb") as file:
        try:
            return metadata(read_header(file, os.fstat(file.fileno()).st_size))
        except WeightsError as error:
            raise WeightsError(f"{path} is no file of arrays that can be used: {error}") from None


def write_safetensors(
    path: str | os.PathLike[str],
    arrays: Mapping[str, Vectors],
    remarks: Mapping[str, str] | None = None,
) -> None:
    """Write arrays into a file, whole or not at all.

    Args:
        path: Where to.
        arrays: By name; their numbers have 16, 32 or 64 bits.
        remarks: Texts by name, which `read_metadata` gives back.

    Raises:
        TypeError: If the numbers of an array are of another type. Then nothing is written.
        OSError: If the file cannot be written. What was there before is still there.

    Examples:
        See `read_safetensors`.
    """
    names = {kind: name for name, kind in TYPES.items()}
    entries: dict[str, Any] = {"__metadata__": dict(remarks)} if remarks else {}
    pieces, start = [], 0
    for name, array in arrays.items():
        kind = array.dtype.newbyteorder("<")
        if kind not in names:
            raise TypeError(
                f"{name} has numbers of the type {array.dtype}: only float64, float32 and float16 "
                "can be written"
            )
        pieces.append(np.ascontiguousarray(array, kind).tobytes())
        end = start + len(pieces[-1])
        entries[name] = {"dtype": names[kind], "shape": array.shape, "data_offsets": [start, end]}
        start = end
    header = json.dumps(entries).encode()
    header += b" " * (-len(header) % 8)  # so that the numbers begin at a multiple of 8
    write_whole(path, b"".join([len(header).to_bytes(8, "little"), header, *pieces]))


def _mapped(file: int) -> Any:
    """Map a file into memory, or read it where that cannot be done."""
    try:
        return mmap.mmap(file, 0, access=mmap.ACCESS_READ)
    except (OSError, ValueError):  # a browser's files cannot be mapped
        os.lseek(file, 0, os.SEEK_SET)
        return os.read(file, os.fstat(file).st_size)
