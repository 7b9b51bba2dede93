from math import hypot, inf, nan
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.verdict.model.arrays import random, seeds
from verdict import clip_gradients, learning_rate

shares = st.sampled_from([0, 1]) | st.floats(1e-6, 1)
two_sizes = st.tuples(st.integers(0, 40), st.integers(1, 200)).map(
    lambda found: (found[0], sum(found))
)
"""Steps of warm-up, and more steps than these."""


@given(two_sizes, shares)
def test_rises_to_the_peak_and_falls_to_the_least(sizes: tuple[int, int], least: float) -> None:
    warm_up, steps = sizes
    rates = [
        learning_rate(step, steps, peak=0.5, warm_up=warm_up, least=least)
        for step in range(1, steps + 1)
    ]
    rising, falling = rates[:warm_up], rates[max(0, warm_up - 1) :]
    assert rates[0] > 0 or least == 0
    assert rising == sorted(rising)
    assert falling == sorted(falling, reverse=True)
    assert rates[-1] == round(0.5 * least, 12)
    if warm_up:
        assert rates[warm_up - 1] == max(rates) == 0.5


def test_the_warm_up_is_a_line_and_the_rest_half_a_wave() -> None:
    rates = [learning_rate(step, 12, peak=1.0, warm_up=4, least=0.0) for step in range(1, 13)]
    assert rates[:4] == [0.25, 0.5, 0.75, 1]
    assert rates[7] == 0.5
    assert [rates[7 + i] + rates[7 - i] for i in range(1, 4)] == pytest.approx([1, 1, 1])


def test_a_training_may_have_no_warm_up_or_nothing_else() -> None:
    assert learning_rate(1, 1, peak=0.5, warm_up=0) == pytest.approx(0.05)
    assert learning_rate(3, 3, peak=0.5, warm_up=3) == 0.5


@pytest.mark.parametrize(
    ("step", "options", "error", "message"),
    [
        (0, {}, ValueError, "step must be 1 or more, not 0"),
        (31, {}, ValueError, "step 31 comes after the last one, which is 30"),
        (1.0, {}, TypeError, "step must be an int, not float"),
        (1, {"warm_up": 31}, ValueError, "warm_up of 31 steps is longer than the training: 30"),
        (1, {"warm_up": -1}, ValueError, "warm_up must be 0 or more"),
        (1, {"peak": 0}, ValueError, "peak must be above 0, not 0"),
        (1, {"peak": inf}, ValueError, "peak must be above 0, not inf"),
        (1, {"peak": "1"}, TypeError, "peak must be a number, not str"),
        (1, {"least": 1.5}, ValueError, "least must be 0 or more and at most 1, not 1.5"),
        (1, {"least": nan}, ValueError, "least must be 0 or more and at most 1, not nan"),
    ],
)
def test_a_schedule_that_cannot_be_is_refused(
    step: Any, options: dict[str, Any], error: type[Exception], message: str
) -> None:
    with pytest.raises(error, match=message):
        learning_rate(step, 30, **options)


@given(seeds, st.floats(0.01, 20))
def test_gradients_are_shortened_to_the_limit_and_keep_their_direction(
    seed: int, limit: float
) -> None:
    gradients = {"a": random(seed, 3, 2), "b": random(seed + 1, 4)}
    clipped, length = clip_gradients(gradients, limit, digits=None)
    expected = hypot(*gradients["a"].flat, *gradients["b"])
    assert length == pytest.approx(expected)
    new_length = hypot(*clipped["a"].flat, *clipped["b"])
    assert new_length == pytest.approx(min(limit, expected), rel=1e-12)
    for name, gradient in gradients.items():
        assert clipped[name] * length == pytest.approx(gradient * new_length)


def test_gradients_that_are_short_enough_are_left_alone() -> None:
    gradients = {"a": np.array([0.6]), "b": np.array([-0.8])}
    clipped, length = clip_gradients(gradients, 1)
    assert length == 1
    assert all(clipped[name] is gradient for name, gradient in gradients.items())


def test_the_gradients_that_are_given_stay_as_they_are() -> None:
    gradients = {"a": np.array([3.0, 4.0])}
    clip_gradients(gradients, 0.1)
    assert gradients["a"].tolist() == [3, 4]


def test_the_length_is_rounded_so_that_no_last_digit_matters() -> None:
    almost = np.array([3.0, 4.0 + 1e-15])
    assert clip_gradients({"a": almost})[1] == 5
    assert clip_gradients({"a": almost}, digits=None)[1] != 5


@pytest.mark.parametrize("number", [nan, inf])
def test_a_gradient_that_is_not_finite_is_refused(number: float) -> None:
    with pytest.raises(ValueError, match="not finite: the rate may be too high"):
        clip_gradients({"a": np.array([1.0, number])})


def test_a_limit_of_0_is_refused() -> None:
    with pytest.raises(ValueError, match="limit must be above 0"):
        clip_gradients({}, 0)
