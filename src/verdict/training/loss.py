"""The loss: how far a model's scores are from the tokens that came."""

from math import exp, inf
from numbers import Real
from typing import Any, SupportsFloat

import numpy as np

from verdict.checks.arrays import Ids, Vectors
from verdict.checks.targets import checked_targets
from verdict.model.operations import checked_largest
from verdict.training.graph import Back
from verdict.training.tensor import Tensor

IGNORED = -100
"""The target of a place that does not count; PyTorch calls it `ignore_index`."""


def cross_entropy(scores: Vectors | Tensor, targets: Ids, ignored: int = IGNORED) -> Any:
    """Measure how unlikely the right tokens were: the mean of minus the log of their shares.

    The shares are those that `softmax` makes of the scores. They are never computed where only
    their logarithm is needed: the log of a share that rounds to 0 would be minus infinity.

    Args:
        scores: A score for each token of the vocabulary, shape (…, vocabulary_size).
        targets: The token that came, of shape (…).
        ignored: A target of this number does not count.

    Returns:
        The loss. Of a `Tensor` it is one too, and `backward` begins there.

    Raises:
        TypeError: If `scores` are no floating-point numbers, or `targets` no integers.
        ValueError: If the shapes do not fit, all targets are ignored, or the largest score of a
            place is not finite.
        IndexError: If the vocabulary does not have a target.

    Examples:
        >>> scores = np.array([[2.0, 0.0, 0.0], [0.0, 0.0, 0.0]])
        >>> round(cross_entropy(scores, [0, 1]), 4)
        0.6691
        >>> round(cross_entropy(scores, [-100, 1]), 4)
        1.0986
    """
    if isinstance(scores, Tensor):
        loss, back = _loss_and_back(scores.value, targets, ignored)
        return Tensor(loss, (scores,), back)
    loss, _ = _loss_and_back(scores, targets, ignored)
    return float(loss)


def _loss_and_back(scores: Vectors, targets: Ids, ignored: int) -> tuple[Any, Back]:
    """Compute the loss, and how its gradient goes back to the scores."""
    largest = checked_largest(scores, -1).reshape(-1, 1)  # (places, 1)
    rows = scores.reshape(-1, scores.shape[-1])  # (places, vocabulary_size)
    wanted, counts = checked_targets(targets, scores.shape, ignored)  # each (places,)
    if not counts.all():
        rows, largest, wanted = rows[counts], largest[counts], wanted[counts]
    at = np.arange(len(wanted)), wanted  # in each row, the place of the right token's score
    powers = rows - largest  # none above 0, the largest is 0
    right = powers[at]  # (places,)
    np.exp(powers, out=powers)
    totals = powers.sum(axis=-1, keepdims=True)  # (places, 1), none below 1
    loss = (np.log(totals[:, 0]) - right).mean()

    def back(g: Vectors) -> tuple[Vectors]:
        each = g / len(wanted)
        gradient = powers * (each / totals)  # the shares, and 1 less at each right token
        gradient[at] -= each
        if counts.all():
            return (gradient.reshape(scores.shape),)
        whole = np.zeros((len(counts), scores.shape[-1]), gradient.dtype)
        whole[counts] = gradient
        return (whole.reshape(scores.shape),)

    return loss, back


def perplexity(loss: SupportsFloat) -> float:
    """Tell among how many equally likely tokens a model with this loss would waver.

    Args:
        loss: A cross-entropy, see `cross_entropy`.

    Returns:
        e to the power of the loss: 1 at least, and infinity where that is too large a number.

    Raises:
        TypeError: If `loss` is no number.
        ValueError: If it is below 0, or is not a number (nan).

    Examples:
        >>> round(perplexity(np.log(50_257)))
        50257
    """
    if isinstance(loss, bool) or not isinstance(loss, Real | Tensor):
        raise TypeError(f"loss must be a number, not {type(loss).__name__}")
    if not (value := float(loss)) >= 0:
        raise ValueError(f"a loss is 0 or more, and this one is {value}")
    try:
        return exp(value)
    except OverflowError:
        return inf
