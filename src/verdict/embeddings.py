"""Token IDs to vectors: a table with a row for each token, and looking rows up in it."""

from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from verdict.id_arrays import Ids, id_array
from verdict.sizes import checked_size

Vectors: TypeAlias = NDArray[np.floating[Any]]
"""Numbers of a table, or vectors in their last axis."""


def embedding_table(
    vocabulary_size: int,
    width: int,
    *,
    seed: int | np.random.Generator | None = None,
    spread: float = 0.02,
) -> NDArray[np.float32]:
    """Make a table of token embeddings to begin training with: small random numbers.

    Args:
        vocabulary_size: The number of rows: one for each token ID.
        width: The length of each token's vector.
        seed: For the random numbers. The same seed gives the same table; without one, each
            table is another.
        spread: The standard deviation of the numbers. GPT-2 begins with 0.02 (model.py of
            its published code).

    Returns:
        The table, of shape (vocabulary_size, width).

    Raises:
        TypeError: If a size is no integer.
        ValueError: If a size is below 1.

    Examples:
        >>> embedding_table(1_130, 8, seed=1).shape
        (1130, 8)
    """
    shape = checked_size("vocabulary_size", vocabulary_size), checked_size("width", width)
    numbers = np.random.default_rng(seed).standard_normal(shape, dtype=np.float32)
    return numbers * np.float32(spread)


def embed_tokens(table: Vectors, ids: Ids) -> Vectors:
    """Look up the vector of each token ID: the row of the table that has its number.

    Args:
        table: Shape (vocabulary_size, width).
        ids: Token IDs of any shape: one text, (context,), or several, (batch, context).

    Returns:
        The vectors, in the shape of `ids` with one more axis: (…, width). They are copies.

    Raises:
        TypeError: If `ids` are no integers.
        IndexError: If an ID has no row, be it too large or negative.

    Examples:
        >>> table = np.array([[0.0, 0.1], [1.0, 1.1], [2.0, 2.1]])
        >>> embed_tokens(table, [2, 0, 2])
        array([[2. , 2.1],
               [0. , 0.1],
               [2. , 2.1]])
        >>> embed_tokens(table, [[2, 0, 2], [1, 1, 0]]).shape
        (2, 3, 2)
    """
    rows = _checked_rows(ids, len(table))
    vectors: Vectors = table[rows]
    return vectors


def embedding_gradient(ids: Ids, gradient: Vectors, vocabulary_size: int) -> Vectors:
    """Carry the gradient of looked-up vectors back to the table that they came from.

    A row that was looked up several times gets the sum; one that was not gets nothing.

    Args:
        ids: The token IDs that were looked up.
        gradient: How the loss changes with each number of their vectors, shape (…, width).
        vocabulary_size: The number of rows that the table has.

    Returns:
        How the loss changes with each number of the table: (vocabulary_size, width).

    Raises:
        TypeError: If `ids` are no integers.
        IndexError: If an ID has no row.
        ValueError: If `gradient` does not have one vector for each ID.

    Examples:
        >>> embedding_gradient([2, 0, 2], np.ones((3, 2)), vocabulary_size=4)
        array([[1., 1.],
               [0., 0.],
               [2., 2.],
               [0., 0.]])
    """
    rows = _checked_rows(ids, checked_size("vocabulary_size", vocabulary_size))
    if gradient.shape[:-1] != rows.shape:
        raise ValueError(
            f"ids of shape {rows.shape} need a gradient of shape {(*rows.shape, 'width')}, "
            f"not {gradient.shape}".replace("'", "")
        )
    of_table = np.zeros((vocabulary_size, gradient.shape[-1]), gradient.dtype)
    np.add.at(of_table, rows, gradient)  # `of_table[rows] += gradient` would keep only one
    return of_table


def _checked_rows(ids: Ids, count: int) -> NDArray[np.integer[Any]]:
    rows = id_array(ids)
    outside = (rows < 0) | (rows >= count)
    if outside.any():
        raise IndexError(
            f"token ID {rows[outside][0]} has no row: this table has the rows 0 to {count - 1}"
        )
    return rows
