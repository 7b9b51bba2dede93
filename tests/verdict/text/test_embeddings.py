from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from verdict import embed_tokens, embedding_gradient, embedding_table

ROWS, WIDTH = 7, 3
ids_of_any_shape = st.lists(st.integers(0, ROWS - 1), max_size=12) | st.integers(1, 4).flatmap(
    lambda width: st.lists(
        st.lists(st.integers(0, ROWS - 1), min_size=width, max_size=width), min_size=1, max_size=5
    )
)


def test_a_table_is_the_same_for_the_same_seed() -> None:
    first, again, other = (embedding_table(ROWS, WIDTH, seed=seed) for seed in (1, 1, 2))
    assert (first == again).all()
    assert not (first == other).any()
    assert not (embedding_table(ROWS, WIDTH) == embedding_table(ROWS, WIDTH)).any()


def test_a_table_has_small_numbers_around_zero() -> None:
    table = embedding_table(1000, 64, seed=3)
    assert table.shape == (1000, 64)
    assert table.dtype == np.float32
    assert table.mean() == pytest.approx(0, abs=0.001)
    assert table.std() == pytest.approx(0.02, rel=0.02)
    assert embedding_table(1000, 64, seed=3, spread=1).std() == pytest.approx(1, rel=0.02)


@pytest.mark.parametrize(
    ("shape", "message"),
    [((0, 3), "vocabulary_size must be 1 or more, not 0"), ((3, 0), "width must be 1 or more")],
)
def test_a_table_without_rows_or_columns_is_refused(shape: tuple[int, int], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        embedding_table(*shape)


@given(ids_of_any_shape)
def test_a_lookup_is_a_product_with_one_hot_vectors(ids: Any) -> None:
    table = embedding_table(ROWS, WIDTH, seed=1)
    vectors = embed_tokens(table, ids)
    one_hot = np.eye(ROWS, dtype=np.float32)[np.array(ids, dtype=int)]
    assert vectors.shape == (*np.shape(ids), WIDTH)
    assert vectors.dtype == table.dtype
    assert (vectors == one_hot @ table).all()


def test_vectors_are_copies() -> None:
    table = embedding_table(ROWS, WIDTH, seed=1)
    before = table.copy()
    embed_tokens(table, [1])[:] = 5
    assert (table == before).all()


@pytest.mark.parametrize("dtype", [np.uint8, np.uint64, np.int16])
def test_ids_may_be_integers_of_any_type(dtype: Any) -> None:
    table = embedding_table(ROWS, WIDTH, seed=1)
    ids = np.array([6, 0], dtype)
    assert (embed_tokens(table, ids) == table[[6, 0]]).all()
    assert embedding_gradient(ids, np.ones((2, 1)), ROWS)[:, 0].tolist() == [1, 0, 0, 0, 0, 0, 1]


@pytest.mark.parametrize(
    ("ids", "error", "message"),
    [
        ([0, 7], IndexError, "token ID 7 has no row: this table has the rows 0 to 6"),
        ([[0], [-1]], IndexError, "token ID -1 has no row: this table has"),
        ([0.0], TypeError, "a token ID must be an integer, not float"),
        (np.array([0.0]), TypeError, "token IDs must be integers, not float64"),
        (3, TypeError, "ids must be an array or a list of token IDs, not int"),
    ],
)
def test_what_has_no_row_is_refused(ids: Any, error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        embed_tokens(embedding_table(ROWS, WIDTH), ids)
    with pytest.raises(error, match=message):
        embedding_gradient(ids, np.ones((*np.shape(ids), WIDTH)), ROWS)


def test_the_gradient_of_a_row_is_the_sum_over_its_places() -> None:
    gradient = np.array([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]])
    assert embedding_gradient([2, 0, 2], gradient, 4).tolist() == [[3, 4], [0, 0], [6, 8], [0, 0]]


@given(ids_of_any_shape, st.integers(0, 9))
def test_the_gradient_is_that_of_the_one_hot_product(ids: Any, seed: int) -> None:
    shape = (*np.shape(ids), WIDTH)
    gradient = np.random.default_rng(seed).integers(-9, 9, shape).astype(float)
    one_hot = np.eye(ROWS)[np.array(ids, dtype=int)].reshape(-1, ROWS)
    expected = one_hot.T @ gradient.reshape(-1, WIDTH)
    assert (embedding_gradient(ids, gradient, ROWS) == expected).all()


def test_the_gradient_says_how_the_loss_changes() -> None:
    table = embedding_table(ROWS, WIDTH, seed=1).astype(float)
    ids, step = [[2, 0], [2, 5]], 1e-6

    def loss(table: Any) -> float:
        return float((embed_tokens(table, ids) ** 2).sum())

    gradient = embedding_gradient(ids, 2 * embed_tokens(table, ids), ROWS)
    for place in np.ndindex(table.shape):
        nudged = table.copy()
        nudged[place] += step
        assert (loss(nudged) - loss(table)) / step == pytest.approx(gradient[place], abs=1e-5)


def test_the_gradient_keeps_its_type() -> None:
    assert embedding_gradient([1], np.ones((1, 2), np.float32), 3).dtype == np.float32


@pytest.mark.parametrize("shape", [(3,), (2, 3), (3, 1, 3), ()])
def test_a_gradient_that_does_not_fit_is_refused(shape: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match=r"shape \(3,\) need a gradient of shape \(3, width\), "):
        embedding_gradient([1, 2, 3], np.ones(shape), ROWS)
