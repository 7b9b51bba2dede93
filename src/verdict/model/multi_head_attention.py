"""Several heads of attention side by side, with one product of matrices for all of them."""

from __future__ import annotations

import numpy as np

from verdict.checks.arrays import Vectors
from verdict.checks.numbers import checked_size
from verdict.checks.vectors import check_context, check_heads, check_vectors
from verdict.model.attention import attention_weights
from verdict.model.heads import join_heads, split_heads
from verdict.model.key_value_cache import KeysAndValues
from verdict.model.operations import dropout as drop
from verdict.model.parameters import with_biases
from verdict.model.self_attention import CausalAttention


class MultiHeadAttention(CausalAttention):
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
        self.heads = checked_size("heads", heads)
        check_heads("output_width", checked_size("output_width", output_width), self.heads)
        super().__init__(
            input_width,
            output_width,
            context_length,
            dropout=dropout,
            bias=bias,
            spread=spread,
            seed=seed,
            dtype=dtype,
        )

    def _shapes(self, *, bias: bool) -> dict[str, tuple[int, ...]]:
        width = self.output_width
        shapes = with_biases({"query_key_value": (self.input_width, 3 * width)}, bias=bias)
        return shapes | with_biases({"output": (width, width)}, bias=True)

    def __call__(
        self,
        vectors: Vectors,
        generator: np.random.Generator | None = None,
        cache: KeysAndValues | None = None,
    ) -> Vectors:
        """Turn the vectors of texts into context vectors.

        Args:
            vectors: Shape (…, tokens, input_width).
            generator: Decides which weights are dropped, in training. Without one, none is.
            cache: The keys and values of the tokens before these, which the new ones join.

        Returns:
            Shape (…, tokens, output_width).

        Raises:
            TypeError: If `vectors` are no array of floating-point numbers, or `generator` is none.
            ValueError: If they have another shape, or more tokens than the context.
        """
        check_vectors("vectors", vectors, self.input_width)
        before = cache.length if cache else 0
        check_context(tokens := before + vectors.shape[-2], len(self.mask))
        width, project = self.output_width, self.parameters.project
        together = project(vectors, "query_key_value")  # (…, tokens, 3 * width)
        queries, keys, values = (  # each (…, heads, tokens, width / heads)
            split_heads(together[..., start : start + width], self.heads)
            for start in range(0, 3 * width, width)
        )
        if cache:
            keys, values = cache.extend(keys, values)
        mask = self.mask[before:tokens, :tokens]  # (new tokens, tokens)
        weights = attention_weights(queries, keys, mask)
        weights = drop(weights, self.dropout, generator)  # as mask, of each head
        found = join_heads(weights @ values)  # (…, tokens, width)
        return project(found, "output")  # (…, tokens, width)
