"""Numbers on the command line."""

import argparse
from math import inf, nan

SMALLEST = 257
"""Of a vocabulary that is trained: the bytes and one special token."""

LARGEST = 0x110000
"""As many token IDs as there can be."""


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
    if not SMALLEST <= size <= LARGEST:
        raise argparse.ArgumentTypeError(f"must be from {SMALLEST} to {LARGEST:,}, not {text}")
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


def temperature(text: str) -> float:
    """Read a number from 0 on.

    Raises:
        argparse.ArgumentTypeError: If it is no such number.
    """
    number = _number(text)
    if not 0 <= number < inf:
        raise argparse.ArgumentTypeError(f"must be 0 or more, such as 0.8, not {text!r}")
    return number


def share(text: str) -> float:
    """Read a number above 0, and at most 1.

    Raises:
        argparse.ArgumentTypeError: If it is no such number.
    """
    number = _number(text)
    if not 0 < number <= 1:
        raise argparse.ArgumentTypeError(f"must be above 0 and at most 1, not {text!r}")
    return number


def above_zero(text: str) -> float:
    """Read a number above 0.

    Raises:
        argparse.ArgumentTypeError: If it is no such number.
    """
    number = _number(text)
    if not 0 < number < inf:
        raise argparse.ArgumentTypeError(f"must be above 0, such as 0.003, not {text!r}")
    return number


def below_one(text: str) -> float:
    """Read a number from 0 on, and below 1.

    Raises:
        argparse.ArgumentTypeError: If it is no such number.
    """
    number = _number(text)
    if not 0 <= number < 1:
        raise argparse.ArgumentTypeError(f"must be 0 or more and below 1, not {text!r}")
    return number


def _number(text: str) -> float:
    """Read a number, or what is in no range if it is none."""
    try:
        return float(text)
    except ValueError:
        return nan
