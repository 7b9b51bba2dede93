"""Token IDs and vectors as NumPy arrays."""

from array import array
from collections.abc import Sequence
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from verdict.checks.numbers import checked_int

IdArray: TypeAlias = NDArray[np.integer[Any]]
"""Token IDs of any shape, in any of NumPy's types of integer."""

Ids: TypeAlias = IdArray | Sequence[Any]
"""What is taken for token IDs: an array, or a list, which may hold lists of one length."""

Vectors: TypeAlias = NDArray[np.floating[Any]]
"""Numbers of a table, or vectors in their last axis."""


def id_array(ids: Ids, name: str = "ids", called: str = "token ID") -> IdArray:
    """Return token IDs as an array after making sure that each is an integer.

    Args:
        ids: The token IDs. NumPy's arrays and Python's `array` are not copied.
        name: What the caller's argument is called, for the error.
        called: What each number is, for the error.

    Returns:
        The same IDs in the same shape: arrays as they are, all others as 64-bit integers.

    Raises:
        TypeError: If `ids` are no integers. `True`, `3.0` and `"3"` are none, and neither
            are rows of several lengths.
        OverflowError: If an ID does not fit into 64 bits.

    Examples:
        >>> id_array([[5, 3], [2, 0]])
        array([[5, 3],
               [2, 0]])
    """
    if isinstance(ids, np.ndarray | array):
        found = np.asarray(ids)
        if found.dtype.kind not in "iu":
            raise TypeError(f"{called}s must be integers, not {found.dtype}")
        return found
    if isinstance(ids, str) or not isinstance(ids, Sequence):
        raise TypeError(f"{name} must be an array or a list of {called}s, not {type(ids).__name__}")
    as_given = np.asarray(ids, dtype=object)
    for kind in set(map(type, as_given.flat)) - {int}:
        if issubclass(kind, Sequence) and not issubclass(kind, str):
            raise TypeError(f"{name} must have rows of one length: these differ")
        if kind is bool or not hasattr(kind, "__index__"):
            raise TypeError(f"a {called} must be an integer, not {kind.__name__}")
    try:
        return as_given.astype(np.int64)
    except OverflowError:
        largest = max(as_given.flat, key=abs)
        raise OverflowError(f"a {called} must fit into 64 bits, and {largest} does not") from None


def id_row(ids: Ids) -> IdArray:
    """Return token IDs as an array after making sure that they are a single row of integers.

    Raises:
        TypeError: If `ids` are no integers, see `id_array`.
        ValueError: If `ids` are not one row.
        OverflowError: If an ID does not fit into 64 bits.

    Examples:
        >>> id_row([[5, 3], [2, 0]])
        Traceback (most recent call last):
        ValueError: ids must be one row of token IDs, not of shape (2, 2)
    """
    found = id_array(ids)
    if found.ndim != 1:
        raise ValueError(f"ids must be one row of token IDs, not of shape {found.shape}")
    return found


def checked_positions(positions: Ids | int) -> IdArray:
    """Return positions as an array after making sure that each is an integer.

    Args:
        positions: Positions of any shape; a single one needs no list.

    Raises:
        TypeError: If `positions` are no integers.
        OverflowError: If one does not fit into 64 bits.

    Examples:
        >>> checked_positions(3)
        array(3)
    """
    if isinstance(positions, np.ndarray | array | Sequence):
        return id_array(positions, "positions", "position")
    return np.asarray(checked_int("positions", positions))


def checked_examples(inputs: Ids, targets: Ids) -> tuple[IdArray, IdArray]:
    """Return inputs and targets as arrays after making sure that they belong together.

    Raises:
        TypeError: If they are no integers.
        ValueError: If there are not as many targets as inputs.
    """
    inputs, targets = id_array(inputs, "inputs"), id_array(targets, "targets")
    if len(inputs) != len(targets):
        raise ValueError(f"each input needs a target: got {len(inputs)} and {len(targets)}")
    return inputs, targets


def checked_rows(ids: Ids, count: int) -> IdArray:
    """Return token IDs as an array after making sure that a table has a row for each.

    Args:
        ids: The token IDs, of any shape.
        count: How many rows the table has.

    Raises:
        TypeError: If `ids` are no integers, see `id_array`.
        IndexError: If an ID has no row, be it too large or negative.

    Examples:
        >>> checked_rows([1, 3], count=3)
        Traceback (most recent call last):
        IndexError: token ID 3 has no row: this table has the rows 0 to 2
    """
    rows = id_array(ids)
    outside = (rows < 0) | (rows >= count)
    if outside.any():
        raise IndexError(
            f"token ID {rows[outside][0]} has no row: this table has the rows 0 to {count - 1}"
        )
    return rows
