import numpy as np
import pytest

from tests.verdict.tuning.small_gpt import ROWS, small_gpt, weight_bytes
from verdict import Trainable, fine_tune, loss_and_gradients

NAMES = ["blocks.0.widen", "norm_scale"]


def test_only_the_named_weights_move() -> None:
    model = small_gpt()
    before = weight_bytes(model)
    list(fine_tune(Trainable(model, NAMES), *ROWS, 2, seed=1))
    after = weight_bytes(model)
    assert {name for name in before if before[name] != after[name]} == set(NAMES)


def test_its_gradients_are_those_of_the_whole_model_for_the_named_weights() -> None:
    model = small_gpt()
    _, whole = loss_and_gradients(model, *ROWS)
    _, some = loss_and_gradients(Trainable(model, NAMES), *ROWS)
    assert list(some) == NAMES
    for name, gradient in some.items():
        np.testing.assert_allclose(gradient, whole[name], rtol=0, atol=1e-12)


def test_no_name_and_an_unknown_one_are_refused() -> None:
    with pytest.raises(ValueError, match="one name at least"):
        Trainable(small_gpt(), [])
    with pytest.raises(KeyError, match="no parameter 'haed'"):
        Trainable(small_gpt(), ["haed"])


def test_no_weight_can_be_taken_away() -> None:
    with pytest.raises(KeyError, match="cannot be taken away"):
        del Trainable(small_gpt(), NAMES).parameters["norm_scale"]
