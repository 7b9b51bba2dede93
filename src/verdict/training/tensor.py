"""Arrays that remember what they were made from, so that gradients find their way back.

The model is written for NumPy's arrays, with operators. A `Tensor` has the same operators, and its
own form of the functions that have none; so the whole model runs on it as it is written.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from verdict.checks.arrays import Vectors
from verdict.training.graph import Node

BASIC_INDEX = (int, np.integer, slice, type(None), type(Ellipsis))
"""The types of which an index is made that takes no number twice: NumPy's basic indexing."""


class Tensor(Node):
    """An array whose operations remember: each gives a function from its gradient to theirs.

    Args:
        value: The numbers.
        parents: The tensors that it was made from; none, if it is where things begin.
        back: Takes the gradient of this tensor and returns that of each parent.

    Attributes:
        value: The numbers, as an array of NumPy's.
        gradient: After `backward`: how much the result changes for a small change of each
            number, in the shape of `value`. Only a tensor without parents keeps it.

    Raises:
        TypeError: If `value` are no floating-point numbers.

    Examples:
        >>> x = Tensor(np.array([1.0, 2.0, 3.0]))
        >>> (x * x + x).sum().backward()
        >>> x.gradient
        array([3., 5., 7.])
    """

    __slots__ = ()
    __array_ufunc__ = None  # so NumPy leaves `array + tensor` to the tensor

    def __add__(self, other: Any) -> Tensor:
        if not isinstance(other, Tensor):  # numbers that nobody asks the gradient of
            return Tensor(self.value + other, (self,), lambda g: (g,))
        return Tensor(self.value + other.value, (self, other), lambda g: (g, g))

    def __mul__(self, other: Any) -> Tensor:
        if not isinstance(other, Tensor):
            return Tensor(self.value * other, (self,), lambda g: (g * other,))
        a, b = self.value, other.value
        return Tensor(a * b, (self, other), lambda g: (g * b, g * a))

    def __truediv__(self, other: Any) -> Tensor:
        if not isinstance(other, Tensor):
            return Tensor(self.value / other, (self,), lambda g: (g / other,))
        b = other.value
        ratio = self.value / b
        return Tensor(ratio, (self, other), lambda g: (g / b, -g * ratio / b))

    def __rtruediv__(self, other: Any) -> Tensor:
        return Tensor(np.asarray(other, self.dtype)).__truediv__(self)

    def __matmul__(self, other: Any) -> Tensor:
        right = as_tensor(other)
        if right.ndim == 1:  # a vector is a matrix of one column, or of one row
            return (self @ right.reshape(-1, 1))[..., 0]
        if self.ndim == 1:
            return (self.reshape(1, -1) @ right)[..., 0, :]
        a, b = self.value, right.value  # (…, n, k) and (…, k, m)
        if b.ndim > 2:
            return Tensor(
                a @ b,  # (…, n, m), and so is g
                (self, right),
                lambda g: (g @ b.swapaxes(-1, -2), a.swapaxes(-1, -2) @ g),
            )
        # All vectors times one matrix: as a single product of matrices it is faster.
        flat = a.reshape(-1, a.shape[-1])  # (… * n, k)

        def back(g: Vectors) -> tuple[Vectors, Vectors]:
            g = g.reshape(-1, g.shape[-1])  # (… * n, m)
            return (g @ b.T).reshape(a.shape), flat.T @ g

        return Tensor((flat @ b).reshape(*a.shape[:-1], -1), (self, right), back)

    def __rmatmul__(self, other: Any) -> Tensor:
        return Tensor(other).__matmul__(self)

    def __sub__(self, other: Any) -> Tensor:
        return self.__add__(other * -1)

    def __rsub__(self, other: Any) -> Tensor:
        return self.__mul__(-1).__add__(other)

    def __neg__(self) -> Tensor:
        return self * -1

    __radd__ = __add__
    __rmul__ = __mul__

    def __getitem__(self, place: Any) -> Tensor:
        places = place if isinstance(place, tuple) else (place,)
        takes_each_once = all(isinstance(part, BASIC_INDEX) for part in places)

        def back(g: Vectors) -> tuple[Vectors]:
            whole = np.zeros(self.shape, self.dtype)
            if takes_each_once:
                whole[place] = g
            else:  # a number that was taken several times gets the sum of its gradients
                taken = np.arange(self.size).reshape(self.shape)[place]  # which ones, counted
                np.add.at(whole.reshape(-1), taken.reshape(-1), g.reshape(-1))
            return (whole,)

        return Tensor(self.value[place], (self,), back)

    def reshape(self, *shape: Any) -> Tensor:
        """Put the same numbers into another shape."""
        return Tensor(self.value.reshape(*shape), (self,), lambda g: (g.reshape(self.shape),))

    def swapaxes(self, one: int, other: int) -> Tensor:
        """Exchange two axes."""
        return Tensor(self.value.swapaxes(one, other), (self,), lambda g: (g.swapaxes(one, other),))

    def sum(self, axis: int | tuple[int, ...] | None = None, keepdims: bool = False) -> Tensor:
        """Add up the numbers, all or those along an axis."""

        def back(g: Vectors) -> tuple[Vectors]:
            if not keepdims:  # (…) with an axis of 1 again wherever one was added up
                g = np.expand_dims(g, tuple(range(self.ndim)) if axis is None else axis)
            return (np.broadcast_to(g, self.shape),)

        return Tensor(self.value.sum(axis=axis, keepdims=keepdims), (self,), back)

    def mean(self, axis: int | tuple[int, ...] | None = None, keepdims: bool = False) -> Tensor:
        """Average the numbers, all or those along an axis."""
        total = self.sum(axis, keepdims)
        return total / (self.size / max(1, total.size))

    @property
    def T(self) -> Tensor:  # noqa: N802 - as NumPy calls it
        """The matrix with its axes exchanged."""
        return self.swapaxes(-1, -2)


def as_tensor(numbers: Any) -> Tensor:
    """Make an array a tensor, if it is none yet."""
    return numbers if isinstance(numbers, Tensor) else Tensor(numbers)
