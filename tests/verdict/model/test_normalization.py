from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.verdict.model.arrays import batches, pattern, random, seeds, widths
from tests.verdict.model.gradient_array import GradientArray
from tests.verdict.model.small_gpt import PYTORCH_NORM
from verdict import normalize
from verdict.model.normalization import TINY


def plain(vectors: Any) -> Any:
    """Normalized, neither scaled nor shifted."""
    width = vectors.shape[-1]
    return normalize(vectors, np.ones(width, vectors.dtype), np.zeros(width, vectors.dtype))


@given(batches, widths, seeds, st.floats(0.1, 100))
def test_each_vector_has_mean_0_and_nearly_variance_1(
    batch: tuple[int, ...], width: int, seed: int, size: float
) -> None:
    vectors = random(seed, *batch, 3, width) * size + 5
    normal = plain(vectors)
    assert normal.shape == vectors.shape
    assert normal.mean(axis=-1) == pytest.approx(0, abs=1e-9)
    variance = vectors.var(axis=-1)
    assert normal.var(axis=-1) == pytest.approx(variance / (variance + TINY), rel=1e-9)


@given(seeds, st.integers(2, 7), st.floats(-100, 100))
def test_a_constant_added_to_a_vector_changes_nothing(
    seed: int, width: int, constant: float
) -> None:
    vectors = random(seed, 2, width)
    assert plain(vectors + constant) == pytest.approx(plain(vectors), abs=1e-9)


@given(seeds, st.integers(2, 7), st.floats(10, 1000))
def test_a_factor_for_a_whole_vector_changes_only_how_much_the_tiny_number_counts(
    seed: int, width: int, factor: float
) -> None:
    vectors = random(seed, 2, width)
    variance = vectors.var(axis=-1, keepdims=True)
    counts = np.sqrt((variance + TINY) / (variance + TINY / factor**2))
    assert plain(vectors * factor) == pytest.approx(plain(vectors) * counts, rel=1e-6, abs=1e-9)


def test_a_single_number_becomes_0_and_then_the_shift() -> None:
    assert plain(np.array([[7.0], [-3.0]])).tolist() == [[0], [0]]
    assert normalize(np.array([7.0]), np.array([2.0]), np.array([5.0])).tolist() == [5]


def test_equals_pytorch() -> None:
    vectors = pattern(2, 4, 6, start=0)[0] * 3 + 1
    found = normalize(vectors, pattern(6, start=1), pattern(6, start=2))
    assert found == pytest.approx(np.array(PYTORCH_NORM), abs=1e-12)


def test_the_type_stays_and_so_does_what_goes_in() -> None:
    vectors = random(1, 3, 4).astype(np.float32)
    before = vectors.copy()
    assert plain(vectors).dtype == np.float32
    assert (vectors == before).all()


def test_runs_on_an_array_that_remembers_its_gradient() -> None:
    vectors, scale, shift = random(1, 2, 5), random(2, 5), random(3, 5)
    towards = random(4, 2, 5)
    traced: Any = [GradientArray(array) for array in (vectors, scale, shift)]
    out: Any = normalize(*traced)
    out.send(towards)
    for which, array in enumerate((vectors, scale, shift)):
        for place in np.ndindex(*array.shape):
            losses = []
            for step in (1e-5, -1e-5):
                nudged = [vectors.copy(), scale.copy(), shift.copy()]
                nudged[which][place] += step
                losses.append((normalize(*nudged) * towards).sum())
            expected = (losses[0] - losses[1]) / 2e-5
            assert traced[which].gradient[place] == pytest.approx(expected, abs=1e-7)


@pytest.mark.parametrize(
    ("vectors", "scale", "shift", "error", "message"),
    [
        ([1.0], np.ones(1), np.ones(1), TypeError, "vectors must be an array"),
        (np.ones((2, 3), int), np.ones(3), np.ones(3), TypeError, "vectors must be floating"),
        (np.ones((2, 3)), [1.0] * 3, np.ones(3), TypeError, "scale must be an array"),
        (np.ones((2, 3)), np.ones(2), np.ones(3), ValueError, r"scale must have the shape \(3,\)"),
        (np.ones((2, 3)), np.ones(3), np.ones((2, 3)), ValueError, r"shift .* not \(2, 3\)"),
        (np.ones((2, 0)), np.ones(0), np.ones(0), ValueError, r"shape \(…, width\), not \(2, 0\)"),
        (np.array(1.0), np.ones(1), np.ones(1), ValueError, r"shape \(…, width\), not \(\)"),
    ],
)
def test_what_cannot_be_normalized_is_refused(
    vectors: Any, scale: Any, shift: Any, error: type[Exception], message: str
) -> None:
    with pytest.raises(error, match=message):
        normalize(vectors, scale, shift)
