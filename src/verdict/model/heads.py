"""Sharing vectors among heads, and putting them together again."""

from verdict.checks.arrays import Vectors
from verdict.checks.numbers import checked_size
from verdict.checks.vectors import check_heads, check_vectors


def split_heads(vectors: Vectors, heads: int) -> Vectors:
    """Share the numbers of each vector among heads, each of which then sees all tokens.

    Args:
        vectors: Shape (…, tokens, width).
        heads: How many heads there are. They must divide the width.

    Returns:
        Shape (…, heads, tokens, width / heads).

    Raises:
        TypeError: If `vectors` are no array of floating-point numbers, or `heads` no integer.
        ValueError: If the shape is another, or `heads` does not divide the width.

    Examples:
        >>> import numpy as np
        >>> split_heads(np.array([[1.0, 2.0, 3.0, 4.0], [5.0, 6.0, 7.0, 8.0]]), 2)
        array([[[1., 2.],
                [5., 6.]],
        <BLANKLINE>
               [[3., 4.],
                [7., 8.]]])
    """
    check_vectors("vectors", vectors)
    heads = checked_size("heads", heads)
    *batch, tokens, width = vectors.shape
    check_heads("width", width, heads)
    parts = vectors.reshape(*batch, tokens, heads, width // heads)
    return parts.swapaxes(-2, -3)  # (…, heads, tokens, width / heads)


def join_heads(vectors: Vectors) -> Vectors:
    """Put what the heads have found for a token side by side again: undo `split_heads`.

    Args:
        vectors: Shape (…, heads, tokens, width of a head).

    Returns:
        Shape (…, tokens, heads * width of a head).

    Raises:
        TypeError: If `vectors` are no array of floating-point numbers.
        ValueError: If they have less than three axes.

    Examples:
        >>> import numpy as np
        >>> join_heads(np.ones((8, 12, 5, 64))).shape
        (8, 5, 768)
    """
    check_vectors("vectors", vectors)
    if len(vectors.shape) < 3:
        raise ValueError(
            f"vectors must have the shape (…, heads, tokens, width), not {vectors.shape}"
        )
    *batch, heads, tokens, width = vectors.shape
    parts = vectors.swapaxes(-2, -3)  # (…, tokens, heads, width of a head)
    return parts.reshape(*batch, tokens, heads * width)
