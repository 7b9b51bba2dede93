"""Several heads of attention side by side, with one product of matrices for all of them."""

import numpy as np

from verdict.checks.arrays import Vectors
from verdict.checks.numbers import check_rate, checked_size
from verdict.checks.vectors import check_context, check_heads, check_vectors
from verdict.model.attention import attention_weights, causal_mask
from verdict.model.operations import dropout as drop
from verdict.model.parameters import Parameters, with_biases


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


class MultiHeadAttention:
    """Several heads of causal attention, and a matrix that mixes what they have found.

    Args:
        input_width: How many numbers the vector of a token has.
        output_width: How many numbers the heads have together, and what comes out.
        context_length: How many tokens a text may have.
        heads: How many heads there are. They must divide `output_width`.
        dropout: The share of the weights to drop in training.
        bias: Whether a bias is added to queries, keys and values, as in GPT-2. The output has
            one in any case.
        spread: See `SelfAttention`.
        seed: See `SelfAttention`.
        dtype: See `SelfAttention`.

    Attributes:
        parameters: The arrays "query_key_value", three matrices side by side in one of shape
            (input_width, 3 * output_width); "output", of shape (output_width, output_width); and
            "output_bias". With a bias there is also "query_key_value_bias".
        mask: Which tokens each may look at: shape (context_length, context_length).

    Raises:
        TypeError: If a size or `seed` is no integer, or `dropout` no number.
        ValueError: If a size is below 1, `heads` does not divide `output_width`, `seed` is
            negative, or `dropout` is not from 0 to below 1.

    Examples:
        >>> attention = MultiHeadAttention(768, 768, context_length=1_024, heads=12, seed=1)
        >>> attention(np.ones((2, 5, 768))).shape
        (2, 5, 768)
    """

    def __init__(  # noqa: PLR0913 - all but the sizes have their usual value
        self,
        input_width: int,
        output_width: int,
        context_length: int,
        heads: int,
        *,
        dropout: float = 0.0,
        bias: bool = False,
        spread: float = 0.02,
        seed: int | np.random.Generator | None = None,
        dtype: type[np.floating] = np.float64,
    ) -> None:
        check_rate("dropout", dropout)
        self.dropout = dropout
        self.mask = causal_mask(checked_size("context_length", context_length))
        self.heads = checked_size("heads", heads)
        self.input_width = checked_size("input_width", input_width)
        self.output_width = width = checked_size("output_width", output_width)
        check_heads("output_width", width, self.heads)
        shapes = with_biases({"query_key_value": (self.input_width, 3 * width)}, bias=bias)
        shapes |= with_biases({"output": (width, width)}, bias=True)
        self.parameters = Parameters(shapes, spread=spread, seed=seed, dtype=dtype)

    def __call__(self, vectors: Vectors, generator: np.random.Generator | None = None) -> Vectors:
        """Turn the vectors of texts into context vectors.

        Args:
            vectors: Shape (…, tokens, input_width).
            generator: Decides which weights are dropped, in training. Without one, none is.

        Returns:
            Shape (…, tokens, output_width).

        Raises:
            TypeError: If `vectors` are no array of floating-point numbers, or `generator` is none.
            ValueError: If they have another shape, or more tokens than the context.
        """
        check_vectors("vectors", vectors, self.input_width)
        check_context(tokens := vectors.shape[-2], len(self.mask))
        together = self.parameters.project(vectors, "query_key_value")  # (…, tokens, 3 * width)
        queries, keys, values = (  # each (…, heads, tokens, width / heads)
            split_heads(together[..., start : start + self.output_width], self.heads)
            for start in range(0, 3 * self.output_width, self.output_width)
        )
        weights = attention_weights(queries, keys, self.mask[:tokens, :tokens])
        weights = drop(weights, self.dropout, generator)  # (…, heads, tokens, tokens)
        found = join_heads(weights @ values)  # (…, tokens, width)
        return self.parameters.project(found, "output")
