"""The operations that arrays have no operator for, each by its name.

All else in the model is written with operators, `@`, `reshape` and `swapaxes`. An array of
another kind, such as one that remembers its gradient, has those as methods. It registers its
own form of `softmax` and of `hide`, and then the whole model runs on it as it is written.
"""

from functools import singledispatch
from typing import Any

import numpy as np
from numpy.typing import NDArray

from verdict.checks.arrays import Vectors
from verdict.checks.numbers import check_rate, checked_int
from verdict.checks.seeds import check_generator
from verdict.checks.vectors import check_floats, check_mask


@singledispatch
def softmax(scores: Vectors, axis: int = -1) -> Vectors:
    """Turn scores into shares: all above 0, the larger the score, and together 1.

    Each score becomes e to its power, and is divided by the sum of these. The largest score is
    first taken away from all. That changes no share, and no power becomes too large.

    Args:
        scores: Numbers of any shape; minus infinity gets a share of 0.
        axis: Along which axis the shares add up to 1: the last one, if nothing is said.

    Returns:
        The shares, in the same shape.

    Raises:
        TypeError: If `scores` are no array of floating-point numbers, or `axis` no integer.
        ValueError: If there is no score along the axis, or no largest one that is finite.
        IndexError: If `scores` have no such axis.

    Examples:
        >>> softmax(np.array([1.0, 2.0, 3.0])).round(4)
        array([0.09  , 0.2447, 0.6652])
        >>> softmax(np.array([1001.0, 1002.0, 1003.0])).round(4)
        array([0.09  , 0.2447, 0.6652])
    """
    largest = checked_largest(scores, axis)  # (…, 1)
    shares: Vectors = scores - largest  # (…, n), none above 0
    np.exp(shares, out=shares)  # from 0 to 1
    shares /= shares.sum(axis=axis, keepdims=True)
    return shares


@singledispatch
def hide(scores: Vectors, mask: NDArray[np.bool_]) -> Vectors:
    """Set scores to minus infinity where a mask is false, so that softmax gives them nothing.

    Args:
        scores: Shape (…, queries, keys).
        mask: True where a query may look at a key: shape (queries, keys), or that of the scores.

    Returns:
        The scores that are left, in the same shape.

    Raises:
        TypeError: If one is no array of its kind.
        ValueError: If the mask does not fit the scores, or leaves nothing in a row.

    Examples:
        >>> hide(np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([[True, False], [True, True]]))
        array([[  1., -inf],
               [  3.,   4.]])
    """
    check_floats("scores", scores)
    check_mask(mask, scores.shape)
    hidden = scores.copy()  # (…, queries, keys)
    np.copyto(hidden, -np.inf, where=~mask)
    return hidden


def dropout(vectors: Vectors, rate: float, generator: np.random.Generator | None) -> Vectors:
    """Set a share of all numbers to 0, by chance, and enlarge the others to make up for it.

    A number that is kept is divided by the share of those that are: then the average stays.

    Args:
        vectors: Numbers of any shape.
        rate: The share to drop, from 0 to below 1.
        generator: What decides which. Without one nothing is dropped: that is for use, and
            dropout is for training.

    Returns:
        What is left, in the same shape.

    Raises:
        TypeError: If `vectors` are no array of floating-point numbers, `rate` no number, or
            `generator` none of NumPy's.
        ValueError: If `rate` is below 0, or not below 1.

    Examples:
        >>> dropout(np.ones(8), 0.5, np.random.default_rng(123))
        array([2., 0., 0., 0., 0., 2., 2., 0.])
    """
    check_floats("vectors", vectors)
    check_rate("rate", rate)
    if generator is None:
        return vectors
    check_generator(generator)
    if rate == 0:
        return vectors
    kept = generator.random(vectors.shape) >= rate  # true for each number that stays
    return vectors * (kept / (1 - rate)).astype(vectors.dtype)


def checked_largest(scores: Vectors, axis: int) -> Any:
    """Find the largest of the scores along an axis, after making sure that there is one.

    Raises:
        TypeError: If `scores` are no array of floating-point numbers, or `axis` no integer.
        ValueError: If there is no score along the axis, or no largest one that is finite.
        IndexError: If `scores` have no such axis.
    """
    check_floats("scores", scores)
    axis = checked_int("axis", axis)
    if not -scores.ndim <= axis < scores.ndim:
        raise IndexError(f"scores of shape {scores.shape} have no axis {axis}")
    if not scores.shape[axis]:
        raise ValueError(f"scores of shape {scores.shape} have nothing to share along axis {axis}")
    largest = scores.max(axis=axis, keepdims=True)
    if not np.isfinite(largest).all():
        raise ValueError(
            "the largest score of each row must be a finite number: one is not, or all are hidden"
        )
    return largest
