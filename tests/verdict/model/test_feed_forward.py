from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.verdict.model.arrays import batches, lengths, random, seeds, widths
from tests.verdict.model.gradient_array import GradientArray
from tests.verdict.model.small_gpt import GELU_AT, PYTORCH_GELU, PYTORCH_GELU_EXACT
from verdict import Parameters, feed_forward, gelu


def test_both_forms_equal_pytorch() -> None:
    numbers = np.array(GELU_AT)
    assert gelu(numbers) == pytest.approx(np.array(PYTORCH_GELU), abs=1e-13)
    assert gelu(numbers, exact=True) == pytest.approx(np.array(PYTORCH_GELU_EXACT), abs=1e-13)


@given(st.lists(st.floats(-50, 50), min_size=1))
def test_the_two_forms_are_never_half_a_thousandth_apart(numbers: list[float]) -> None:
    array = np.array(numbers)
    assert np.abs(gelu(array) - gelu(array, exact=True)).max() < 0.0005


@pytest.mark.parametrize("exact", [True, False])
def test_gelu_is_0_for_very_small_numbers_and_0_and_lets_large_ones_through(exact: bool) -> None:
    found = gelu(np.array([-1e6, -40.0, 0.0, 40.0, 1e6]), exact=exact)
    assert found.tolist() == [0, 0, 0, 40, 1e6]


@pytest.mark.parametrize("exact", [True, False])
def test_gelu_keeps_the_type_the_shape_and_what_went_in(exact: bool) -> None:
    numbers = random(1, 2, 3, 4).astype(np.float32)
    before = numbers.copy()
    found = gelu(numbers, exact=exact)
    assert found.dtype == np.float32
    assert found.shape == (2, 3, 4)
    assert (numbers == before).all()


@given(batches, lengths, widths, seeds)
def test_each_token_is_changed_by_itself(batch: Any, length: int, width: int, seed: int) -> None:
    parameters = Parameters({"widen": (width, 4 * width), "narrow": (4 * width, width)}, spread=1)
    vectors = random(seed, *batch, length, width)
    found = feed_forward(vectors, parameters)
    assert found.shape == vectors.shape
    for place in range(length):
        alone = feed_forward(vectors[..., place, :], parameters)
        assert found[..., place, :] == pytest.approx(alone, abs=1e-12)


def test_a_feed_forward_network_widens_then_bends_then_narrows() -> None:
    parameters = Parameters(
        {"widen": (3, 12), "widen_bias": (12,), "narrow": (12, 3), "narrow_bias": (3,)}, seed=1
    )
    parameters["widen_bias"] = random(1, 12)
    parameters["narrow_bias"] = random(2, 3)
    x = random(3, 5, 3)
    wide = x @ parameters["widen"] + parameters["widen_bias"]
    expected = gelu(wide) @ parameters["narrow"] + parameters["narrow_bias"]
    assert feed_forward(x, parameters) == pytest.approx(expected)


def test_gelu_runs_on_an_array_that_remembers_its_gradient() -> None:
    numbers = random(1, 9) * 3
    traced: Any = GradientArray(numbers)
    out: Any = gelu(traced)
    out.send(np.ones(9))
    nudged = (gelu(numbers + 1e-5) - gelu(numbers - 1e-5)) / 2e-5
    assert traced.gradient == pytest.approx(nudged, abs=1e-8)


@pytest.mark.parametrize(
    ("numbers", "message"),
    [([1.0], "numbers must be an array"), (np.array([1]), "numbers must be floating-point")],
)
def test_what_is_no_array_of_floats_is_refused(numbers: Any, message: str) -> None:
    with pytest.raises(TypeError, match=message):
        gelu(numbers)
