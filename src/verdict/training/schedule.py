"""How far each step goes: the learning rate by step, and a limit to the gradients."""

from collections.abc import Mapping
from math import cos, pi, sqrt

import numpy as np

from verdict.checks.arrays import Vectors
from verdict.checks.numbers import checked_size
from verdict.checks.training import check_positive
from verdict.training.optimizer import DIGITS


def learning_rate(
    step: int, steps: int, *, peak: float = 1e-3, warm_up: int = 20, least: float = 0.1
) -> float:
    """Compute the rate of a step: it rises in a line to its peak, then falls along a cosine.

    Args:
        step: Which step, counted from 1.
        steps: How many there will be.
        peak: The highest rate, that of step `warm_up`.
        warm_up: How many steps it takes to get there; 0 begins right below the peak.
        least: The share of the peak that is left at the last step.

    Returns:
        The rate, rounded to 12 decimals, so that it is the same on every machine.

    Raises:
        TypeError: If a number is of another type.
        ValueError: If `step` is not one of the steps, there is more warm-up than there are steps,
            `peak` is not above 0, or `least` is not from 0 to 1.

    Examples:
        >>> [learning_rate(step, 6, peak=0.1, warm_up=2) for step in range(1, 7)]
        [0.05, 0.1, 0.086819805153, 0.055, 0.023180194847, 0.01]
    """
    steps, warm_up = checked_size("steps", steps), checked_size("warm_up", warm_up, 0)
    step = checked_size("step", step)
    if step > steps:
        raise ValueError(f"step {step} comes after the last one, which is {steps}")
    if warm_up > steps:
        raise ValueError(f"warm_up of {warm_up} steps is longer than the training: {steps} steps")
    check_positive("peak", peak)
    check_positive("least", least, zero=True, most=1)
    if step <= warm_up:
        return round(peak * step / warm_up, 12)
    along = (step - warm_up) / (steps - warm_up)  # above 0, and 1 at the last step
    return round(peak * (least + (1 - least) * (1 + cos(pi * along)) / 2), 12)


def clip_gradients(
    gradients: Mapping[str, Vectors], limit: float = 1.0, digits: int | None = DIGITS
) -> tuple[dict[str, Vectors], float]:
    """Shorten gradients that are too long all together; their direction stays.

    Args:
        gradients: The gradients, by name. They are left as they are.
        limit: The longest that they may be: the root of the sum of all squares.
        digits: To how many decimals the length is rounded, so that it is the same on every
            machine; None leaves it as it is.

    Returns:
        The gradients, shortened if need be, and the length that they had.

    Raises:
        TypeError: If `limit` is no number.
        ValueError: If it is not above 0, or a gradient is not finite.

    Examples:
        >>> clipped, length = clip_gradients({"a": np.array([3.0]), "b": np.array([4.0])})
        >>> clipped, length
        ({'a': array([0.6]), 'b': array([0.8])}, 5.0)
    """
    check_positive("limit", limit)
    length = 0.0
    # Added up one after the other: from 3.12 on, `sum` of Python is more exact than before.
    for gradient in gradients.values():
        length += float(np.vdot(gradient, gradient))
    length = sqrt(length)
    if not length < np.inf:
        raise ValueError(
            "a gradient is not finite: the rate may be too high, or a number of the model too large"
        )
    if digits is not None:
        length = round(length, checked_size("digits", digits, 0))
    if length <= limit:
        return dict(gradients), length
    return {name: gradient * (limit / length) for name, gradient in gradients.items()}, length
