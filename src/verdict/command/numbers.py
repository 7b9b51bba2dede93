"""Numbers on the command line."""

import argparse

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
