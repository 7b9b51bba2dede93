from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.verdict.model.arrays import batches, lengths, random, seeds
from verdict import (
    MultiHeadAttention,
    Parameters,
    block,
    block_shapes,
    dropout,
    feed_forward,
    normalize,
)

widths = st.sampled_from([(1, 1), (2, 2), (4, 2), (6, 3)])
"""The width, and how many heads share it."""


def parts(width: int, heads: int, seed: int = 1) -> tuple[MultiHeadAttention, Parameters]:
    """The two that a block needs, with large random numbers."""
    random_numbers = np.random.default_rng(seed)
    attention = MultiHeadAttention(width, width, 8, heads, spread=1, seed=random_numbers)
    return attention, Parameters(block_shapes(width), spread=1, seed=random_numbers)


@given(batches, lengths, widths, seeds)
def test_with_output_weights_of_0_a_block_returns_what_it_got_to_the_bit(
    batch: Any, length: int, shape: tuple[int, int], seed: int
) -> None:
    attention, rest = parts(*shape, seed)
    attention.parameters["output"][:] = 0
    rest["narrow"][:] = 0
    vectors = random(seed, *batch, length, shape[0]) * 10
    assert (block(vectors, attention, rest) == vectors).all()


@given(batches, lengths, widths, seeds)
def test_the_shape_stays_and_later_tokens_change_nothing_before_them(
    batch: Any, length: int, shape: tuple[int, int], seed: int
) -> None:
    attention, rest = parts(*shape, seed)
    vectors = random(seed, *batch, length, shape[0])
    found = block(vectors, attention, rest)
    assert found.shape == vectors.shape
    other = vectors.copy()
    other[..., -1, :] += 1
    assert (block(other, attention, rest)[..., :-1, :] == found[..., :-1, :]).all()


def test_the_order_is_norm_attention_add_norm_feed_forward_add() -> None:
    attention, rest = parts(6, 3)
    x = random(2, 4, 6)
    rest["norm_1_scale"], rest["norm_1_shift"] = random(3, 6), random(4, 6)
    rest["norm_2_scale"], rest["norm_2_shift"] = random(5, 6), random(6, 6)
    after = x + attention(normalize(x, rest["norm_1_scale"], rest["norm_1_shift"]))
    normal = normalize(after, rest["norm_2_scale"], rest["norm_2_shift"])
    assert block(x, attention, rest) == pytest.approx(after + feed_forward(normal, rest))


def test_what_each_part_finds_is_dropped_before_it_is_added() -> None:
    attention, rest = parts(4, 2)
    x = random(2, 4, 4)
    draws = np.random.default_rng(5)
    after = x + dropout(attention(normalize(x, np.ones(4), np.zeros(4))), 0.5, draws)
    found = feed_forward(normalize(after, np.ones(4), np.zeros(4)), rest)
    expected = after + dropout(found, 0.5, draws)
    dropped = block(x, attention, rest, dropout=0.5, generator=np.random.default_rng(5))
    assert dropped == pytest.approx(expected)
    assert block(x, attention, rest, dropout=0.5) == pytest.approx(block(x, attention, rest))


def test_vectors_of_another_width_are_refused() -> None:
    attention, rest = parts(4, 2)
    with pytest.raises(ValueError, match=r"scale must have the shape \(3,\), as wide as the"):
        block(np.ones((2, 3)), attention, rest)
    with pytest.raises(ValueError, match="the text has 9 tokens, the context length is 8"):
        block(np.ones((9, 4)), attention, rest)
