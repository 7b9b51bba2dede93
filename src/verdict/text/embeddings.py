"""Token IDs to vectors: a table with a row for each token, and looking rows up in it."""

import numpy as np
from numpy.typing import NDArray

from verdict.checks.arrays import Ids, Vectors, checked_rows
from verdict.checks.numbers import checked_size
from verdict.checks.seeds import random_generator


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
            table is different.
        spread: The standard deviation of the numbers. GPT-2 begins with 0.02 (model.py of
            its published code).

    Returns:
        The table, of shape (vocabulary_size, width).

    Raises:
        TypeError: If a size or `seed` is no integer.
        ValueError: If a size is below 1, or `seed` is negative.

    Examples:
        >>> embedding_table(1_130, 8, seed=1).shape
        (1130, 8)
    """
    shape = checked_size("vocabulary_size", vocabulary_size), checked_size("width", width)
    numbers = random_generator(seed).standard_normal(shape, dtype=np.float32)  # the table's shape
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
    rows = checked_rows(ids, len(table))  # the shape of ids: (context,) or (batch, context)
    vectors: Vectors = table[rows]  # (context, width) or (batch, context, width)
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
    vocabulary_size = checked_size("vocabulary_size", vocabulary_size)
    rows = checked_rows(ids, vocabulary_size)
    if gradient.shape[:-1] != rows.shape:
        raise ValueError(
            f"ids of shape {rows.shape} need a gradient of shape {(*rows.shape, 'width')}, "
            f"not {gradient.shape}".replace("'", "")
        )

    # Each vector's gradient is added to the row that the vector came from.
    of_table = np.zeros((vocabulary_size, gradient.shape[-1]), gradient.dtype)
    np.add.at(of_table, rows, gradient)  # `of_table[rows] += gradient` would keep only one
    return of_table
