from typing import Any

import pytest

from verdict.checks.ids import checked_ids, checked_vocabulary


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
