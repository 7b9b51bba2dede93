from array import array
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as st_np

from verdict.checks.arrays import id_array, id_row


@given(st.lists(st.integers(-(2**63), 2**63 - 1)))
def test_a_list_becomes_64_bit_integers(ids: list[int]) -> None:
    found = id_array(ids)
    assert found.dtype == np.int64
    assert found.tolist() == ids


@given(st_np.arrays(st_np.integer_dtypes() | st_np.unsigned_integer_dtypes(), st_np.array_shapes()))
def test_an_array_stays_what_it_is(ids: Any) -> None:
    assert id_array(ids) is ids
    small = (ids // 2).tolist()  # what fits into 64 bits with a sign
    assert id_array(small).tolist() == small


def test_an_array_of_the_standard_library_is_not_copied() -> None:
    ids = array("H", [1, 2, 3])
    found = id_array(ids)
    ids[0] = 9
    assert found.tolist() == [9, 2, 3]
    assert found.dtype == np.uint16


def test_lists_of_all_kinds_become_arrays_of_integers() -> None:
    assert id_array(range(3)).tolist() == [0, 1, 2]
    assert id_array((5, np.int32(6))).tolist() == [5, 6]
    assert id_array([[1, 2], [3, 4]]).shape == (2, 2)
    assert id_array([np.array([1, 2]), np.array([3, 4])]).tolist() == [[1, 2], [3, 4]]
    assert id_array([]).tolist() == []
    assert id_array([]).dtype == np.int64


@pytest.mark.parametrize(
    ("ids", "message"),
    [
        ("12", "ids must be an array or a list of token IDs, not str"),
        (5, "ids must be an array or a list of token IDs, not int"),
        ({1, 2}, "ids must be an array or a list of token IDs, not set"),
        ([1, 2.0], "a token ID must be an integer, not float"),
        ([[1, True]], "a token ID must be an integer, not bool"),
        (["1"], "a token ID must be an integer, not str"),
        ([None], "a token ID must be an integer, not NoneType"),
        ([[1], [2, 3]], "ids must have rows of one length: these differ"),
        (np.array([1.0]), "token IDs must be integers, not float64"),
        (np.array([True]), "token IDs must be integers, not bool"),
        (array("d", [1.0]), "token IDs must be integers, not float64"),
    ],
)
def test_what_are_not_ids_is_refused(ids: Any, message: str) -> None:
    with pytest.raises(TypeError, match=message):
        id_array(ids)


def test_an_id_beyond_64_bits_is_refused() -> None:
    with pytest.raises(OverflowError, match=f"must fit into 64 bits, and -{2**64} does not"):
        id_array([5, -(2**64)])


@pytest.mark.parametrize("ids", [[[1, 2]], np.zeros((2, 3), np.int64), np.array(4)])
def test_a_row_is_one_row(ids: Any) -> None:
    with pytest.raises(ValueError, match=r"ids must be one row of token IDs, not of shape \("):
        id_row(ids)
