"""Slots: words in braces, such as {name}, for which one of several words is written."""

import re
from collections.abc import Sequence

import numpy as np

SLOTS = {
    "name": ("anna", "ben", "clara", "david", "ella", "frank", "greta", "henry", "ida", "jonas"),
    "day": ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
    "time": ("noon", "one", "half past two", "three", "five", "six", "eight"),
    "amount": ("$20", "$50", "$120", "$300", "$900", "$5000"),
    "place": ("the church", "the park", "the river", "the school"),
    "link": ("http://go.example", "http://see.example", "http://my.example", "http://www.example"),
}
"""The words that may be written for each slot."""


def fill(text: str, random: np.random.Generator) -> str:
    """Write a word for each slot of a text.

    Examples:
        >>> fill("dear {name}, until {day}", np.random.default_rng(1))
        'dear ella, until thursday'
    """
    return re.sub(r"\{(\w+)\}", lambda slot: pick(SLOTS[slot[1]], random), text)


def all_filled(text: str) -> str:
    """Write all words for each slot of a text.

    Examples:
        >>> all_filled("by {place}")
        'by the church the park the river the school'
    """
    return re.sub(r"\{(\w+)\}", lambda slot: " ".join(SLOTS[slot[1]]), text)


def pick(choices: Sequence[str], random: np.random.Generator) -> str:
    """Pick one of several phrases, each as likely as the others."""
    return choices[int(random.integers(len(choices)))]
