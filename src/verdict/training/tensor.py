"""Arrays that remember what they were made from, so that gradients find their way back.

The model is written for NumPy's arrays, with operators. A `Tensor` has the same operators, and its
own form of the functions that have none; so the whole model runs on it as it is written.
"""

from __future__ import annotations

from collections.abc import Callable
from math import erf, pi, sqrt
from typing import Any, TypeAlias

import numpy as np

from verdict.checks.arrays import Vectors
from verdict.checks.vectors import check_floats, check_width
from verdict.model.feed_forward import gelu
from verdict.model.normalization import TINY, normalize
from verdict.model.operations import hide, softmax

Back: TypeAlias = Callable[[Vectors], tuple[Vectors, ...]]
"""From the gradient of what an operation gave to the gradient of each thing it was given."""

PLACES = (int, np.integer, slice, type(None), type(Ellipsis))
"""What an index is made of when it takes no number twice."""


class Tensor:
    """An array that knows what it was made from, and how its gradient is shared among that.

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

    __slots__ = ("back", "gradient", "parents", "value")
    __array_ufunc__ = None  # so NumPy leaves `array + tensor` to the tensor

    def __init__(
        self, value: Any, parents: tuple[Tensor, ...] = (), back: Back | None = None
    ) -> None:
        self.value: Vectors = np.asarray(value)
        check_floats("value", self.value)
        self.parents, self.back = parents, back
        self.gradient: Vectors | None = None

    def backward(self) -> None:
        """Fill in the gradient of each tensor that this number was made from.

        Gradients of an earlier call are forgotten: a second one gives the same.

        Raises:
            ValueError: If this is not a single number, such as a loss.
        """
        if self.size != 1:
            raise ValueError(
                f"a gradient is that of one number, such as a loss, not of shape {self.shape}: "
                "take the mean or the sum first"
            )
        order = self._in_order()
        for tensor in order:
            tensor.gradient = None
        self.gradient = np.ones_like(self.value)
        # From the end to the beginning: all that was made from a tensor comes before it, so its
        # gradient is whole when its turn comes.
        for tensor in reversed(order):
            if tensor.back is None or tensor.gradient is None:
                continue
            parts = tensor.back(tensor.gradient)
            for parent, part in zip(tensor.parents, parts, strict=True):
                gradient = undo_broadcasting(part, parent.shape)
                # A new array for the sum: the old one may be another tensor's gradient too.
                before = parent.gradient
                parent.gradient = gradient if before is None else before + gradient
            tensor.gradient = None  # it has been passed on

    def _in_order(self) -> list[Tensor]:
        """List all that this tensor was made from, each after its own parents, itself last."""
        order: list[Tensor] = []
        seen: set[int] = set()
        stack = [(self, False)]  # our own, since a long chain is too deep for calls in calls
        while stack:
            tensor, parents_are_listed = stack.pop()
            if parents_are_listed:
                order.append(tensor)
            elif id(tensor) not in seen:
                seen.add(id(tensor))
                stack.append((tensor, True))
                stack.extend((parent, False) for parent in tensor.parents)
        return order

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
        return Tensor(np.asarray(other, self.dtype)) / self

    def __matmul__(self, other: Any) -> Tensor:
        other = as_tensor(other)
        if other.ndim == 1:  # a vector is a matrix of one column, or of one row
            return (self @ other.reshape(-1, 1))[..., 0]
        if self.ndim == 1:
            return (self.reshape(1, -1) @ other)[..., 0, :]
        a, b = self.value, other.value  # (…, n, k) and (…, k, m)
        if b.ndim > 2:
            return Tensor(
                a @ b,  # (…, n, m), and so is g
                (self, other),
                lambda g: (g @ b.swapaxes(-1, -2), a.swapaxes(-1, -2) @ g),
            )
        # All vectors times one matrix: as a single product of matrices it is faster.
        flat = a.reshape(-1, a.shape[-1])  # (… * n, k)

        def back(g: Vectors) -> tuple[Vectors, Vectors]:
            g = g.reshape(-1, g.shape[-1])  # (… * n, m)
            return (g @ b.T).reshape(a.shape), flat.T @ g

        return Tensor((flat @ b).reshape(*a.shape[:-1], -1), (self, other), back)

    def __rmatmul__(self, other: Any) -> Tensor:
        return Tensor(other) @ self

    def __sub__(self, other: Any) -> Tensor:
        return self + other * -1

    def __rsub__(self, other: Any) -> Tensor:
        return self * -1 + other

    def __neg__(self) -> Tensor:
        return self * -1

    __radd__ = __add__
    __rmul__ = __mul__

    def __getitem__(self, place: Any) -> Tensor:
        places = place if isinstance(place, tuple) else (place,)
        once = all(isinstance(part, PLACES) for part in places)

        def back(g: Vectors) -> tuple[Vectors]:
            whole = np.zeros_like(self.value)
            if once:
                whole[place] = g
            else:  # a row that was taken several times gets the sum
                np.add.at(whole, place, g)
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

    @property
    def shape(self) -> tuple[int, ...]:
        """The shape of the value."""
        return self.value.shape

    @property
    def dtype(self) -> np.dtype[Any]:
        """The type of the numbers."""
        return self.value.dtype

    @property
    def ndim(self) -> int:
        """How many axes there are."""
        return self.value.ndim

    @property
    def size(self) -> int:
        """How many numbers there are."""
        return self.value.size

    def __len__(self) -> int:
        return len(self.value)

    def __float__(self) -> float:
        return float(self.value.item())

    def __repr__(self) -> str:
        return f"Tensor({self.value})"


def as_tensor(numbers: Any) -> Tensor:
    """Make an array a tensor, if it is none yet."""
    return numbers if isinstance(numbers, Tensor) else Tensor(numbers)


def undo_broadcasting(gradient: Vectors, shape: tuple[int, ...]) -> Vectors:
    """Add up a gradient along each axis that an array was repeated along.

    Args:
        gradient: The gradient in the shape of what was made.
        shape: The shape of the array that it was made from.

    Returns:
        The gradient in this shape.

    Examples:
        >>> undo_broadcasting(np.ones((4, 3)), (3,))
        array([4., 4., 4.])
        >>> undo_broadcasting(np.ones((4, 3)), (4, 1))
        array([[3.],
               [3.],
               [3.],
               [3.]])
    """
    if gradient.shape == shape:
        return gradient
    new = gradient.ndim - len(shape)  # axes that came before the array's own
    repeated = [
        new + axis
        for axis, size in enumerate(shape)
        if size == 1 and gradient.shape[new + axis] > 1
    ]
    added: Vectors = gradient.sum(axis=(*range(new), *repeated), keepdims=True)
    return added.reshape(shape)


# The four below could be made of the operations above. As one step each they are much faster, and
# their gradients are short: the docs derive them.


@softmax.register(Tensor)
def _(scores: Any, axis: int = -1) -> Any:
    shares = softmax(scores.value, axis)

    def back(g: Vectors) -> tuple[Vectors]:
        gained = g * shares
        # More for one is less for the others: what all gain together is taken away again.
        return (gained - shares * gained.sum(axis=axis, keepdims=True),)

    return Tensor(shares, (scores,), back)


@hide.register(Tensor)
def _(scores: Any, mask: Any) -> Any:
    return Tensor(hide(scores.value, mask), (scores,), lambda g: (g * mask,))


@normalize.register(Tensor)
def _(vectors: Any, scale: Any, shift: Any) -> Any:
    x, scale, shift = vectors.value, as_tensor(scale), as_tensor(shift)
    check_width("scale", scale, x.shape)
    check_width("shift", shift, x.shape)
    centred = x - x.mean(axis=-1, keepdims=True)  # (…, width)
    spread = np.sqrt(np.square(centred).mean(axis=-1, keepdims=True) + TINY)  # (…, 1)
    normal = centred / spread

    def back(g: Vectors) -> tuple[Vectors, Vectors, Vectors]:
        h = g * scale.value  # the gradient of `normal`
        # Two things cannot change, the mean and the spread: what would change them is taken away.
        along_normal = (h * normal).mean(axis=-1, keepdims=True)
        to_vectors = (h - h.mean(axis=-1, keepdims=True) - normal * along_normal) / spread
        return to_vectors, g * normal, g

    return Tensor(normal * scale.value + shift.value, (vectors, scale, shift), back)


@gelu.register(Tensor)
def _(numbers: Any, *, exact: bool = False) -> Any:
    x = numbers.value
    # Half the curve is the chance that a normal number is smaller, the slope how fast it grows.
    if exact:
        chance = (1 + np.vectorize(erf, otypes=[x.dtype])(x / sqrt(2))) / 2
        slope = np.exp(-x * x / 2) / sqrt(2 * pi)
    else:
        bent = np.tanh(sqrt(2 / pi) * x * (1 + 0.044715 * x * x))
        chance = (1 + bent) / 2
        slope = (1 - bent * bent) * (1 + 3 * 0.044715 * x * x) / sqrt(2 * pi)
    return Tensor(x * chance, (numbers,), lambda g: (g * (chance + x * slope),))
