from math import exp, sqrt
from typing import Any

import numpy as np
import pytest
from hypothesis import given

from tests.verdict.model.arrays import (
    KEY,
    PYTORCH_CAUSAL,
    PYTORCH_PLAIN,
    QUERY,
    TEXTS,
    VALUE,
    batches,
    lengths,
    random,
    seeds,
    widths,
)
from verdict import attention_weights, causal_mask


def slowly(queries: Any, keys: Any, mask: Any) -> list[list[float]]:
    """The weights of one text, a number at a time."""
    rows = []
    for i, query in enumerate(queries.tolist()):
        powers = []
        for j, key in enumerate(keys.tolist()):
            score = sum(q * k for q, k in zip(query, key, strict=True)) / sqrt(len(key))
            powers.append(exp(score) if mask is None or mask[i, j] else 0.0)
        rows.append([power / sum(powers) for power in powers])
    return rows


@given(batches, lengths, lengths, widths, seeds)
def test_rows_add_up_to_1(batch: Any, first: int, second: int, width: int, seed: int) -> None:
    queries, keys = random(seed, *batch, first, width), random(seed + 1, *batch, second, width)
    weights = attention_weights(queries, keys)
    assert weights.shape == (*batch, first, second)
    assert weights.sum(axis=-1) == pytest.approx(1, abs=1e-12)
    assert (weights > 0).all()


@given(lengths, widths, seeds)
def test_equals_the_loop_with_a_mask_and_without(length: int, width: int, seed: int) -> None:
    queries, keys = random(seed, 2, length, width)
    for mask in (None, causal_mask(length)):
        assert attention_weights(queries, keys, mask) == pytest.approx(
            np.array(slowly(queries, keys, mask)), abs=1e-14
        )


@given(batches, lengths, widths, seeds)
def test_each_text_of_a_batch_is_on_its_own(batch: Any, length: int, width: int, seed: int) -> None:
    queries, keys = random(seed, 2, *batch, length, width)
    mask = causal_mask(length)
    together = attention_weights(queries, keys, mask)
    for place in np.ndindex(batch):
        alone = attention_weights(queries[place], keys[place], mask)
        assert together[place] == pytest.approx(alone, abs=1e-15)


@given(lengths, widths, seeds)
def test_shuffled_tokens_shuffle_the_weights_and_no_more(
    length: int, width: int, seed: int
) -> None:
    queries, keys = random(seed, 2, length, width)
    order = np.random.default_rng(seed).permutation(length)
    shuffled = attention_weights(queries[order], keys[order])
    assert shuffled == pytest.approx(attention_weights(queries, keys)[order][:, order], abs=1e-15)


@given(lengths, widths, seeds)
def test_a_context_vector_lies_among_the_values(length: int, width: int, seed: int) -> None:
    queries, keys, values = random(seed, 3, length, width)
    context = attention_weights(queries, keys) @ values
    assert (context >= values.min(axis=0) - 1e-12).all()
    assert (context <= values.max(axis=0) + 1e-12).all()


@given(lengths, widths, seeds)
def test_a_row_that_sees_one_token_returns_its_value(length: int, width: int, seed: int) -> None:
    queries, keys, values = random(seed, 3, length, width)
    seen = np.random.default_rng(seed).integers(length, size=length)
    mask = np.eye(length, dtype=bool)[seen]
    assert (attention_weights(queries, keys, mask) @ values == values[seen]).all()


@given(lengths, widths, seeds)
def test_hiding_afterwards_and_dividing_again_gives_the_same(
    length: int, width: int, seed: int
) -> None:
    queries, keys = random(seed, 2, length, width)
    mask = causal_mask(length)
    later = attention_weights(queries, keys) * mask
    later /= later.sum(axis=-1, keepdims=True)
    assert attention_weights(queries, keys, mask) == pytest.approx(later, abs=1e-13)


def test_equals_pytorch() -> None:
    queries, keys, values = (TEXTS @ matrix for matrix in (QUERY, KEY, VALUE))
    plain = attention_weights(queries, keys) @ values
    assert plain[0] == pytest.approx(np.array(PYTORCH_PLAIN), abs=1e-12)
    causal = attention_weights(queries, keys, causal_mask(4)) @ values
    assert causal[0] == pytest.approx(np.array(PYTORCH_CAUSAL), abs=1e-12)


def test_fewer_queries_than_keys_and_one_text_for_a_batch_of_queries() -> None:
    queries, keys = random(1, 3, 1, 4), random(2, 5, 4)
    weights = attention_weights(queries, keys)
    assert weights.shape == (3, 1, 5)
    for place in range(3):
        alone = attention_weights(queries[place], keys)
        assert weights[place] == pytest.approx(alone, abs=1e-15)


def test_what_goes_in_stays_as_it_is_and_keeps_its_type() -> None:
    queries, keys = random(1, 2, 3, 4).astype(np.float32)
    before = queries.copy(), keys.copy()
    assert attention_weights(queries, keys, causal_mask(3)).dtype == np.float32
    assert (queries == before[0]).all()
    assert (keys == before[1]).all()


def test_the_mask_is_true_on_the_diagonal_and_below() -> None:
    assert causal_mask(1).tolist() == [[True]]
    mask = causal_mask(6)
    assert mask.dtype == np.bool_
    for i, j in np.ndindex(6, 6):
        assert mask[i, j] == (j <= i)


@pytest.mark.parametrize(
    ("queries", "keys", "mask", "error", "message"),
    [
        ([[1.0]], np.ones((1, 1)), None, TypeError, "queries must be an array .* not list"),
        (np.ones((1, 1)), np.ones((1, 1), int), None, TypeError, "keys must be floating-point"),
        (np.ones(3), np.ones((1, 3)), None, ValueError, r"queries must have the shape \(…, tok"),
        (np.ones((2, 3)), np.ones((2, 4)), None, ValueError, "keys must be 3 numbers wide, .* 4"),
        (np.ones((0, 3)), np.ones((2, 3)), None, ValueError, r"shape \(0, 3\) are empty"),
        (np.ones((2, 0)), np.ones((2, 0)), None, ValueError, "one token is the least"),
        (np.ones((2, 5, 3)), np.ones((4, 5, 3)), None, ValueError, "do not belong together"),
        (np.ones((2, 3)), np.ones((2, 3)), np.ones((2, 2)), TypeError, "true and false"),
        (np.ones((2, 3)), np.ones((2, 3)), causal_mask(3), ValueError, "does not fit scores"),
        (np.ones((2, 3)), np.ones((2, 3)), ~causal_mask(2), ValueError, "hides everything"),
    ],
)
def test_what_cannot_be_compared_is_refused(
    queries: Any, keys: Any, mask: Any, error: type[Exception], message: str
) -> None:
    with pytest.raises(error, match=message):
        attention_weights(queries, keys, mask)


def test_a_mask_of_no_token_is_refused() -> None:
    with pytest.raises(ValueError, match="tokens must be 1 or more, not 0"):
        causal_mask(0)
