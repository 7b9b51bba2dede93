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
from verdict import (
    CausalAttention,
    MultiHeadAttention,
    SelfAttention,
    attention_weights,
    causal_mask,
    dropout,
)


def causal(kind: type[Any], length: int, seed: int, **options: Any) -> Any:
    """Attention of either kind with no small numbers in it, 4 wide; with heads, two of them."""
    heads = {"heads": 2} if kind is MultiHeadAttention else {}
    return kind(4, 4, length, seed=seed, spread=1, **heads, **options)


every_causal = pytest.mark.parametrize("kind", [CausalAttention, MultiHeadAttention])


def with_oracle_weights(attention: Any) -> Any:
    attention.parameters.update({"query": QUERY, "key": KEY, "value": VALUE})
    return attention


def test_equals_pytorch() -> None:
    plain = with_oracle_weights(SelfAttention(6, 4))
    assert plain(TEXTS)[0] == pytest.approx(np.array(PYTORCH_PLAIN), abs=1e-12)
    masked = with_oracle_weights(CausalAttention(6, 4, 9))
    assert masked(TEXTS)[0] == pytest.approx(np.array(PYTORCH_CAUSAL), abs=1e-12)


@given(batches, lengths, widths, widths, seeds)
def test_is_projections_then_weights_then_a_weighted_sum(
    batch: Any, length: int, width: int, output: int, seed: int
) -> None:
    attention = SelfAttention(width, output, bias=True, spread=1, seed=seed)
    for name in ("query", "key", "value"):
        attention.parameters[f"{name}_bias"] = random(seed, output)
    p = attention.parameters
    x = random(seed, *batch, length, width)
    weights = attention_weights(x @ p["query"] + p["query_bias"], x @ p["key"] + p["key_bias"])
    expected = weights @ (x @ p["value"] + p["value_bias"])
    assert attention(x) == pytest.approx(expected, abs=1e-12)
    assert attention(x).shape == (*batch, length, output)


@given(lengths, seeds)
def test_shuffled_tokens_shuffle_what_comes_out_and_no_more(length: int, seed: int) -> None:
    attention, x = SelfAttention(4, 3, spread=1, seed=seed), random(seed, length, 4)
    order = np.random.default_rng(seed).permutation(length)
    assert attention(x[order]) == pytest.approx(attention(x)[order], abs=1e-13)


@every_causal
@given(length=lengths, seed=seeds)
def test_no_later_token_changes_an_output_to_the_last_bit(
    kind: type[Any], length: int, seed: int
) -> None:
    attention, x = causal(kind, length, seed), random(seed, 2, length, 4)
    before = attention(x)
    for place in range(length):
        changed = x.copy()
        changed[:, place:] = random(seed + 1, 2, length - place, 4) * 10
        assert (attention(changed)[:, :place] == before[:, :place]).all()


@every_causal
def test_a_token_changes_its_own_output(kind: type[Any]) -> None:
    attention, x = causal(kind, 5, seed=1), random(1, 5, 4)
    for place in range(5):
        changed = x.copy()
        changed[place] += 1
        assert not np.isclose(attention(changed)[place], attention(x)[place]).all()


@every_causal
def test_a_short_text_gives_what_the_beginning_of_a_longer_one_gives(kind: type[Any]) -> None:
    attention, x = causal(kind, 8, seed=1), random(1, 3, 8, 4)
    for tokens in range(1, 9):
        assert attention(x[:, :tokens]) == pytest.approx(attention(x)[:, :tokens], abs=1e-14)


@every_causal
@pytest.mark.parametrize("batch", [(), (1,), (3,), (2, 3)])
def test_each_text_of_a_batch_is_on_its_own(kind: type[Any], batch: tuple[int, ...]) -> None:
    attention, x = causal(kind, 5, seed=1), random(1, *batch, 5, 4)
    for place in np.ndindex(batch):
        assert attention(x)[place] == pytest.approx(attention(x[place]), abs=1e-14)


def test_the_first_token_sees_itself_alone() -> None:
    attention, x = causal(CausalAttention, 5, seed=1), random(1, 5, 4)
    value = x @ attention.parameters["value"]
    assert attention(x)[0] == pytest.approx(value[0], abs=1e-15)


@every_causal
def test_dropout_acts_on_the_weights_and_only_with_a_generator(kind: type[Any]) -> None:
    careful, dropping = causal(kind, 5, 1), causal(kind, 5, 1, dropout=0.5)
    x = random(2, 5, 4)
    assert (dropping(x) == careful(x)).all()
    assert (careful(x, np.random.default_rng(1)) == careful(x)).all()
    first, second, other = (dropping(x, np.random.default_rng(seed)) for seed in (1, 1, 2))
    assert (first == second).all()
    assert not np.isclose(first, other).all()
    assert not np.isclose(first, careful(x)).all()


def test_dropout_comes_after_the_mask_and_before_the_values() -> None:
    attention, x = causal(CausalAttention, 5, 1, dropout=0.5), random(2, 5, 4)
    p = attention.parameters
    weights = attention_weights(x @ p["query"], x @ p["key"], causal_mask(5))
    expected = dropout(weights, 0.5, np.random.default_rng(3)) @ (x @ p["value"])
    assert attention(x, np.random.default_rng(3)) == pytest.approx(expected, abs=1e-14)


@pytest.mark.parametrize("kind", [SelfAttention, CausalAttention, MultiHeadAttention])
def test_begins_with_small_numbers_of_the_type_that_was_asked_for(kind: type[Any]) -> None:
    sizes = {SelfAttention: (64, 64), CausalAttention: (64, 64, 9)}.get(kind, (64, 64, 9, 8))
    attention = kind(*sizes, seed=1, bias=True, dtype=np.float32)
    again, other = kind(*sizes, seed=1, bias=True), kind(*sizes, seed=2, bias=True)
    for name, array in attention.parameters.items():
        assert array.dtype == np.float32
        assert array == pytest.approx(again.parameters[name], abs=1e-6)
        if name.endswith("_bias"):
            assert not array.any()
        else:
            assert array.std() == pytest.approx(0.02, rel=0.05)
            assert not np.isclose(array, other.parameters[name]).all()
    assert attention(np.ones((2, 9, 64), np.float32)).dtype == np.float32
    wide = kind(*sizes, spread=0.06, seed=1).parameters
    assert not wide.keys() & {"query_bias", "query_key_value_bias"}
    for name in wide.keys() - {"output_bias"}:
        assert wide[name] == pytest.approx(3 * again.parameters[name], abs=1e-15)


@pytest.mark.parametrize(
    ("vectors", "error", "message"),
    [
        ([[1.0, 2.0]], TypeError, "vectors must be an array .* not list"),
        (np.ones((5, 4), int), TypeError, r"vectors\.astype\(float\) are"),
        (np.ones(4), ValueError, r"vectors must have the shape \(…, tokens, width\), not \(4,\)"),
        (np.ones((5, 3)), ValueError, r"vectors must be 4 numbers wide, and are 3: \(5, 3\)"),
        (np.ones((0, 4)), ValueError, "one token is the least"),
    ],
)
@pytest.mark.parametrize("kind", [SelfAttention, CausalAttention, MultiHeadAttention])
def test_vectors_that_do_not_fit_are_refused(
    kind: type[Any], vectors: Any, error: type[Exception], message: str
) -> None:
    attention = SelfAttention(4, 4) if kind is SelfAttention else causal(kind, 5, 1)
    with pytest.raises(error, match=message):
        attention(vectors)


@every_causal
def test_a_text_longer_than_the_context_is_refused(kind: type[Any]) -> None:
    with pytest.raises(ValueError, match="has 6 tokens, the context length is 5: cut the text"):
        causal(kind, 5, 1)(np.ones((2, 6, 4)))


@every_causal
@pytest.mark.parametrize(
    ("length", "error", "message"),
    [
        (0, ValueError, "context_length must be 1 or more"),
        (2.5, TypeError, "context_length must be an int, not float"),
    ],
)
def test_a_context_without_a_length_is_refused(
    kind: type[Any], length: Any, error: type[Exception], message: str
) -> None:
    with pytest.raises(error, match=message):
        causal(kind, length, 1)


@every_causal
@pytest.mark.parametrize("rate", [1, -0.5, 1.5])
def test_a_rate_that_drops_all_or_less_than_nothing_is_refused(
    kind: type[Any], rate: float
) -> None:
    with pytest.raises(ValueError, match="dropout must be 0 or more and below 1"):
        causal(kind, 5, 1, dropout=rate)


@every_causal
def test_a_seed_in_place_of_a_generator_is_refused(kind: type[Any]) -> None:
    with pytest.raises(TypeError, match="generator must be one of NumPy's"):
        causal(kind, 5, 1, dropout=0.5)(np.ones((5, 4)), 123)
