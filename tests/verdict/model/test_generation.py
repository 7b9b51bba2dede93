from collections import Counter
from itertools import islice
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.verdict.model.arrays import random, seeds
from tests.verdict.model.small_gpt import IDS, SMALL, TRANSFORMERS_GREEDY, small_model
from verdict import GPT, draw_token, generate, next_token_shares, softmax

counts = st.integers(1, 12)


def model(seed: int = 1) -> GPT:
    return GPT(SMALL, spread=1, seed=seed)


def test_greedy_equals_transformers() -> None:
    assert list(generate(small_model(), IDS[0], 3)) == TRANSFORMERS_GREEDY


@settings(max_examples=25)
@given(seeds, st.sampled_from([0, 0.5, 1.0, 2.0]), st.sampled_from([None, 1, 3, 100]))
def test_the_cache_changes_no_token_beyond_the_context_either(
    seed: int, temperature: float, top_k: int | None
) -> None:
    chosen: Any = {"temperature": temperature, "top_k": top_k, "seed": seed}
    with_it = list(generate(model(seed), [1, 2], 20, **chosen))
    without = list(generate(model(seed), [1, 2], 20, cache=False, **chosen))
    assert with_it == without
    assert len(with_it) == 20


def test_the_same_seed_writes_the_same_and_another_writes_something_else() -> None:
    first, same, other = (
        list(generate(model(), [1], 20, temperature=2, seed=seed)) for seed in (1, 1, 2)
    )
    assert first == same
    assert first != other


def test_a_token_is_there_as_soon_as_it_is_known_and_the_callers_list_stays() -> None:
    ids = [1, 2]
    endless = generate(model(), ids, 1_000_000_000)
    assert len(list(islice(endless, 3))) == 3
    assert ids == [1, 2]
    assert list(generate(model(), ids, 0)) == []


def test_the_text_ends_before_a_stop_token() -> None:
    whole = list(generate(model(), [1, 2], 20, temperature=2, seed=3))
    stop = whole[4]
    expected = whole[: whole.index(stop)]
    assert list(generate(model(), [1, 2], 20, temperature=2, seed=3, stop={stop, 99})) == expected


def test_a_text_longer_than_the_context_is_continued_from_its_last_tokens() -> None:
    long = [1, 2, 3, 4, 5, 6, 7, 8, 9, 1, 2]
    assert list(generate(model(), long, 5)) == list(generate(model(), long[-8:], 5))


@given(seeds, counts)
def test_shares_without_a_cut_are_those_of_softmax(seed: int, count: int) -> None:
    scores = random(seed, count) * 3
    assert (next_token_shares(scores) == softmax(scores)).all()
    assert next_token_shares(scores, top_k=count + 5) == pytest.approx(softmax(scores))
    assert next_token_shares(scores, top_p=1) == pytest.approx(softmax(scores))
    assert next_token_shares(scores, temperature=2) == pytest.approx(softmax(scores / 2))


@given(
    seeds,
    counts,
    st.sampled_from([0.0, 1e-300, 0.1, 1.0, 50.0]),
    st.none() | st.integers(1, 9),
    st.none() | st.floats(0.001, 1),
)
def test_shares_add_up_to_1_and_the_likeliest_is_always_among_them(
    seed: int, count: int, temperature: float, top_k: int | None, top_p: float | None
) -> None:
    scores = random(seed, count)
    shares = next_token_shares(scores, temperature=temperature, top_k=top_k, top_p=top_p)
    assert shares.sum() == pytest.approx(1)
    assert shares.argmax() == scores.argmax()
    assert (shares >= 0).all()
    if top_k is not None:
        assert (shares > 0).sum() <= top_k


@given(seeds, counts, st.floats(0.001, 0.999))
def test_top_p_leaves_the_fewest_tokens_that_are_enough(
    seed: int, count: int, top_p: float
) -> None:
    scores = random(seed, count)
    whole = softmax(scores)
    left = next_token_shares(scores, top_p=top_p) > 0
    assert whole[left].sum() >= top_p - 1e-12
    assert whole[left].sum() - whole[left].min() < top_p
    assert whole[~left].max(initial=0) <= whole[left].min()


def test_temperature_0_and_top_k_1_leave_the_first_of_the_largest() -> None:
    scores = np.array([1.0, 3.0, 2.0, 3.0])
    assert next_token_shares(scores, temperature=0).tolist() == [0, 1, 0, 0]
    assert next_token_shares(scores, top_k=1).tolist() == [0, 1, 0, 0]
    assert next_token_shares(scores, temperature=1e-320).tolist() == [0, 0.5, 0, 0.5]


def test_a_hidden_score_gets_no_share() -> None:
    scores = np.array([1.0, -np.inf, 1.0])
    for chosen in ({}, {"top_k": 3}, {"top_p": 0.9}, {"temperature": 0.5}):
        assert next_token_shares(scores, **chosen)[1] == 0


def test_tokens_are_drawn_as_often_as_their_shares_say_and_never_at_0() -> None:
    shares = np.array([0.0, 0.5, 0.0, 0.2, 0.3, 0.0])
    draws = np.random.default_rng(1)
    drawn = Counter(draw_token(shares, draws) for _ in range(5_000))
    assert set(drawn) == {1, 3, 4}
    for token, times in drawn.items():
        assert times / 5_000 == pytest.approx(shares[token], abs=0.03)


@pytest.mark.parametrize("number", [0.0, 0.5, 1 - 2**-53])
def test_the_ends_of_the_draw_fall_on_tokens_that_have_a_share(number: float) -> None:
    class Fixed(np.random.Generator):
        def random(self) -> float:  # type: ignore[override]
            return number

    shares = np.array([0.0, 0.1, 0.2, 0.3, 0.4, 0.0])
    assert shares[draw_token(shares, Fixed(np.random.PCG64(1)))] > 0


@pytest.mark.parametrize(
    ("settings", "error", "message"),
    [
        ({"temperature": -1}, ValueError, "temperature must be 0 or more, such as 0.8, not -1"),
        ({"temperature": float("nan")}, ValueError, "not nan"),
        ({"temperature": float("inf")}, ValueError, "not inf"),
        ({"temperature": "1"}, TypeError, "temperature must be a number, not str"),
        ({"top_k": 0}, ValueError, "top_k must be 1 or more, not 0"),
        ({"top_k": 2.0}, TypeError, "top_k must be an int, not float"),
        ({"top_p": 0}, ValueError, "top_p must be above 0 and at most 1, such as 0.9, not 0"),
        ({"top_p": 1.5}, ValueError, "not 1.5"),
        ({"top_p": True}, TypeError, "top_p must be a number, not bool"),
    ],
)
def test_settings_out_of_range_are_refused_before_anything_is_computed(
    settings: Any, error: type[Exception], message: str
) -> None:
    with pytest.raises(error, match=message):
        generate(model(), [1], 5, **settings)
    with pytest.raises(error, match=message):
        next_token_shares(np.ones(3), **settings)


@pytest.mark.parametrize(
    ("ids", "max_tokens", "error", "message"),
    [
        ([], 5, ValueError, "ids must have one token at least: the text begins with it"),
        ([[1, 2]], 5, ValueError, r"ids must be one row of token IDs, not of shape \(1, 2\)"),
        ([1], -1, ValueError, "max_tokens must be 0 or more, not -1"),
        ([1], 2.5, TypeError, "max_tokens must be an int"),
    ],
)
def test_a_text_that_cannot_be_continued_is_refused(
    ids: Any, max_tokens: Any, error: type[Exception], message: str
) -> None:
    with pytest.raises(error, match=message):
        generate(model(), ids, max_tokens)
    with pytest.raises(ValueError, match="seed must be 0 or more"):
        generate(model(), [1], 5, seed=-1)


def test_scores_that_are_no_numbers_are_an_error_and_no_token() -> None:
    for temperature in (0, 1):
        with pytest.raises(ValueError, match="must be a finite number"):
            next_token_shares(np.array([1.0, np.nan]), temperature=temperature)
