"""The transformer block: attention and feed-forward, each normalized and with a shortcut."""

from __future__ import annotations

from math import sqrt

import numpy as np

from verdict.checks.arrays import Vectors
from verdict.model.feed_forward import feed_forward
from verdict.model.gpt_config import GPTConfig
from verdict.model.key_value_cache import KeysAndValues
from verdict.model.multi_head_attention import MultiHeadAttention
from verdict.model.normalization import normalize
from verdict.model.operations import dropout as drop
from verdict.model.parameters import Parameters, with_biases


def block(  # noqa: PLR0913 - the last three are for training and for writing
    vectors: Vectors,
    attention: MultiHeadAttention,
    parameters: Parameters,
    *,
    dropout: float = 0.0,
    generator: np.random.Generator | None = None,
    cache: KeysAndValues | None = None,
) -> Vectors:
    """Let tokens look at each other, then change each one, and add both to what came in.

    Each part sees normalized vectors, and what it finds is added to those that are not: this
    is the order of GPT-2, called Pre-LayerNorm.

    Args:
        vectors: Shape (…, tokens, width).
        attention: As wide as the vectors, in and out.
        parameters: Of the rest, in the shapes of `block_shapes`.
        dropout: The share to drop of what each part has found, in training.
        generator: Decides what is dropped. Without one, nothing is.
        cache: What attention has computed for the tokens before these.

    Returns:
        Shape (…, tokens, width).

    Raises:
        TypeError: If `vectors` are no array of floating-point numbers.
        ValueError: If the shapes do not fit, or the text is too long for the attention.

    Examples:
        >>> attention = MultiHeadAttention(8, 8, context_length=4, heads=2, seed=1)
        >>> block(np.ones((2, 4, 8)), attention, Parameters(block_shapes(8), seed=2)).shape
        (2, 4, 8)
    """
    p = parameters
    normal = normalize(vectors, p["norm_1_scale"], p["norm_1_shift"])
    found = attention(normal, generator, cache)  # (…, tokens, width)
    vectors = vectors + drop(found, dropout, generator)  # (…, tokens, width)
    normal = normalize(vectors, p["norm_2_scale"], p["norm_2_shift"])
    found = feed_forward(normal, p)  # (…, tokens, width)
    return vectors + drop(found, dropout, generator)  # (…, tokens, width)


def block_shapes(width: int) -> dict[str, tuple[int, ...]]:
    """List the shapes of a block's parameters, without those of its attention.

    Args:
        width: How many numbers the vector of a token has.

    Returns:
        The shape of each parameter by its name.

    Examples:
        >>> block_shapes(2)["widen"]
        (2, 8)
    """
    norms = ("norm_1_scale", "norm_1_shift", "norm_2_scale", "norm_2_shift")
    matrices = {"widen": (width, 4 * width), "narrow": (4 * width, width)}
    return dict.fromkeys(norms, (width,)) | with_biases(matrices, bias=True)


def new_block(
    config: GPTConfig, *, spread: float, generator: np.random.Generator, dtype: type[np.floating]
) -> tuple[MultiHeadAttention, Parameters]:
    """Make a block of a GPT: its attention, and its other parameters.

    The matrices whose output is added to the shortcut begin with smaller numbers: divided by the
    root of how many such matrices there are in all layers, two in each.
    """
    width = config.width
    attention = MultiHeadAttention(
        width,
        width,
        config.context_length,
        config.heads,
        dropout=config.dropout,
        bias=config.bias,
        spread=spread,
        seed=generator,
        dtype=dtype,
    )
    rest = Parameters(block_shapes(width), spread=spread, seed=generator, dtype=dtype)
    if spread:
        attention.parameters["output"] /= sqrt(2 * config.layers)
        rest["narrow"] /= sqrt(2 * config.layers)
    return attention, rest
