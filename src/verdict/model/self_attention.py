"""Attention with parameters: one head, looking at all tokens or at no later ones."""

import numpy as np

from verdict.checks.arrays import Vectors
from verdict.checks.numbers import check_rate, checked_size
from verdict.checks.vectors import check_context, check_vectors
from verdict.model.attention import attention_weights, causal_mask
from verdict.model.operations import dropout as drop
from verdict.model.parameters import Parameters, with_biases

NAMES = ("query", "key", "value")
"""What each token is turned into, and the names of the three matrices that do it."""


class SelfAttention:
    """Attention in which each token looks at all tokens, by three matrices that can be trained.

    Args:
        input_width: How many numbers the vector of a token has.
        output_width: How many numbers its query, key and value have, and what comes out.
        bias: Whether a bias is added to each of the three.
        spread: The standard deviation of the random numbers that the matrices begin with. GPT-2
            begins with 0.02 (model.py of its published code).
        seed: For these numbers, see `embedding_table`.
        dtype: Their type.

    Attributes:
        parameters: The arrays "query", "key" and "value", of shape (input_width, output_width);
            with a bias, "query_bias" and so on, of shape (output_width,).

    Raises:
        TypeError: If a width or `seed` is no integer.
        ValueError: If a width is below 1, or `seed` is negative.

    Examples:
        >>> attention = SelfAttention(3, 2, seed=1)
        >>> attention(np.ones((6, 3))).shape
        (6, 2)
    """

    def __init__(  # noqa: PLR0913 - all but the sizes have their usual value
        self,
        input_width: int,
        output_width: int,
        *,
        bias: bool = False,
        spread: float = 0.02,
        seed: int | np.random.Generator | None = None,
        dtype: type[np.floating] = np.float64,
    ) -> None:
        self.input_width = checked_size("input_width", input_width)
        self.output_width = checked_size("output_width", output_width)
        shapes = self._shapes(bias=bias)
        self.parameters = Parameters(shapes, spread=spread, seed=seed, dtype=dtype)

    def _shapes(self, *, bias: bool) -> dict[str, tuple[int, ...]]:
        matrices = dict.fromkeys(NAMES, (self.input_width, self.output_width))
        return with_biases(matrices, bias=bias)

    def __call__(self, vectors: Vectors) -> Vectors:
        """Turn the vectors of texts into context vectors.

        Args:
            vectors: Shape (…, tokens, input_width).

        Returns:
            Shape (…, tokens, output_width).

        Raises:
            TypeError: If `vectors` are no array of floating-point numbers.
            ValueError: If they have another shape.
        """
        check_vectors("vectors", vectors, self.input_width)
        project = self.parameters.project
        queries, keys, values = (project(vectors, name) for name in NAMES)
        weights = attention_weights(queries, keys)  # (…, tokens, tokens)
        return weights @ values  # (…, tokens, output_width)


class CausalAttention(SelfAttention):
    """Attention in which each token looks at itself and at those before it.

    Args:
        input_width: How many numbers the vector of a token has.
        output_width: How many numbers its query, key and value have, and what comes out.
        context_length: How many tokens a text may have.
        dropout: The share of the weights to drop in training.
        bias: Whether a bias is added to queries, keys and values.
        spread: See `SelfAttention`.
        seed: See `SelfAttention`.
        dtype: See `SelfAttention`.

    Attributes:
        parameters: The arrays "query", "key" and "value", of shape (input_width, output_width);
            with a bias, "query_bias" and so on, of shape (output_width,).
        mask: Which tokens each may look at: shape (context_length, context_length).

    Raises:
        TypeError: If a size or `seed` is no integer, or `dropout` no number.
        ValueError: If a size is below 1, `seed` is negative, or `dropout` is not from 0 to below 1.

    Examples:
        >>> attention = CausalAttention(3, 2, context_length=6, seed=1)
        >>> attention(np.ones((8, 4, 3))).shape
        (8, 4, 2)
    """

    def __init__(  # noqa: PLR0913 - all but the sizes have their usual value
        self,
        input_width: int,
        output_width: int,
        context_length: int,
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
        super().__init__(
            input_width, output_width, bias=bias, spread=spread, seed=seed, dtype=dtype
        )

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
        project = self.parameters.project
        queries, keys, values = (project(vectors, name) for name in NAMES)
        weights = attention_weights(queries, keys, self.mask[:tokens, :tokens])
        weights = drop(weights, self.dropout, generator)  # (…, tokens, tokens)
        return weights @ values  # (…, tokens, output_width)
