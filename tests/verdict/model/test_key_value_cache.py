from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.verdict.model.arrays import seeds
from tests.verdict.model.small_gpt import SMALL
from verdict import GPT, Cache, MultiHeadAttention

texts = st.lists(st.lists(st.integers(0, 2), min_size=1, max_size=8), min_size=1, max_size=8)
"""Several texts of few different tokens: they often begin alike."""


def known(cache: Cache, model: GPT, text: list[int]) -> int:
    """How many tokens of a text need not be computed again."""
    return cache.begin(model, np.array(text))


@given(seeds, st.integers(1, 8))
def test_at_every_step_the_scores_are_those_without_a_cache(seed: int, first: int) -> None:
    model, cache = GPT(SMALL, spread=1, seed=seed), Cache()
    ids = np.random.default_rng(seed).integers(10, size=(2, 8))
    for length in range(first, 9):
        with_it = model.next_token_scores(ids[:, :length], cache)
        without = model.next_token_scores(ids[:, :length])
        assert with_it == pytest.approx(without, rel=1e-12, abs=1e-12)


@given(texts, seeds)
def test_one_cache_for_any_texts_in_any_order_changes_no_score(
    several: list[list[int]], seed: int
) -> None:
    model, cache = GPT(SMALL, spread=1, seed=seed), Cache()
    for text in several:
        with_it = model.next_token_scores(text, cache)
        without = model.next_token_scores(text)
        assert with_it == pytest.approx(without, rel=1e-12, abs=1e-12)


def test_only_what_comes_after_the_common_beginning_is_computed() -> None:
    model, cache = GPT(SMALL, seed=1), Cache()
    model.next_token_scores([1, 2, 3, 4], cache)
    assert known(cache, model, [1, 2, 3, 4, 5]) == 4
    model.next_token_scores([1, 2, 3, 4, 5], cache)
    assert known(cache, model, [1, 2, 3, 4, 5]) == 4  # one is left, to have scores from
    model.next_token_scores([1, 2, 3, 4, 5], cache)
    assert known(cache, model, [1, 2, 7]) == 2
    assert known(cache, model, [2, 3, 4, 5]) == 0  # the window has moved on


def test_a_changed_model_is_not_answered_from_the_past() -> None:
    model, cache = GPT(SMALL, spread=1, seed=1), Cache()
    ids = [1, 2, 3, 4]
    model.next_token_scores(ids, cache)
    model.parameters["tokens"] = model.parameters["tokens"] * 2
    assert (model.next_token_scores(ids, cache) == model.next_token_scores(ids)).all()
    model.parameters["blocks.0.widen"][:] += 1
    assert (model.next_token_scores(ids, cache) == model.next_token_scores(ids)).all()
    other = GPT(SMALL, spread=1, seed=2)
    assert (other.next_token_scores(ids, cache) == other.next_token_scores(ids)).all()
    assert (model.next_token_scores(ids, cache) == model.next_token_scores(ids)).all()


def test_another_number_of_texts_begins_anew() -> None:
    model, cache = GPT(SMALL, spread=1, seed=1), Cache()
    for ids in ([[1, 2, 3]], [[1, 2, 3], [1, 2, 4]], [1, 2, 3, 5], [[1, 2, 3], [1, 2, 4]]):
        found = model.next_token_scores(ids, cache)
        assert found == pytest.approx(model.next_token_scores(ids), rel=1e-12)


class Interrupted(MultiHeadAttention):
    """The attention of a layer that Ctrl+C comes before."""

    def __init__(self) -> None:
        super().__init__(SMALL.width, SMALL.width, SMALL.context_length, SMALL.heads)

    def __call__(self, *_: Any) -> Any:
        raise KeyboardInterrupt


def test_a_pass_that_was_interrupted_leaves_nothing_wrong_behind() -> None:
    model, cache = GPT(SMALL, spread=1, seed=1), Cache()
    model.next_token_scores([1, 2], cache)
    whole = model.blocks[1]
    model.blocks[1] = (Interrupted(), whole[1])
    with pytest.raises(KeyboardInterrupt):
        model.next_token_scores([1, 2, 3, 4], cache)
    model.blocks[1] = whole
    assert [layer.length for layer in cache.layers] == [4, 2]
    for ids in ([1, 2, 3, 4], [1, 2, 3, 4, 5]):
        found = model.next_token_scores(ids, cache)
        assert found == pytest.approx(model.next_token_scores(ids), rel=1e-12)
