"""Confusion and calibration: every text is counted once, where it belongs."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.verdict.model.arrays import seeds
from verdict import calibration, calibration_error, confusion_table, softmax


def shares(seed: int, count: int, classes: int = 3) -> Any:
    return softmax(np.random.default_rng(seed).standard_normal((count, classes)) * 2)


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=1))
def test_each_text_is_counted_in_the_row_of_its_class_and_the_column_of_its_guess(
    pairs: list[tuple[int, int]],
) -> None:
    labels, guesses = zip(*pairs, strict=True)
    table = confusion_table(labels, guesses, 4)
    expected = [[pairs.count((true, guess)) for guess in range(4)] for true in range(4)]
    assert table.tolist() == expected


@given(seeds, st.integers(1, 60), st.integers(1, 12))
def test_the_bins_hold_all_texts_and_their_means_are_those_of_all(
    seed: int, count: int, bins: int
) -> None:
    found, labels = shares(seed, count), np.random.default_rng(seed).integers(0, 3, count)
    parts = calibration(found, labels, bins)
    assert sum(part.texts for part in parts) == count
    sure = sum(part.texts * part.sureness for part in parts) / count
    right = sum(part.texts * part.accuracy for part in parts) / count
    assert sure == pytest.approx(found.max(axis=1).mean(), abs=1e-12)
    assert right == pytest.approx((found.argmax(axis=1) == labels).mean(), abs=1e-12)
    for part in parts:
        assert part.least <= part.sureness <= part.least + 1 / bins + 1e-9
    assert abs(sure - right) - 1e-12 <= calibration_error(parts) <= 1


def test_a_classifier_as_often_right_as_it_is_sure_has_no_calibration_error() -> None:
    found = np.array([[0.75, 0.25]] * 4)
    assert calibration_error(calibration(found, [0, 0, 0, 1])) == 0
    assert calibration_error(calibration(np.eye(2), [1, 0])) == 1


@pytest.mark.parametrize(
    ("make", "error", "message"),
    [
        (lambda: confusion_table([0], [0, 1]), ValueError, "1 labels need as many guesses, not 2"),
        (lambda: confusion_table([0, 2], [0, 1]), IndexError, "label 2 is no class: .* 0 to 1"),
        (lambda: confusion_table([0, 1], [0, -1]), IndexError, "guess -1 is no class"),
        (lambda: confusion_table([0.5], [0]), TypeError, "integer"),
        (lambda: calibration(np.ones((2, 2), int), [0, 1]), TypeError, "shares"),
        (lambda: calibration(np.ones((2, 2)), [0]), ValueError, r"\(1, classes\), not \(2, 2\)"),
        (lambda: calibration(np.ones((1, 2)), [0], 0), ValueError, "bins must be 1 or more"),
        (lambda: calibration_error([]), ValueError, "one bin at least"),
    ],
)
def test_what_cannot_be_judged_is_refused(make: Any, error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        make()
