from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.verdict.texts import tokens
from verdict import build_vocabulary, split_words
from verdict.checks.ids import checked_vocabulary


@given(st.lists(tokens))
def test_each_distinct_token_has_one_number_in_sorted_order(words: list[str]) -> None:
    vocab = build_vocabulary(words)
    assert list(vocab) == sorted(set(words))
    assert list(vocab.values()) == list(range(len(vocab)))


@given(st.lists(tokens).flatmap(lambda words: st.tuples(st.just(words), st.permutations(words))))
def test_neither_order_nor_repeats_matter(pair: tuple[list[str], list[str]]) -> None:
    words, shuffled = pair
    assert build_vocabulary(words) == build_vocabulary(iter(shuffled + words))


def test_the_storys_vocabulary(story: str) -> None:
    vocab = build_vocabulary(split_words(story))
    entries = list(vocab.items())
    assert len(vocab) == 1130
    assert entries[:3] == [("!", 0), ('"', 1), ("'", 2)]
    assert entries[49:51] == [("Her", 49), ("Hermia", 50)]
    assert entries[-1] == ("yourself", 1129)
    assert checked_vocabulary(vocab) == vocab


@pytest.mark.parametrize(
    ("tokens", "message"),
    [
        ("the fox", "not one str: split_words"),
        (None, "not NoneType"),
        (["a", 1], "a token must be a str, not int: 1"),
        ([["a", "b"]], r"a token must be a str, not list: \['a', 'b'\]"),
    ],
)
def test_what_are_not_tokens_is_refused(tokens: Any, message: str) -> None:
    with pytest.raises(TypeError, match=message):
        build_vocabulary(tokens)
