"""Numbers on the command line."""

import argparse
from collections.abc import Callable
from math import inf, nan

from verdict.checks.merges import BYTES, MOST_TOKENS

SMALLEST_VOCABULARY = BYTES + 1
"""Tokens of a tokenizer without merges: the 256 bytes and one special token."""


def count(text: str) -> int:
    """Read a whole number that is not negative.

    Raises:
        argparse.ArgumentTypeError: If it is no such number.
    """
    try:
        number = int(text)
    except ValueError:
        number = -1
    if number < 0:
        raise argparse.ArgumentTypeError(f"must be a whole number, not {text!r}")
    return number


def vocab_size(text: str) -> int:
    """Read the size of a vocabulary that is to be trained.

    Raises:
        argparse.ArgumentTypeError: If it is no such number.
    """
    size = count(text)
    if not SMALLEST_VOCABULARY <= size <= MOST_TOKENS:
        raise argparse.ArgumentTypeError(
            f"must be from {SMALLEST_VOCABULARY} to {MOST_TOKENS:,}, not {text}"
        )
    return size


def positive(text: str) -> int:
    """Read a whole number that is 1 or more.

    Raises:
        argparse.ArgumentTypeError: If it is no such number.
    """
    number = count(text)
    if not number:
        raise argparse.ArgumentTypeError("must be 1 or more, not 0")
    return number


def _reader(must_be: str, fits: Callable[[float], bool]) -> Callable[[str], float]:
    """Make what reads a number of one range.

    Args:
        must_be: The range, in words.
        fits: Tells whether a number is in it.
    """

    def read(text: str) -> float:
        try:
            number = float(text)
        except ValueError:
            number = nan  # it is in no range
        if not fits(number):
            raise argparse.ArgumentTypeError(f"must be {must_be}, not {text!r}")
        return number

    return read


temperature = _reader("0 or more, such as 0.8", lambda number: 0 <= number < inf)
"""Reads a number from 0 on."""

share = _reader("above 0 and at most 1", lambda number: 0 < number <= 1)
"""Reads a number above 0, and at most 1."""

above_zero = _reader("above 0, such as 0.003", lambda number: 0 < number < inf)
"""Reads a number above 0."""

below_one = _reader("0 or more and below 1", lambda number: 0 <= number < 1)
"""Reads a number from 0 on, and below 1."""
