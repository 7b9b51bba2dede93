from collections import Counter
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verdict import BigramModel, split_words

tokens_of_a_text = st.lists(st.sampled_from(["a", "b", "c", ".", "it"]), max_size=40)


def test_counts_what_follows_each_token() -> None:
    model = BigramModel(["a", "b", "a", "c", "a", "b"])
    assert model.counts == {"a": {"b": 2, "c": 1}, "b": {"a": 1}, "c": {"a": 1}}


def test_a_token_that_nothing_followed_has_no_next_ones() -> None:
    model = BigramModel(["a", "b"])
    assert model.next_tokens("b") == model.next_tokens("unknown") == Counter()


def test_what_it_hands_out_does_not_change_it() -> None:
    model = BigramModel(["a", "b"])
    model.next_tokens("a")["b"] += 5
    assert model.next_tokens("a") == {"b": 1}
    with pytest.raises(TypeError):
        model.counts["a"] = Counter()  # type: ignore[index]


def test_without_a_seed_the_most_frequent_token_comes_next() -> None:
    assert BigramModel(["a", "c", "a", "b", "a", "b"]).generate("a", 1) == ["a", "b"]


def test_among_equals_the_first_one_comes_next() -> None:
    assert BigramModel(["a", "c", "a", "b"]).generate("a", 1) == ["a", "c"]


def test_with_a_seed_frequent_tokens_are_chosen_more_often() -> None:
    model = BigramModel(["a", "b"] * 90 + ["a", "c"] * 10)
    chosen = Counter(model.generate("a", 1, seed=seed)[1] for seed in range(1000))
    assert chosen.keys() == {"b", "c"}
    assert 820 < chosen["b"] < 980


def test_seed_zero_is_a_seed() -> None:
    model = BigramModel(["a", "b"] * 5 + ["a", "c"] * 5)
    assert model.generate("a", 9, seed=0) != model.generate("a", 9)


@given(tokens_of_a_text, st.integers(0, 30), st.none() | st.integers())
def test_writes_only_pairs_that_it_has_read(
    tokens: list[str], length: int, seed: int | None
) -> None:
    written = BigramModel(tokens).generate("a", length, seed)
    assert set(pairwise(written)) <= set(pairwise(tokens))
    assert written[0] == "a"
    assert len(written) <= length + 1


@given(tokens_of_a_text, st.integers())
def test_the_same_seed_gives_the_same_text(tokens: list[str], seed: int) -> None:
    first, second = (BigramModel(tokens).generate("a", 20, seed) for _ in range(2))
    assert first == second


@given(tokens_of_a_text)
def test_counts_every_pair_of_neighbours(tokens: list[str]) -> None:
    counts = BigramModel(iter(tokens)).counts
    assert sum(map(Counter.total, counts.values())) == max(0, len(tokens) - 1)


def test_stops_where_nothing_ever_followed() -> None:
    assert BigramModel(["a", "b"]).generate("a", 5) == ["a", "b"]
    assert BigramModel([]).generate("a", 5, seed=1) == ["a"]


def test_a_text_in_place_of_tokens_is_refused() -> None:
    with pytest.raises(TypeError, match=r"tokens.*split_words"):
        BigramModel("a rose")


def test_a_length_below_zero_is_refused() -> None:
    with pytest.raises(ValueError, match="0 or more, not -1"):
        BigramModel(["a", "b"]).generate("a", -1)


@pytest.mark.parametrize("tokens", [[1, 2], ["a", None]])
def test_tokens_that_are_no_text_are_refused(tokens: Any) -> None:
    with pytest.raises(TypeError, match="token"):
        BigramModel(tokens)


def test_the_story_as_the_pages_count_it(story: str) -> None:
    model = BigramModel(split_words(story))
    assert model.next_tokens("I").most_common(2) == [("had", 14), ("was", 9)]
    assert model.next_tokens("Mrs") == {".": 22}
