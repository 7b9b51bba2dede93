from math import inf, nan
from typing import Any

import numpy as np
import pytest
from hypothesis import given

from tests.verdict.model.arrays import pattern, random, seeds
from verdict import AdamW

# Two weights after each of three steps of `torch.optim.AdamW` of PyTorch 2.14.1, in float64: the
# matrix with weight_decay=0.1, the bias with 0; lr 0.1, 0.05 and 0.2, betas (0.9, 0.99).
MATRIX, BIAS = pattern(2, 2, start=1), pattern(2, start=2)
GRADIENTS = [(pattern(2, 2, start=start), pattern(2, start=start + 5)) for start in (3, 4, 5)]
RATES = (0.1, 0.05, 0.2)
PYTORCH = [
    (
        [[0.09800000199999997, -0.297999990000001], [0.5949999966666668, -0.0009999975000000577]],
        [-0.10000000249999995, 0.4000000033333332],
    ),
    (
        [[0.057273797903000585, -0.2718450835867635], [0.5823555990985595, -0.03457400368677644]],
        [-0.09553091987605215, 0.3799527436411831],
    ),
    (
        [[0.013898572683441558, -0.3191508162048003], [0.5407425663893953, -0.01670912436852792]],
        [-0.05681244632672021, 0.45475558194373944],
    ),
]


def stepped(digits: int | None = None, **options: Any) -> list[tuple[Any, Any]]:
    weights = {"matrix": MATRIX.copy(), "bias": BIAS.copy()}
    optimizer = AdamW(weights, digits=digits, **options)
    found = []
    for (matrix, bias), rate in zip(GRADIENTS, RATES, strict=True):
        optimizer.step({"matrix": matrix, "bias": bias}, rate)
        found.append((weights["matrix"], weights["bias"]))
    return found


def test_equals_pytorch() -> None:
    for (matrix, bias), (matrix_there, bias_there) in zip(stepped(), PYTORCH, strict=True):
        assert matrix == pytest.approx(np.array(matrix_there), abs=1e-14)
        assert bias == pytest.approx(np.array(bias_there), abs=1e-14)


def test_gradients_may_be_whole_numbers() -> None:
    whole, real = {"weights": np.ones(1)}, {"weights": np.ones(1)}
    AdamW(whole).step({"weights": np.full(1, 2)}, rate=0.1)
    AdamW(real).step({"weights": np.full(1, 2.0)}, rate=0.1)
    assert whole["weights"] == real["weights"]


@given(seeds)
def test_the_first_step_is_the_rate_against_the_sign_of_the_gradient(seed: int) -> None:
    weights, before = {"a": random(seed, 3, 4)}, random(seed, 3, 4)
    gradient = random(seed + 1, 3, 4)
    AdamW(weights, decay=0, digits=None).step({"a": gradient}, 0.01)
    assert weights["a"] == pytest.approx(before - 0.01 * np.sign(gradient), abs=1e-6)


def test_without_gradients_only_matrices_shrink() -> None:
    weights = {"matrix": np.ones((2, 2)), "bias": np.ones(2)}
    optimizer = AdamW(weights, decay=0.5)
    nothing = {name: np.zeros_like(weight) for name, weight in weights.items()}
    for _ in range(2):
        optimizer.step(nothing, 0.2)
    assert weights["bias"].tolist() == [1, 1]
    assert weights["matrix"] == pytest.approx(np.full((2, 2), 0.9 * 0.9))


def test_weights_are_rounded_and_no_zero_has_a_sign() -> None:
    weights = {"a": np.array([[-1e-8, 0.12345649]])}
    AdamW(weights).step({"a": np.zeros((1, 2))}, 0)
    assert weights["a"].tobytes() == np.array([[0.0, 0.123456]]).tobytes()


def test_the_next_step_begins_from_the_same_numbers_although_a_sum_differed() -> None:
    ways = []
    for slip in (0, 1e-15):
        weights = {"a": MATRIX.copy()}
        optimizer = AdamW(weights)
        for gradient, _ in GRADIENTS:
            optimizer.step({"a": gradient + slip}, 0.1)
        ways.append(weights["a"].tobytes())
    assert ways[0] == ways[1]


def test_nothing_that_was_handed_out_changes_later() -> None:
    weights = {"a": MATRIX.copy()}
    first, gradient = weights["a"], np.ones((2, 2))
    AdamW(weights).step({"a": gradient}, 0.1)
    assert (first == MATRIX).all()
    assert (gradient == 1).all()


def test_the_type_of_the_weights_stays() -> None:
    weights = {"a": MATRIX.astype(np.float32)}
    optimizer = AdamW(weights)
    optimizer.step({"a": np.ones((2, 2), np.float32)}, 0.1)
    arrays = weights["a"], optimizer.averages["a"], optimizer.squares["a"]
    assert [array.dtype for array in arrays] == [np.float32] * 3


@pytest.mark.parametrize(
    ("gradients", "rate", "error", "message"),
    [
        ({}, 0.1, KeyError, "there is no gradient for a"),
        ({"a": np.ones(2), "b": np.ones(2)}, 0.1, KeyError, "no weight for the gradient of b"),
        ({"a": np.ones(3)}, 0.1, ValueError, r"of a has the shape \(3,\), and the weight \(2,\)"),
        ({"a": np.array([1, nan])}, 0.1, ValueError, "the gradient of a is not finite"),
        ({"a": np.array([1, -inf])}, 0.1, ValueError, "the rate may be too high"),
        ({"a": np.ones(2)}, -0.1, ValueError, "rate must be 0 or more, not -0.1"),
        ({"a": np.ones(2)}, "0.1", TypeError, "rate must be a number, not str"),
    ],
)
def test_a_step_that_cannot_be_made_moves_nothing(
    gradients: dict[str, Any], rate: Any, error: type[Exception], message: str
) -> None:
    weights = {"a": np.ones(2)}
    optimizer = AdamW(weights)
    with pytest.raises(error, match=message):
        optimizer.step(gradients, rate)
    assert (optimizer.steps, optimizer.beta_powers) == (0, (1, 1))
    assert weights["a"].tolist() == [1, 1]
    assert not optimizer.averages["a"].any()


@pytest.mark.parametrize(
    ("options", "error", "message"),
    [
        ({"decay": 1}, ValueError, "decay must be 0 or more and below 1"),
        ({"betas": (0.9, 1.0)}, ValueError, "betas must be 0 or more and below 1"),
        ({"betas": (-0.1, 0.9)}, ValueError, "betas must be 0 or more and below 1"),
        ({"epsilon": 0}, ValueError, "epsilon must be above 0"),
        ({"digits": -1}, ValueError, "digits must be 0 or more"),
        ({"digits": 2.0}, TypeError, "digits must be an int"),
    ],
)
def test_an_optimizer_that_cannot_be_is_refused(
    options: dict[str, Any], error: type[Exception], message: str
) -> None:
    with pytest.raises(error, match=message):
        AdamW({}, **options)
