"""Where a token stands: a vector for each position, to be added to the token's."""

import numpy as np
from numpy.typing import NDArray

from verdict.checks.arrays import Ids, Vectors
from verdict.checks.numbers import checked_size
from verdict.text.embeddings import embed_tokens, embedding_table
from verdict.text.rotation import turning_speeds


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
        TypeError: If a size or `seed` is no integer.
        ValueError: If a size is below 1, or `seed` is negative.

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
    positions = np.arange(checked_size("context_length", context_length))  # (context_length,)
    angles = positions[:, None] * turning_speeds(width)  # (context_length, width / 2)
    table = np.empty((len(positions), width), np.float32)
    table[:, 0::2] = np.sin(angles)
    table[:, 1::2] = np.cos(angles)
    return table


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
    vectors = embed_tokens(token_table, ids)  # (context, width) or (batch, context, width)
    if vectors.ndim == 1:
        raise TypeError("ids must be an array or a list of token IDs, not a single one")
    context, known = vectors.shape[-2], len(position_table)
    if context > known:
        raise ValueError(
            f"the text has {context} tokens, the table {known} positions: cut the text"
        )
    # The same positions, (context, width), are added to each text of a batch.
    total: Vectors = vectors + position_table[:context]
    return total
