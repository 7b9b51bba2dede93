"""What training is given: rates, limits, gradients."""

from collections.abc import Mapping
from math import inf, isfinite

import numpy as np

from verdict.checks.arrays import Vectors
from verdict.checks.numbers import check_number


def check_positive(name: str, number: float, *, zero: bool = False, most: float = inf) -> None:
    """Make sure that a number is above 0, and finite.

    Args:
        name: What the caller calls it, for the error.
        number: The number.
        zero: Whether 0 will do too.
        most: The largest that will do.

    Raises:
        TypeError: If it is no number.
        ValueError: If it is out of this range.

    Examples:
        >>> check_positive("peak", 0)
        Traceback (most recent call last):
        ValueError: peak must be above 0, not 0
    """
    check_number(name, number)
    if not isfinite(number) or number < 0 or (number == 0 and not zero) or number > most:
        least = "0 or more" if zero else "above 0"
        and_most = f" and at most {most:g}" if most < inf else ""
        raise ValueError(f"{name} must be {least}{and_most}, not {number:g}")


def check_gradients(gradients: Mapping[str, Vectors], weights: Mapping[str, Vectors]) -> None:
    """Make sure that there is one gradient for each weight, of its shape, with finite numbers.

    Raises:
        KeyError: If one is missing, or belongs to no weight.
        ValueError: If one has another shape, or a number that is not finite.
    """
    if missing := weights.keys() - gradients.keys():
        raise KeyError(f"there is no gradient for {', '.join(sorted(missing))}")
    if unknown := gradients.keys() - weights.keys():
        raise KeyError(f"there is no weight for the gradient of {', '.join(sorted(unknown))}")
    for name, weight in weights.items():
        if gradients[name].shape != weight.shape:
            raise ValueError(
                f"the gradient of {name} has the shape {gradients[name].shape}, "
                f"and the weight {weight.shape}"
            )
        if not np.isfinite(gradients[name]).all():
            raise ValueError(
                f"the gradient of {name} is not finite: the rate may be too high, "
                "or a number of the model too large"
            )


def check_trainable(tokens: int, context_length: int) -> None:
    """Make sure that a text has a window of the context's length, and its last target.

    Raises:
        ValueError: If it is too short.
    """
    if tokens <= context_length:
        raise ValueError(
            f"ids has {tokens} tokens, and the model's context {context_length}: training needs "
            f"a text of {context_length + 1} tokens or more, or a model with a shorter context"
        )


def check_measurable(tokens: int) -> None:
    """Make sure that a text has a token, and one that comes after it.

    Raises:
        ValueError: If it has not.
    """
    if tokens < 2:
        raise ValueError(
            "a text to measure needs two tokens or more, a token and what comes after it: "
            f"this one has {tokens}"
        )
