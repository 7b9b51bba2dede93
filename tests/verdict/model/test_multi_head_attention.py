from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.verdict.model.arrays import (
    PYTORCH_HEADS,
    TEXTS,
    batches,
    lengths,
    pattern,
    random,
    seeds,
)
from tests.verdict.model.gradient_array import GradientArray
from verdict import CausalAttention, MultiHeadAttention, dropout, join_heads, split_heads

heads_and_widths = st.tuples(st.integers(1, 4), st.integers(1, 4))
"""How many heads, and how wide each is."""


def without_output(attention: MultiHeadAttention) -> MultiHeadAttention:
    """The same attention with an output matrix that changes nothing."""
    attention.parameters["output"] = np.eye(attention.output_width)
    return attention


def stacked(attention: MultiHeadAttention) -> list[CausalAttention]:
    """The heads of an attention, each on its own with its part of the matrix."""
    width = attention.output_width
    one = width // attention.heads
    found = []
    for head in range(attention.heads):
        alone = CausalAttention(attention.input_width, one, len(attention.mask))
        for place, name in enumerate(("query", "key", "value")):
            start = place * width + head * one
            alone.parameters[name] = attention.parameters["query_key_value"][:, start : start + one]
        found.append(alone)
    return found


@given(batches, lengths, heads_and_widths, seeds)
def test_stacked_heads_are_split_weights(
    batch: Any, length: int, shape: tuple[int, int], seed: int
) -> None:
    heads, width = shape
    attention = without_output(
        MultiHeadAttention(3, heads * width, length, heads, spread=1, seed=seed)
    )
    x = random(seed, *batch, length, 3)
    side_by_side = np.concatenate([alone(x) for alone in stacked(attention)], axis=-1)
    assert attention(x) == pytest.approx(side_by_side, rel=1e-13, abs=1e-14)


def test_stacked_heads_are_split_weights_to_the_last_digits() -> None:
    attention = without_output(MultiHeadAttention(3, 4, 6, 2, spread=1, seed=1))
    x = pattern(6, 3, start=1)
    side_by_side = np.concatenate([alone(x) for alone in stacked(attention)], axis=-1)
    assert np.abs(attention(x) - side_by_side).max() <= 1e-15


@given(lengths, st.integers(1, 5), seeds)
def test_one_head_is_plain_attention(length: int, width: int, seed: int) -> None:
    attention = MultiHeadAttention(width, width, length, 1, spread=1, seed=seed)
    alone = stacked(attention)[0]
    x = random(seed, 2, length, width)
    p = attention.parameters
    expected = alone(x) @ p["output"] + p["output_bias"]
    assert attention(x) == pytest.approx(expected, rel=1e-13, abs=1e-13)


def test_equals_pytorch() -> None:
    attention = MultiHeadAttention(6, 6, 5, 3, bias=True)
    attention.parameters.update(
        {
            "query_key_value": pattern(6, 18, start=1),
            "query_key_value_bias": pattern(18, start=2),
            "output": pattern(6, 6, start=3),
            "output_bias": pattern(6, start=4),
        }
    )
    assert attention(TEXTS) == pytest.approx(np.array(PYTORCH_HEADS), abs=1e-12)


@given(batches, lengths, heads_and_widths, seeds)
def test_joining_undoes_splitting(
    batch: Any, length: int, shape: tuple[int, int], seed: int
) -> None:
    heads, width = shape
    x = random(seed, *batch, length, heads * width)
    parts = split_heads(x, heads)
    assert parts.shape == (*batch, heads, length, width)
    for head in range(heads):
        expected = x[..., head * width : (head + 1) * width]
        assert (parts[..., head, :, :] == expected).all()
    assert (join_heads(parts) == x).all()


def test_dropout_draws_its_own_numbers_for_each_head() -> None:
    attention = without_output(MultiHeadAttention(2, 2, 3, 2, dropout=0.5, seed=1))
    matrix = attention.parameters["query_key_value"]
    matrix[:] = 0
    matrix[:, 4:] = 1  # all weights are equal, and all values too
    x = np.full((3, 2), 0.5)
    shares = np.tri(3) / np.arange(1, 4)[:, None]
    kept = dropout(np.stack([shares, shares]), 0.5, np.random.default_rng(5))
    out = attention(x, np.random.default_rng(5))
    assert out == pytest.approx(kept.sum(axis=-1).T)


@given(lengths, seeds)
def test_runs_as_it_is_on_an_array_that_remembers_its_gradient(length: int, seed: int) -> None:
    attention = MultiHeadAttention(3, 4, length, 2, bias=True, dropout=0.25, spread=1, seed=seed)
    x, towards = random(seed, 2, length, 3), random(seed + 1, 2, length, 4)

    def loss() -> Any:
        return (attention(x, np.random.default_rng(1)) * towards).sum()

    arrays = dict(attention.parameters)
    before = loss()
    traced = {name: GradientArray(array) for name, array in arrays.items()}
    attention.parameters.update(traced)  # type: ignore[arg-type]
    out: Any = attention(GradientArray(x), np.random.default_rng(1))  # type: ignore[arg-type]
    assert (out.value * towards).sum() == pytest.approx(before, abs=1e-12)
    out.send(towards)
    attention.parameters.update(arrays)
    for name, array in arrays.items():
        place = tuple(np.random.default_rng(seed).integers(array.shape))
        losses = []
        for step in (1e-5, -1e-5):
            attention.parameters[name] = array.copy()
            attention.parameters[name][place] += step
            losses.append(loss())
        attention.parameters[name] = array
        nudged = (losses[0] - losses[1]) / 2e-5
        assert traced[name].gradient[place] == pytest.approx(nudged, abs=1e-7)


@pytest.mark.parametrize(("width", "heads"), [(8, 3), (4, 8), (7, 2)])
def test_a_width_that_heads_cannot_share_is_refused(width: int, heads: int) -> None:
    with pytest.raises(ValueError, match=f"output_width {width} cannot be shared by {heads} heads"):
        MultiHeadAttention(3, width, 5, heads)
    with pytest.raises(ValueError, match=f"width {width} cannot be shared by {heads} heads"):
        split_heads(np.ones((5, width)), heads)


@pytest.mark.parametrize(
    ("heads", "error", "message"),
    [
        (0, ValueError, "heads must be 1 or more"),
        (2.0, TypeError, "heads must be an int, not float"),
    ],
)
def test_a_number_of_heads_that_is_none_is_refused(
    heads: Any, error: type[Exception], message: str
) -> None:
    with pytest.raises(error, match=message):
        MultiHeadAttention(4, 4, 5, heads)
    with pytest.raises(error, match=message):
        split_heads(np.ones((5, 4)), heads)


def test_what_cannot_be_split_or_joined_is_refused() -> None:
    with pytest.raises(ValueError, match=r"the shape \(…, tokens, width\), not \(4,\)"):
        split_heads(np.ones(4), 2)
    with pytest.raises(TypeError, match="vectors must be floating-point numbers, not int"):
        split_heads(np.ones((2, 4), int), 2)
    with pytest.raises(ValueError, match=r"shape \(…, heads, tokens, width\), not \(2, 4\)"):
        join_heads(np.ones((2, 4)))
    with pytest.raises(TypeError, match="vectors must be an array"):
        join_heads([[[1.0]]])  # type: ignore[arg-type]
