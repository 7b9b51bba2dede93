"""Targets: the token that came at each place, and the places that do not count."""

import numpy as np
from numpy.typing import NDArray

from verdict.checks.arrays import IdArray, Ids, id_array
from verdict.checks.numbers import checked_int


def checked_targets(
    targets: Ids, shape: tuple[int, ...], ignored: int
) -> tuple[IdArray, NDArray[np.bool_]]:
    """Return targets as one row after making sure that scores have a place for each.

    Args:
        targets: The token ID that came at each place.
        shape: The shape of the scores: (…, vocabulary_size).
        ignored: The number that says of a place that it does not count.

    Returns:
        The targets, of shape (places,), and which of them count, in the same shape.

    Raises:
        TypeError: If `targets` or `ignored` are no integers.
        ValueError: If there is not one target for each place, or none that counts.
        IndexError: If the vocabulary does not have a target.

    Examples:
        >>> checked_targets([2, -100], (2, 3), ignored=-100)
        (array([   2, -100]), array([ True, False]))
        >>> checked_targets([3, -100], (2, 3), ignored=-100)
        Traceback (most recent call last):
        IndexError: target 3 is no token: scores of shape (2, 3) have the tokens 0 to 2
    """
    found = id_array(targets, "targets", "target")
    if found.shape != shape[:-1]:
        raise ValueError(
            f"scores of shape {shape} need targets of shape {shape[:-1]}, not {found.shape}"
        )
    row = found.reshape(-1)  # (places,)
    counts = row != checked_int("ignored", ignored)
    if not counts.any():
        raise ValueError(f"all {row.size} targets are ignored: there is nothing to take a mean of")
    outside = counts & ((row < 0) | (row >= shape[-1]))
    if outside.any():
        raise IndexError(
            f"target {row[outside][0]} is no token: scores of shape {shape} have the tokens "
            f"0 to {shape[-1] - 1}"
        )
    return row, counts
