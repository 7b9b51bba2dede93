"""Where a token stands: positions as vectors to add, or as rotations."""

import numpy as np
from numpy.typing import NDArray

from verdict.embeddings import Vectors, embed_tokens, embedding_table
from verdict.id_arrays import Ids
from verdict.sizes import checked_size

BASE = 10_000
"""How many times slower the slowest pair of numbers turns than the first, nearly."""


def learned_positions(
    context_length: int,
    width: int,
    *,
    seed: int | np.random.Generator | None = None,
    spread: float = 0.01,
) -> NDArray[np.float32]:
    """Make a table of position embeddings to begin training with, as GPT-2 does.

    Args:
        context_length: The number of rows: one for each position, from 0.
        width: The length of each vector, the same as that of the token embeddings.
        seed: For the random numbers, see `embedding_table`.
        spread: The standard deviation of the numbers. GPT-2 begins with 0.01 (model.py of
            its published code).

    Returns:
        The table, of shape (context_length, width).

    Raises:
        TypeError: If a size is no integer.
        ValueError: If a size is below 1.

    Examples:
        >>> learned_positions(1_024, 768, seed=1).shape
        (1024, 768)
    """
    context_length = checked_size("context_length", context_length)
    return embedding_table(context_length, width, seed=seed, spread=spread)


def sinusoidal_positions(context_length: int, width: int) -> NDArray[np.float32]:
    """Compute a table of positions from sines and cosines; nothing in it is learned.

    Each pair of numbers is a point on a circle, and goes round at a speed of its own:
    number 2i of position p is sin(p / 10000^(2i / width)), and number 2i + 1 the cosine of
    the same (Vaswani et al., "Attention Is All You Need", 2017, section 3.5).

    Args:
        context_length: The number of positions.
        width: The length of each vector, an even number.

    Returns:
        The table, of shape (context_length, width).

    Raises:
        TypeError: If a size is no integer.
        ValueError: If a size is below 1, or `width` is odd.

    Examples:
        >>> sinusoidal_positions(3, 4).round(2)
        array([[ 0.  ,  1.  ,  0.  ,  1.  ],
               [ 0.84,  0.54,  0.01,  1.  ],
               [ 0.91, -0.42,  0.02,  1.  ]], dtype=float32)
    """
    places = np.arange(checked_size("context_length", context_length))
    angles = places[:, None] * _speeds(width)
    table = np.empty((len(places), width), np.float32)
    table[:, 0::2] = np.sin(angles)
    table[:, 1::2] = np.cos(angles)
    return table


def rotate_by_position(vectors: Vectors, positions: Ids | int) -> Vectors:
    """Turn each pair of numbers of a vector by an angle that grows with its position.

    The dot product of two turned vectors depends on how far apart they stand, and not on
    where: that makes it a position for self-attention to use (Su et al., "RoFormer: Enhanced
    Transformer with Rotary Position Embedding", 2021, section 3.2.2). Numbers 2i and 2i + 1
    are a pair, and position p turns it by p / 10000^(2i / width) radians.

    Args:
        vectors: Shape (…, width), with an even width.
        positions: The position of each vector; a single one is that of all.

    Returns:
        The turned vectors, each as long as it was.

    Raises:
        TypeError: If `positions` are no integers, or `vectors` no floating-point numbers.
        ValueError: If the width is odd, or the positions do not fit the vectors.

    Examples:
        >>> rotate_by_position(np.array([[1.0, 0.0], [1.0, 0.0]]), [0, 1]).round(2)
        array([[1.  , 0.  ],
               [0.54, 0.84]])
    """
    vectors = np.asarray(vectors)
    if vectors.dtype.kind != "f":
        raise TypeError(f"vectors must be floating-point numbers, not {vectors.dtype}")
    places = np.asarray(positions)
    if places.dtype.kind not in "iu":
        raise TypeError(f"positions must be integers, not {places.dtype}")
    angles = places[..., None] * _speeds(vectors.shape[-1])
    try:
        np.broadcast_to(angles[..., 0], vectors.shape[:-1])
    except ValueError:
        raise ValueError(
            f"positions of shape {places.shape} do not fit vectors of shape {vectors.shape}: "
            "give one position for each vector"
        ) from None
    cosines, sines = np.cos(angles), np.sin(angles)
    firsts, seconds = vectors[..., 0::2], vectors[..., 1::2]
    turned = np.empty_like(vectors)
    turned[..., 0::2] = firsts * cosines - seconds * sines
    turned[..., 1::2] = firsts * sines + seconds * cosines
    return turned


def input_vectors(ids: Ids, token_table: Vectors, position_table: Vectors) -> Vectors:
    """Make what enters the model: the vector of each token plus the vector of its position.

    Args:
        ids: Token IDs, of shape (context,) or (batch, context).
        token_table: Shape (vocabulary_size, width).
        position_table: Shape (context_length, width); its first rows are used.

    Returns:
        Their sum, of shape (context, width) or (batch, context, width).

    Raises:
        TypeError: If `ids` are no integers.
        IndexError: If a token ID has no row.
        ValueError: If a text is longer than the table of positions, or the tables are not
            equally wide.

    Examples:
        >>> tokens, positions = np.eye(3), np.full((4, 3), 0.5)
        >>> input_vectors([2, 0], tokens, positions)
        array([[0.5, 0.5, 1.5],
               [1.5, 0.5, 0.5]])
    """
    if token_table.shape[-1] != position_table.shape[-1]:
        raise ValueError(
            f"token vectors have {token_table.shape[-1]} numbers, and position vectors "
            f"{position_table.shape[-1]}: they can be added only if they have the same number"
        )
    vectors = embed_tokens(token_table, ids)
    if vectors.ndim == 1:
        raise TypeError("ids must be an array or a list of token IDs, not a single one")
    context, known = vectors.shape[-2], len(position_table)
    if context > known:
        raise ValueError(
            f"the text has {context} tokens, the table {known} positions: cut the text"
        )
    total: Vectors = vectors + position_table[:context]
    return total


def _speeds(width: int) -> NDArray[np.float64]:
    """Return by how many radians each pair turns from one position to the next."""
    if checked_size("width", width) % 2:
        raise ValueError(f"width must be even, as its numbers go in pairs, not {width}")
    speeds: NDArray[np.float64] = BASE ** -(np.arange(0, width, 2) / width)
    return speeds
