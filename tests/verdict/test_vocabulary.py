from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.verdict.texts import tokens
from verdict import build_vocabulary, split_words
from verdict.vocabulary import checked_ids, checked_vocabulary


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


@pytest.mark.parametrize(
    ("vocab", "error", "message"),
    [
        ([("a", 0)], TypeError, "must map tokens to token IDs, not be a list: build_vocabulary"),
        ({1: "a"}, TypeError, "a token must be a str, not int: 1"),
        ({"a": "0"}, TypeError, "the token ID of 'a' must be an int, not '0'"),
        ({"a": 1.0}, TypeError, "the token ID of 'a' must be an int, not 1.0"),
        ({"a": True}, TypeError, "the token ID of 'a' must be an int, not True"),
        ({"a": 0, "b": -1}, ValueError, "'b' has the token ID -1: IDs start from 0"),
        ({"a": 4, "b": 0, "c": 4}, ValueError, "'a' and 'c' share the token ID 4"),
    ],
)
def test_what_is_no_vocabulary_is_refused(vocab: Any, error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        checked_vocabulary(vocab)


class Index:
    """An integer as other libraries have them."""

    def __index__(self) -> int:
        return 3


def test_integers_of_all_kinds_are_ids() -> None:
    kinds: list[Any] = [1, Index(), 2]
    ids = checked_ids(iter(kinds))
    assert ids == [1, 3, 2]
    assert {type(token_id) for token_id in ids} == {int}


@pytest.mark.parametrize(
    ("ids", "message"),
    [
        ("12", "ids must be a list of token IDs, not str"),
        ("", "ids must be a list of token IDs, not str"),
        (5, "ids must be a list of token IDs, not int"),
        ([1, "2"], "a token ID must be an integer, not str: '2'"),
        ([1, 2.0], "a token ID must be an integer, not float: 2.0"),
        ([False], "a token ID must be an integer, not bool: False"),
        ([[1]], r"ids must be one row of token IDs, not a batch of 1 rows"),
    ],
)
def test_what_are_not_ids_is_refused(ids: Any, message: str) -> None:
    with pytest.raises(TypeError, match=message):
        checked_ids(ids)
