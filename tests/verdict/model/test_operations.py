from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.verdict.model.arrays import PYTORCH_SOFTMAX, batches, lengths, random, seeds
from verdict import causal_mask, dropout, hide, softmax

shapes = st.tuples(batches, lengths, lengths).map(lambda s: (*s[0], s[1], s[2]))


@given(shapes, seeds, st.floats(0.01, 500))
def test_shares_add_up_to_1_and_none_is_negative(
    shape: tuple[int, ...], seed: int, size: float
) -> None:
    shares = softmax(random(seed, *shape) * size)
    assert shares.shape == shape
    assert shares.sum(axis=-1) == pytest.approx(1, abs=1e-12)
    assert (shares >= 0).all()


@given(shapes, seeds, st.sampled_from([-2048.0, -1.0, 0.5, 1024.0, 65536.0]))
def test_a_constant_added_to_all_scores_changes_nothing(
    shape: tuple[int, ...], seed: int, constant: float
) -> None:
    scores = np.round(random(seed, *shape) * 1024) / 1024  # so that adding loses no digit
    assert (softmax(scores + constant) == softmax(scores)).all()


@given(shapes, seeds)
def test_the_share_of_a_larger_score_is_larger_by_e_to_the_difference(
    shape: tuple[int, ...], seed: int
) -> None:
    scores = random(seed, *shape)
    shares = softmax(scores)
    assert shares / shares[..., :1] == pytest.approx(np.exp(scores - scores[..., :1]))


def test_equals_pytorch() -> None:
    scores = np.array([[-3.0, 0.5, 2.0, 700.0], [0.1, -0.2, 0.3, -np.inf]])
    assert softmax(scores) == pytest.approx(np.array(PYTORCH_SOFTMAX), rel=1e-12, abs=0)


def test_the_axis_says_which_way_the_shares_add_up() -> None:
    scores = random(1, 2, 3, 4)
    assert (softmax(scores) == softmax(scores, axis=2)).all()
    for axis in range(3):
        shares = softmax(scores, axis)
        assert shares.sum(axis=axis) == pytest.approx(1)
        assert (shares == np.moveaxis(softmax(np.moveaxis(scores, axis, -1)), -1, axis)).all()


def test_what_goes_in_stays_as_it_is_and_keeps_its_type() -> None:
    scores = random(1, 3, 3).astype(np.float32)
    before = scores.copy()
    for found in (softmax(scores), hide(scores, causal_mask(3))):
        assert found.dtype == np.float32
        assert (scores == before).all()
    kept = dropout(scores, 0.5, np.random.default_rng(1))
    assert kept.dtype == np.float32
    assert (scores == before).all()


def test_hidden_scores_are_minus_infinity_and_the_others_what_they_were() -> None:
    scores = random(1, 2, 3, 3)
    hidden = hide(scores, causal_mask(3))
    above = np.triu(np.ones((3, 3), bool), 1)
    assert np.isneginf(hidden[:, above]).all()
    assert (hidden[:, ~above] == scores[:, ~above]).all()
    assert (softmax(hidden)[:, above] == 0).all()


@given(seeds, st.sampled_from([0.0, 0.1, 0.25, 0.5, 0.9]))
def test_dropout_keeps_the_average(seed: int, rate: float) -> None:
    kept = dropout(np.ones(20_000), rate, np.random.default_rng(seed))
    assert set(kept) <= {0, 1 / (1 - rate)}
    assert (kept == 0).mean() == pytest.approx(rate, abs=0.025)
    assert kept.mean() == pytest.approx(1, abs=0.2)


def test_dropout_by_the_same_generator_is_the_same_for_every_kind_of_float() -> None:
    first, second = (
        dropout(np.ones(50, kind), 0.5, np.random.default_rng(7)) for kind in (np.float32, float)
    )
    assert first.tolist() == second.tolist()
    going_on = np.random.default_rng(7)
    assert dropout(np.ones(50), 0.5, going_on).tolist() == second.tolist()
    assert dropout(np.ones(50), 0.5, going_on).tolist() != second.tolist()


def test_a_number_stays_where_the_generator_draws_the_rate_or_more() -> None:
    drawn = np.random.default_rng(123).random((3, 4))
    kept = dropout(np.ones((3, 4)), 0.25, np.random.default_rng(123))
    assert kept == pytest.approx(np.where(drawn >= 0.25, 4 / 3, 0))


def test_without_a_generator_nothing_is_dropped() -> None:
    numbers = random(1, 4, 4)
    assert (dropout(numbers, 0.9, None) == numbers).all()


@pytest.mark.parametrize(
    ("scores", "axis", "error", "message"),
    [
        ([1.0, 2.0], -1, TypeError, r"scores must be an array .* not list: np.array\(scores"),
        (np.array([1, 2]), -1, TypeError, r"not int64: scores\.astype\(float\) are"),
        (np.array([True]), -1, TypeError, "not bool"),
        (np.ones((2, 3)), 2, IndexError, r"scores of shape \(2, 3\) have no axis 2"),
        (np.ones((2, 3)), -3, IndexError, "have no axis -3"),
        (np.ones((2, 3)), 1.0, TypeError, "axis must be an int, not float"),
        (np.ones((2, 0)), -1, ValueError, r"\(2, 0\) have nothing to share along axis -1"),
        (np.array(1.0), -1, IndexError, r"scores of shape \(\) have no axis"),
        (np.full((2, 2), -np.inf), -1, ValueError, "largest score .* all are hidden"),
        (np.array([1, np.inf]), -1, ValueError, "must be a finite number"),
        (np.array([[1, 2], [1, np.nan]]), -1, ValueError, "must be a finite number"),
    ],
)
def test_scores_that_cannot_be_shared_out_are_refused(
    scores: Any, axis: Any, error: type[Exception], message: str
) -> None:
    with pytest.raises(error, match=message):
        softmax(scores, axis)


@pytest.mark.parametrize(
    ("mask", "error", "message"),
    [
        (np.ones((2, 2)), TypeError, "mask must be an array of true and false, not float64"),
        ([[True]], TypeError, "mask must be an array of true and false, not list"),
        (np.ones((3, 3), bool), ValueError, r"mask of shape \(3, 3\) does not fit .* \(2, 2\)"),
        (np.ones((5, 2, 2), bool), ValueError, r"\(5, 2, 2\) does not fit scores of shape"),
        (np.eye(2, dtype=bool)[::-1] & np.eye(2, dtype=bool), ValueError, "hides everything"),
        (np.array([[True, False], [False, False]]), ValueError, "leave it at least itself"),
    ],
)
def test_a_mask_that_does_not_fit_is_refused(
    mask: Any, error: type[Exception], message: str
) -> None:
    with pytest.raises(error, match=message):
        hide(np.ones((2, 2)), mask)


@pytest.mark.parametrize(
    ("vectors", "rate", "generator", "error", "message"),
    [
        ([1.0], 0.5, None, TypeError, "vectors must be an array"),
        (np.array([1]), 0.5, None, TypeError, "vectors must be floating-point numbers"),
        (np.ones(2), 1, None, ValueError, "rate must be 0 or more and below 1, .* not 1"),
        (np.ones(2), -0.1, None, ValueError, "not -0.1"),
        (np.ones(2), float("nan"), None, ValueError, "not nan"),
        (np.ones(2), "0.5", None, TypeError, "rate must be a number, not str"),
        (np.ones(2), True, None, TypeError, "rate must be a number, not bool"),
        (np.ones(2), 0.5, 123, TypeError, r"such as np\.random\.default_rng\(123\), not int"),
    ],
)
def test_what_dropout_cannot_do_is_refused(
    vectors: Any, rate: Any, generator: Any, error: type[Exception], message: str
) -> None:
    with pytest.raises(error, match=message):
        dropout(vectors, rate, generator)
