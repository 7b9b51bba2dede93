"""Self-attention: each token's vector becomes a weighted sum of what all tokens offer."""

from math import sqrt

import numpy as np
from numpy.typing import NDArray

from verdict.checks.arrays import Vectors
from verdict.checks.numbers import checked_size
from verdict.checks.vectors import check_attention
from verdict.model.operations import hide, softmax


def attention_weights(
    queries: Vectors, keys: Vectors, mask: NDArray[np.bool_] | None = None
) -> Vectors:
    """Compute how much of each token goes into each other: scaled dot products, then softmax.

    This is "Scaled Dot-Product Attention" without its last step, the product with the values
    (Vaswani et al., "Attention Is All You Need", 2017, section 3.2.1).

    Args:
        queries: Shape (…, queries, width): what each token looks for.
        keys: Shape (…, keys, width): what each token is found by.
        mask: True where a query may look at a key; without one, each may look at all.

    Returns:
        The weights, of shape (…, queries, keys). Each row adds up to 1.

    Raises:
        TypeError: If one is no array of its kind.
        ValueError: If the shapes do not fit, or the mask leaves a query nothing to look at.

    Examples:
        >>> vectors = np.array([[1.0, 0.0], [0.0, 2.0]])
        >>> attention_weights(vectors, vectors).round(2)
        array([[0.67, 0.33],
               [0.06, 0.94]])
        >>> attention_weights(vectors, vectors, causal_mask(2)).round(2)
        array([[1.  , 0.  ],
               [0.06, 0.94]])
    """
    check_attention(queries, keys, mask)
    scaled = queries / sqrt(queries.shape[-1])  # (…, queries, width)
    scores: Vectors = scaled @ keys.swapaxes(-1, -2)  # (…, queries, keys)
    if mask is not None:
        scores = hide(scores, mask)
    return softmax(scores)


def causal_mask(tokens: int) -> NDArray[np.bool_]:
    """Say of each token which ones it may look at: itself and those before it.

    Args:
        tokens: How many tokens there are.

    Returns:
        True on the diagonal and below it: shape (tokens, tokens).

    Raises:
        TypeError: If `tokens` is no integer.
        ValueError: If it is below 1.

    Examples:
        >>> causal_mask(3)
        array([[ True, False, False],
               [ True,  True, False],
               [ True,  True,  True]])
    """
    return np.tri(checked_size("tokens", tokens), dtype=np.bool_)
