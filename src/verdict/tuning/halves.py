"""Labelled texts, and the two halves of a grammar: phrases for learning, and phrases for tests."""

from collections.abc import Sequence
from typing import Literal, NamedTuple, TypeAlias, get_args

import numpy as np

Half: TypeAlias = Literal["all", "labelled", "tested"]
"""Which phrases may be used: all, or one half of them, or the other."""


class Message(NamedTuple):
    """A text with its class.

    Attributes:
        text: What is written.
        label: The number of its class: 1 is spam, 0 is not.
        kind: What it is about.
    """

    text: str
    label: int
    kind: str


def checked_half(half: str) -> int:
    """Return the number of a half, after making sure that there is one of this name.

    Raises:
        ValueError: If there is none.

    Examples:
        >>> checked_half("tested")
        2
    """
    if half not in get_args(Half):
        raise ValueError(f'half must be "all", "labelled" or "tested", not {half!r}')
    return get_args(Half).index(half)


def half_of(phrases: Sequence[str], half: Half, generator: np.random.Generator) -> tuple[str, ...]:
    """Split phrases into two halves by chance, and return one of them, or all.

    Args:
        phrases: The phrases, an even number of them.
        half: Which half is asked for.
        generator: Decides the halves. In the same state it splits in the same way, whichever half
            is asked for: no phrase is in both.

    Returns:
        The phrases of the half, in the order that they had.

    Examples:
        >>> half_of(["one", "two", "three", "four"], "tested", np.random.default_rng(1))
        ('three', 'four')
        >>> half_of(["one", "two", "three", "four"], "labelled", np.random.default_rng(1))
        ('one', 'two')
    """
    checked_half(half)
    order = generator.permutation(len(phrases))
    middle = len(phrases) // 2
    chosen = {"all": order, "labelled": order[:middle], "tested": order[middle:]}[half]
    return tuple(phrases[place] for place in sorted(chosen))


def half_generator(seed: int, half: Half) -> np.random.Generator:
    """Return the random numbers that texts of a half are made with: others for each half."""
    return np.random.default_rng([seed, checked_half(half)])
