from math import e, inf, log, nan
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.verdict.model.arrays import batches, lengths, pattern, random, seeds, widths
from tests.verdict.training.nudging import check_gradients
from verdict import Tensor, cross_entropy, perplexity, softmax

SCORES, TARGETS = pattern(2, 3, 5, start=3) * 10, np.array([[0, 4, 2], [1, -100, 3]])

PYTORCH_LOSS = 2.877056002473781
"""`torch.nn.functional.cross_entropy` of PyTorch 2.14.1, on these scores and targets."""


def targets_for(seed: int, shape: Any, size: int) -> Any:
    return np.random.default_rng(seed).integers(0, size, shape)


@given(batches, widths, seeds)
def test_is_the_mean_of_minus_the_log_of_the_shares(batch: Any, size: int, seed: int) -> None:
    scores, targets = random(seed, *batch, size) * 3, targets_for(seed, batch, size)
    shares = softmax(scores).reshape(-1, size)
    right = [row[target] for row, target in zip(shares, targets.reshape(-1), strict=True)]
    assert cross_entropy(scores, targets) == pytest.approx(-np.log(right).mean(), abs=1e-12)


@given(batches, widths, seeds)
def test_the_gradients_are_those_that_nudging_finds(batch: Any, size: int, seed: int) -> None:
    targets = targets_for(seed, batch, size)
    check_gradients(lambda scores: cross_entropy(scores, targets), random(seed, *batch, size))


@given(lengths, widths, st.sampled_from([-100, 0, 2]), seeds)
def test_what_is_ignored_is_as_if_it_were_not_there(
    length: int, size: int, ignored: int, seed: int
) -> None:
    scores, targets = random(seed, length + 1, size), targets_for(seed, length + 1, size)
    targets[np.random.default_rng(seed + 1).random(length + 1) < 0.5] = ignored
    counts = targets != ignored
    if not counts.any():
        targets[0], counts[0] = (ignored + 1) % size, True
        if targets[0] == ignored:
            return
    left = cross_entropy(scores[counts], targets[counts])
    assert cross_entropy(scores, targets, ignored) == pytest.approx(left, abs=1e-15)
    check_gradients(lambda given: cross_entropy(given, targets, ignored), scores)


def test_equals_pytorch() -> None:
    assert cross_entropy(SCORES, TARGETS) == pytest.approx(PYTORCH_LOSS, abs=1e-13)


@pytest.mark.parametrize("size", [2, 62, 50_257])
def test_equal_scores_give_the_log_of_the_vocabularys_size(size: int) -> None:
    loss = cross_entropy(np.full((3, size), 7.0), [0, 1, size - 1])
    assert loss == pytest.approx(log(size), abs=1e-12)
    assert perplexity(loss) == pytest.approx(size)


def test_a_share_that_rounds_to_0_has_a_loss_all_the_same() -> None:
    scores = np.array([[0.0, 10_000.0]])
    assert softmax(scores)[0, 0] == 0
    assert cross_entropy(scores, [0]) == 10_000
    tensor = Tensor(scores)
    cross_entropy(tensor, [0]).backward()
    assert tensor.gradient is not None
    assert tensor.gradient.tolist() == [[-1, 1]]


def test_of_arrays_it_is_a_number_and_of_tensors_a_tensor() -> None:
    assert type(cross_entropy(SCORES, TARGETS)) is float
    made = cross_entropy(Tensor(SCORES.astype(np.float32)), TARGETS)
    assert isinstance(made, Tensor)
    assert made.shape == ()
    assert made.dtype == np.float32
    assert float(made) == pytest.approx(PYTORCH_LOSS, abs=1e-6)


@pytest.mark.parametrize(
    ("scores", "targets", "error", "message"),
    [
        ([[1.0]], [0], TypeError, "scores must be an array of floating-point numbers"),
        (np.ones((2, 3)), [0.0, 1.0], TypeError, "a target must be an integer, not float"),
        (np.ones((2, 3)), [0], ValueError, r"\(2, 3\) need targets of shape \(2,\), not \(1,\)"),
        (np.ones((2, 3)), [[0], [1]], ValueError, r"targets of shape \(2,\), not \(2, 1\)"),
        (np.ones((2, 3)), [0, 3], IndexError, "target 3 is no token: .* the tokens 0 to 2"),
        (np.ones((2, 3)), [-1, 0], IndexError, "target -1 is no token"),
        (np.ones((2, 3)), [-100, -100], ValueError, "all 2 targets are ignored"),
        (np.ones((0, 3)), np.ones(0, int), ValueError, "all 0 targets are ignored"),
        (np.array([[1.0, nan]]), [0], ValueError, "the largest score of each row must be a finite"),
        (np.array([[-inf, -inf]]), [0], ValueError, "or all are hidden"),
    ],
)
def test_what_has_no_loss_is_refused(
    scores: Any, targets: Any, error: type[Exception], message: str
) -> None:
    with pytest.raises(error, match=message):
        cross_entropy(scores, targets)
    if isinstance(scores, np.ndarray):
        with pytest.raises(error, match=message):
            cross_entropy(Tensor(scores), targets)


@given(st.floats(0, 700))
def test_perplexity_is_the_loss_without_its_logarithm(loss: float) -> None:
    assert perplexity(loss) == pytest.approx(e**loss)


def test_perplexity_goes_from_1_to_infinity() -> None:
    assert perplexity(0) == 1
    assert perplexity(np.float32(1)) == pytest.approx(e)
    assert perplexity(1e6) == inf
    assert perplexity(inf) == inf
    assert perplexity(cross_entropy(Tensor(np.ones((1, 4))), [0])) == pytest.approx(4)


@pytest.mark.parametrize(
    ("loss", "error", "message"),
    [
        (-0.1, ValueError, "a loss is 0 or more, and this one is -0.1"),
        (nan, ValueError, "and this one is nan"),
        ("1", TypeError, "loss must be a number, not str"),
        (True, TypeError, "loss must be a number, not bool"),
    ],
)
def test_what_is_no_loss_has_no_perplexity(loss: Any, error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        perplexity(loss)
