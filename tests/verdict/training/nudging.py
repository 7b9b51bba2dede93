"""Gradients by nudging: change a number a little, both ways, and see how the result changes."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from tests.verdict.model.arrays import Floats, random
from verdict import Tensor

NUDGE = 1e-5


def nudged(function: Callable[..., float], *arrays: Floats) -> list[Floats]:
    """The gradient of each array, a number at a time."""
    found = []
    for array in arrays:
        gradient = np.zeros_like(array)
        for place in np.ndindex(array.shape):
            before = array[place]
            array[place] = before + NUDGE
            above = function(*arrays)
            array[place] = before - NUDGE
            below = function(*arrays)
            array[place] = before
            gradient[place] = (above - below) / (2 * NUDGE)
        found.append(gradient)
    return found


def check_gradients(operation: Callable[..., Any], *arrays: Floats) -> None:
    """Hold the gradients of an operation, for arrays or for tensors, against nudging.

    What the operation gives is weighted, so that each of its numbers matters in another way.
    """
    weights = random(99, *np.shape(operation(*arrays)))
    tensors = [Tensor(array.copy()) for array in arrays]
    made = operation(*tensors)
    assert isinstance(made, Tensor)
    assert made.value == pytest.approx(operation(*arrays), abs=1e-12)
    (made * weights).sum().backward()
    by_nudging = nudged(lambda *given: float((operation(*given) * weights).sum()), *arrays)
    for tensor, expected in zip(tensors, by_nudging, strict=True):
        assert tensor.gradient is not None
        assert tensor.gradient.shape == expected.shape
        assert tensor.gradient == pytest.approx(expected, rel=1e-7, abs=1e-7)
