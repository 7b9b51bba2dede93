"""Judging a classifier: what it confuses, and whether it is as sure as it should be."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from verdict.checks.arrays import IdArray, Ids, Vectors, id_row
from verdict.checks.numbers import checked_size
from verdict.checks.vectors import check_floats


def confusion_table(labels: Ids, guesses: Ids, classes: int = 2) -> IdArray:
    """Count for each class what its texts were taken for.

    Args:
        labels: The class of each text.
        guesses: The class that each was taken for.
        classes: How many classes there are.

    Returns:
        Shape (classes, classes): a row for each true class, a column for each guess. What was
        right stands on the diagonal.

    Raises:
        TypeError: If a class is no integer.
        ValueError: If there is not one guess for each label, or `classes` is below 1.
        IndexError: If there is no such class.

    Examples:
        >>> confusion_table([0, 0, 0, 1, 1], [0, 0, 1, 1, 0])
        array([[2, 1],
               [1, 1]])
    """
    classes = checked_size("classes", classes)
    true, guessed = id_row(labels), id_row(guesses)
    if true.shape != guessed.shape:
        raise ValueError(f"{len(true)} labels need as many guesses, not {len(guessed)}")
    for name, row in (("label", true), ("guess", guessed)):
        if len(outside := row[(row < 0) | (row >= classes)]):
            raise IndexError(
                f"{name} {outside[0]} is no class: there are the classes 0 to {classes - 1}"
            )
    table = np.zeros((classes, classes), int)
    np.add.at(table, (true, guessed), 1)
    return table


class Bin(NamedTuple):
    """Texts for which a classifier gave its guess about the same share.

    Attributes:
        least: The smallest share that belongs into this bin.
        texts: How many texts are in it.
        sureness: The mean share that the classifier gave to its guesses.
        accuracy: The share of these guesses that is right.
    """

    least: float
    texts: int
    sureness: float
    accuracy: float


def calibration(shares: Vectors, labels: Ids, bins: int = 10) -> list[Bin]:
    """Compare how sure a classifier is with how often it is right.

    Args:
        shares: The share of each class for each text, as `softmax` gives: (texts, classes).
        labels: The class of each text.
        bins: Into how many bins of the same width the shares from 0 to 1 are sorted.

    Returns:
        The bins that have a text, the least sure first. Where `sureness` and `accuracy` are the
        same, the classifier is as sure as it should be.

    Raises:
        TypeError: If `shares` are no floating-point numbers, or a label is no integer.
        ValueError: If the shapes do not fit, or `bins` is below 1.

    Examples:
        >>> shares = np.array([[0.92, 0.08], [0.04, 0.96], [0.35, 0.65], [0.97, 0.03]])
        >>> for least, texts, sureness, accuracy in calibration(shares, [0, 1, 0, 0]):
        ...     print(f"{least:.1f} {texts} {sureness:.2f} {accuracy:.2f}")
        0.6 1 0.65 0.00
        0.9 3 0.95 1.00
    """
    check_floats("shares", shares)
    true, bins = id_row(labels), checked_size("bins", bins)
    if shares.ndim != 2 or len(shares) != len(true):
        raise ValueError(
            f"{len(true)} labels need shares of shape ({len(true)}, classes), not {shares.shape}"
        )
    sureness = shares.max(axis=-1)  # (texts,): the share of each guess
    is_right = shares.argmax(axis=-1) == true  # (texts,)
    # A share of exactly 1 belongs into the last bin.
    bin_of: NDArray[np.int64] = np.minimum((sureness * bins).astype(int), bins - 1)  # (texts,)
    return [
        Bin(
            number / bins,
            int((bin_of == number).sum()),
            float(sureness[bin_of == number].mean()),
            float(is_right[bin_of == number].mean()),
        )
        for number in np.unique(bin_of).tolist()
    ]


def calibration_error(bins: list[Bin]) -> float:
    """Average how far sureness and accuracy are apart, each bin by how many texts it has.

    This is the "expected calibration error" of Guo et al., "On Calibration of Modern Neural
    Networks" (2017).

    Args:
        bins: What `calibration` has found.

    Returns:
        0 for a classifier that is right as often as it says; at most 1.

    Raises:
        ValueError: If there is no bin.

    Examples:
        >>> round(calibration_error([Bin(0.9, 3, 0.95, 1.0), Bin(0.6, 1, 0.65, 0.0)]), 2)
        0.2
    """
    if not bins:
        raise ValueError("bins must have one bin at least")
    total = sum(each.texts for each in bins)
    return sum(each.texts * abs(each.sureness - each.accuracy) for each in bins) / total
