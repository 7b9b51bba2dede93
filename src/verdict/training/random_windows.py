"""Windows from random places of a text: what a step of training sees."""

import numpy as np

from verdict.checks.arrays import Ids, id_row
from verdict.checks.numbers import check_enough_tokens, checked_size
from verdict.checks.seeds import random_generator
from verdict.text.windows import Examples


def random_windows(
    ids: Ids, context_length: int, count: int, seed: int | np.random.Generator | None = None
) -> Examples:
    """Cut windows from random places of a text.

    Args:
        ids: The text.
        context_length: How many tokens each has.
        count: How many there are. Two may come from the same place.
        seed: For the places.

    Returns:
        The inputs, and their targets, which are one token further on: each of shape (count,
        context_length).

    Raises:
        TypeError: If a number or an ID is no integer.
        ValueError: If the text is too short, or a number below 1.

    Examples:
        >>> inputs, targets = random_windows(range(100), 4, 2, seed=1)
        >>> inputs
        array([[45, 46, 47, 48],
               [49, 50, 51, 52]])
        >>> targets
        array([[46, 47, 48, 49],
               [50, 51, 52, 53]])
    """
    text = id_row(ids if isinstance(ids, np.ndarray) else list(ids))
    context_length = checked_size("context_length", context_length)
    check_enough_tokens(len(text), context_length)
    starts = random_generator(seed).integers(
        0, len(text) - context_length, checked_size("count", count)
    )
    windows = text[starts[:, None] + np.arange(context_length + 1)]  # (count, context_length + 1)
    return windows[:, :-1], windows[:, 1:]
