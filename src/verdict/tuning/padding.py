"""Padding: texts of different lengths in the rows of one array."""

from collections.abc import Iterable

import numpy as np

from verdict.checks.arrays import IdArray, Ids, id_row
from verdict.checks.numbers import checked_int, checked_size


def pad_rows(texts: Iterable[Ids], padding: int, longest: int | None = None) -> IdArray:
    """Put texts into rows of the same length: what is missing is filled, what is too much is cut.

    Args:
        texts: The token IDs of each text.
        padding: The token ID that fills a row behind the end of its text.
        longest: How many tokens of a text are kept. Without it, all are.

    Returns:
        One row for each text, as long as the longest of them: shape (texts, tokens).

    Raises:
        TypeError: If a token ID or a number is no integer.
        ValueError: If there is no text, or `longest` is below 1.

    Examples:
        >>> pad_rows([[5, 3, 8, 1], [7], [2, 2]], padding=0, longest=3)
        array([[5, 3, 8],
               [7, 0, 0],
               [2, 2, 0]])
    """
    padding = checked_int("padding", padding)
    longest = None if longest is None else checked_size("longest", longest)
    rows = [id_row(text)[:longest] for text in texts]
    if not rows:
        raise ValueError("texts must have one text at least")
    padded = np.full((len(rows), max(map(len, rows))), padding)  # (texts, tokens)
    for row, text in zip(padded, rows, strict=True):
        row[: len(text)] = text
    return padded
