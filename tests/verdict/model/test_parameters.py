from typing import Any

import numpy as np
import pytest

from verdict import MultiHeadAttention, SelfAttention
from verdict.model.parameters import Parameters


def test_names_and_shapes_of_a_head() -> None:
    plain = SelfAttention(3, 2).parameters
    assert {name: array.shape for name, array in plain.items()} == {
        "query": (3, 2),
        "key": (3, 2),
        "value": (3, 2),
    }
    biased = SelfAttention(3, 2, bias=True).parameters
    assert list(biased) == ["query", "query_bias", "key", "key_bias", "value", "value_bias"]
    assert biased["key_bias"].shape == (2,)


@pytest.mark.parametrize(("bias", "count"), [(False, 2_360_064), (True, 2_362_368)])
def test_as_many_numbers_as_a_layer_of_gpt2_has(bias: bool, count: int) -> None:
    parameters = MultiHeadAttention(768, 768, 4, 12, bias=bias).parameters
    assert sum(array.size for array in parameters.values()) == count
    assert parameters["query_key_value"].shape == (768, 2304)
    assert parameters["output"].shape == (768, 768)
    assert parameters["output_bias"].shape == (768,)


@pytest.mark.parametrize(
    ("name", "array", "error", "message"),
    [
        ("querry", np.ones((3, 2)), KeyError, "no parameter 'querry': this layer has query, key"),
        ("query", np.ones((2, 3)), ValueError, r"query has the shape \(3, 2\), and not \(2, 3\)"),
        ("query", np.ones(3), ValueError, r"and not \(3,\)"),
        ("query", np.ones((3, 2), int), TypeError, "query must be floating-point numbers"),
        ("query", [[1.0, 2.0]] * 3, TypeError, "query must be an array"),
    ],
)
def test_what_does_not_fit_is_refused_and_nothing_changes(
    name: str, array: Any, error: type[Exception], message: str
) -> None:
    parameters = SelfAttention(3, 2, seed=1).parameters
    before = {key: kept.copy() for key, kept in parameters.items()}
    with pytest.raises(error, match=message):
        parameters.update({name: array})
    assert list(parameters) == list(before)
    assert all((parameters[key] == kept).all() for key, kept in before.items())


def test_a_size_is_named_where_it_is_wrong() -> None:
    with pytest.raises(ValueError, match="width must be 1 or more, not 0"):
        Parameters({"query": (0, 2)})
