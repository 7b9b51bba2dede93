from math import cos, sin
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from verdict import (
    rotate_by_position,
)

widths = st.integers(1, 8).map(lambda half: 2 * half)


@given(widths, st.integers(0, 99), st.integers(0, 99), st.integers(0, 99), st.integers(0, 9))
def test_a_dot_product_of_turned_vectors_depends_on_their_distance_alone(
    width: int, here: int, there: int, shift: int, seed: int
) -> None:
    one, other = np.random.default_rng(seed).standard_normal((2, width))
    near = rotate_by_position(one, here) @ rotate_by_position(other, there)
    far = rotate_by_position(one, here + shift) @ rotate_by_position(other, there + shift)
    assert near == pytest.approx(far)


@given(widths, st.integers(0, 99), st.integers(0, 9))
def test_turning_changes_no_length_and_adds_up(width: int, position: int, seed: int) -> None:
    vector = np.random.default_rng(seed).standard_normal(width)
    turned = rotate_by_position(vector, position)
    assert np.linalg.norm(turned) == pytest.approx(np.linalg.norm(vector))
    assert rotate_by_position(turned, 5) == pytest.approx(rotate_by_position(vector, position + 5))
    assert (rotate_by_position(vector, 0) == vector).all()


def test_each_pair_turns_by_the_angle_of_the_paper() -> None:
    turned = rotate_by_position(np.array([1.0, 0.0, 0.0, 1.0]), 3)
    slow = 3 / 10_000 ** (2 / 4)
    assert turned == pytest.approx([cos(3), sin(3), -sin(slow), cos(slow)])


def test_a_row_of_positions_is_that_of_each_text_of_a_batch() -> None:
    vectors = np.random.default_rng(1).standard_normal((2, 3, 4)).astype(np.float32)
    turned = rotate_by_position(vectors, range(3))
    assert turned.shape == vectors.shape
    assert turned.dtype == np.float32
    for text in range(2):
        for position in range(3):
            alone = rotate_by_position(vectors[text, position], position)
            assert turned[text, position] == pytest.approx(alone)


def test_turned_vectors_are_new() -> None:
    vector = np.array([1.0, 0.0])
    rotate_by_position(vector, 1)
    assert vector.tolist() == [1, 0]


@pytest.mark.parametrize(
    ("vectors", "positions", "error", "message"),
    [
        (np.ones(3), 1, ValueError, "width must be even, as its numbers go in pairs, not 3"),
        (np.ones(2, int), 1, TypeError, "vectors must be floating-point numbers, not int"),
        (np.ones(2), 1.5, TypeError, "positions must be an int, not float"),
        (np.ones((2, 2)), [0, True], TypeError, "a position must be an integer, not bool"),
        (np.ones((2, 2)), np.ones(2), TypeError, "positions must be integers, not float64"),
        (np.ones((3, 2)), [0, 1], ValueError, r"shape \(2,\) do not fit vectors of shape \(3, 2\)"),
        (np.ones(2), [[0], [1]], ValueError, r"shape \(2, 1\) do not fit vectors of shape \(2,\)"),
    ],
)
def test_what_cannot_be_turned_is_refused(
    vectors: Any, positions: Any, error: type[Exception], message: str
) -> None:
    with pytest.raises(error, match=message):
        rotate_by_position(vectors, positions)
