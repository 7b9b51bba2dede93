import gc
import operator
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import mutually_broadcastable_shapes

from tests.verdict.model.arrays import Floats, lengths, random, seeds, widths
from tests.verdict.training.nudging import check_gradients
from verdict import Tensor, causal_mask, dropout, hide, softmax

two_shapes = mutually_broadcastable_shapes(num_shapes=2, max_dims=3, max_side=3).map(
    lambda found: found.input_shapes
)
"""Two shapes that NumPy makes one of, by repeating what has a size of 1 or is not there."""

products = mutually_broadcastable_shapes(
    signature="(n?,k),(k,m?)->(n?,m?)", max_dims=2, max_side=3
).map(lambda found: found.input_shapes)
"""Shapes that `@` takes: vectors and matrices, with axes before them that may be repeated."""


def away_from_0(seed: int, *shape: int) -> Floats:
    numbers = random(seed, *shape)
    return np.asarray(np.copysign(np.abs(numbers) + 0.5, numbers))


@pytest.mark.parametrize("operation", [operator.add, operator.sub, operator.mul, operator.truediv])
@given(shapes=two_shapes, seed=seeds)
def test_arithmetic_has_the_gradients_that_nudging_finds_whatever_is_broadcast(
    operation: Callable[..., Any], shapes: Any, seed: int
) -> None:
    one, other = random(seed, *shapes[0]), away_from_0(seed + 1, *shapes[1])
    check_gradients(operation, one, other)
    check_gradients(lambda tensor: operation(tensor, other), one)
    check_gradients(lambda tensor: operation(one, tensor), other)


@given(shapes=products, seed=seeds)
def test_products_of_matrices_and_vectors_have_the_gradients_that_nudging_finds(
    shapes: Any, seed: int
) -> None:
    one, other = random(seed, *shapes[0]), random(seed + 1, *shapes[1])
    check_gradients(operator.matmul, one, other)
    check_gradients(lambda tensor: tensor @ other, one)
    check_gradients(lambda tensor: one @ tensor, other)


@pytest.mark.parametrize("operation", [operator.neg, lambda x: 2 - x, lambda x: 1 / (x * x + 1)])
@given(seed=seeds)
def test_numbers_beside_a_tensor_take_no_gradient_away(
    operation: Callable[..., Any], seed: int
) -> None:
    check_gradients(operation, random(seed, 2, 3))


@pytest.mark.parametrize(
    "place",
    [
        1,
        -1,
        slice(1, None),
        slice(None, None, -2),
        (..., 0),
        (slice(None), None, 1),
        (0, slice(2)),
        np.array([2, 0, 2, 2]),
        [1, 1],
        np.array([[0, 1], [1, 0]]),
        (np.array([0, 0, 1]), np.array([1, 1, 0])),
        (slice(None), [0, 0]),
        np.array([True, False, True]),
    ],
    ids=str,
)
def test_a_number_that_is_taken_twice_counts_twice(place: Any) -> None:
    check_gradients(lambda x: x[place], random(1, 3, 4, 2))


def test_rows_are_taken_of_an_array_that_lies_column_by_column_too() -> None:
    table = Tensor(random(1, 2, 3).T)
    table[[0, 0, 2]].sum().backward()
    assert table.gradient is not None
    assert table.gradient.tolist() == [[2, 2], [0, 0], [1, 1]]


@pytest.mark.parametrize(
    "operation",
    [
        lambda x: x.reshape(4, 6),
        lambda x: x.reshape((-1, 3)),
        lambda x: x.reshape(24),
        lambda x: x.swapaxes(0, -1),
        lambda x: x.swapaxes(-1, -2),
        lambda x: x[0].T,
        lambda x: x.sum(),
        lambda x: x.sum(axis=1),
        lambda x: x.sum(axis=(0, -1)),
        lambda x: x.sum(axis=-1, keepdims=True),
        lambda x: x.sum(keepdims=True),
        lambda x: x.mean(),
        lambda x: x.mean(axis=(1,)),
        lambda x: x.mean(axis=-1, keepdims=True),
    ],
)
def test_other_shapes_and_sums_have_the_gradients_that_nudging_finds(
    operation: Callable[..., Any],
) -> None:
    check_gradients(operation, random(1, 2, 3, 4))


@given(lengths, widths, st.integers(-2, 1), seeds)
def test_softmax_has_the_gradients_that_nudging_finds(
    length: int, width: int, axis: int, seed: int
) -> None:
    check_gradients(lambda scores: softmax(scores, axis), random(seed, length, width))


@given(lengths, seeds)
def test_softmax_behind_a_mask_has_the_gradients_that_nudging_finds(length: int, seed: int) -> None:
    mask = causal_mask(length)
    check_gradients(lambda scores: softmax(hide(scores, mask)), random(seed, 2, length, length))


@given(seeds)
def test_dropout_has_the_gradients_that_nudging_finds(seed: int) -> None:
    check_gradients(
        lambda vectors: dropout(vectors, 0.4, np.random.default_rng(seed)), random(seed, 3, 4)
    )


@given(seeds)
def test_a_tensor_that_is_used_twice_gets_both_gradients(seed: int) -> None:
    check_gradients(lambda x, w: x * w + x, *random(seed, 2, 3))
    check_gradients(lambda x: x @ x.T + x, random(seed, 3, 3))
    check_gradients(lambda x: (x + x) * (x + x), random(seed, 2))


def test_a_gradient_is_passed_on_only_when_all_of_it_has_come() -> None:
    a = Tensor(np.array(1.0))
    b = a + a
    c = b + b  # by recursive calls, b would pass on its gradient twice
    (c * b).backward()
    assert a.gradient == 16  # c * b is 8 a * a


def test_a_chain_may_be_as_long_as_one_likes() -> None:
    x = total = Tensor(np.array(0.5))
    for _ in range(10_000):
        total = total + x
    total.backward()
    assert x.gradient == 10_001


def test_a_second_pass_gives_the_same_gradients() -> None:
    x: Any = Tensor(random(1, 3, 3))
    loss: Any = softmax(x @ x).mean()
    loss.backward()
    first = x.gradient
    loss.backward()
    assert (x.gradient == first).all()
    (x * 2).sum().backward()
    assert (x.gradient == np.full((3, 3), 2.0)).all()


def test_only_tensors_without_parents_keep_their_gradient() -> None:
    x = Tensor(random(1, 2, 2))
    between = x * 2
    loss = between.sum()
    loss.backward()
    assert (x.gradient is None, between.gradient is None, loss.gradient is None) == (
        False,
        True,
        True,
    )


def test_no_gradient_changes_when_another_one_is_added_to() -> None:
    a, b = Tensor(random(1, 2)), Tensor(random(2, 2))
    ((a + b) + a).sum().backward()
    assert a.gradient == pytest.approx(np.array([2.0, 2.0]))
    assert b.gradient == pytest.approx(np.array([1.0, 1.0]))


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_all_is_computed_in_the_type_of_the_numbers(dtype: type[np.floating]) -> None:
    x, w = Tensor(random(1, 2, 3, 3).astype(dtype)), Tensor(random(2, 3, 3).astype(dtype))
    shifted: Any = (x @ w) / 2.5 - x * 0.5 + 1
    made: Any = softmax(hide(shifted, causal_mask(3)))
    made = made @ made.swapaxes(-1, -2) + made.mean(axis=-1, keepdims=True)
    loss = made[:, [0, 0, 1]].mean()
    loss.backward()
    for tensor in (made, loss):
        assert tensor.dtype == dtype
    for tensor in (x, w):
        assert tensor.gradient is not None
        assert tensor.gradient.dtype == dtype


def test_what_is_no_longer_needed_is_free_at_once() -> None:
    def tensors() -> int:
        return sum(isinstance(found, Tensor) for found in gc.get_objects())

    before = tensors()
    gc.disable()  # else it would find what points to itself
    try:
        x: Any = Tensor(random(1, 3, 3))
        loss: Any = softmax(hide(x[[0, 0, 2]] @ x.reshape(3, 3), causal_mask(3))).mean()
        loss.backward()
        del loss
        assert tensors() == before + 1
    finally:
        gc.enable()


def test_what_a_tensor_says_of_itself() -> None:
    x = Tensor(np.array([[1.0, 2.0]]))
    assert (x.shape, x.ndim, x.size, len(x)) == ((1, 2), 2, 2, 1)
    assert repr(x) == "Tensor([[1. 2.]])"
    assert float(x.sum()) == 3


@pytest.mark.parametrize("value", [[1, 2], np.array([True]), "1.5", None])
def test_what_are_no_floating_point_numbers_is_refused(value: Any) -> None:
    with pytest.raises(TypeError, match="value must be floating-point numbers, not"):
        Tensor(value)


def test_a_gradient_of_several_numbers_is_refused() -> None:
    with pytest.raises(ValueError, match=r"not of shape \(2, 2\): take the mean or the sum first"):
        Tensor(np.ones((2, 2))).backward()
