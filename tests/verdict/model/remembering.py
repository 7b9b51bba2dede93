"""An array that remembers its gradient: as little of one as attention asks for.

The model is written for NumPy's arrays. This one has the same operators and methods, and registers
its own softmax and hide; it shows that nothing else is needed.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from verdict import hide, softmax


class Remembering:
    """An array, what it was made from, and how a gradient finds its way back there."""

    def __init__(
        self,
        value: Any,
        parents: tuple[Remembering, ...] = (),
        back: Callable[[Any], Any] = lambda _: (),
    ) -> None:
        self.value = np.asarray(value)
        self.parents, self.back = parents, back
        self.gradient = np.zeros_like(self.value)
        self.shape, self.dtype = self.value.shape, self.value.dtype

    def send(self, gradient: Any) -> None:
        """Add to the gradient, and send it on; slow where a value is used twice, but simple."""
        beyond = gradient.ndim - self.value.ndim
        gradient = gradient.sum(tuple(range(beyond)))  # where it was repeated
        self.gradient = self.gradient + gradient
        for parent, part in zip(self.parents, self.back(gradient), strict=True):
            parent.send(part)

    def __add__(self, other: Remembering) -> Remembering:
        return Remembering(self.value + other.value, (self, other), lambda g: (g, g))

    def __mul__(self, factors: Any) -> Remembering:
        return Remembering(self.value * factors, (self,), lambda g: (g * factors,))

    def __truediv__(self, number: float) -> Remembering:
        return self * (1 / number)

    def __matmul__(self, other: Remembering) -> Remembering:
        a, b = self.value, other.value
        return Remembering(
            a @ b, (self, other), lambda g: (g @ b.swapaxes(-1, -2), a.swapaxes(-1, -2) @ g)
        )

    def __getitem__(self, place: Any) -> Remembering:
        def back(gradient: Any) -> Any:
            whole = np.zeros_like(self.value)
            whole[place] = gradient
            return (whole,)

        return Remembering(self.value[place], (self,), back)

    def reshape(self, *shape: int) -> Remembering:
        return Remembering(
            self.value.reshape(shape), (self,), lambda g: (g.reshape(self.value.shape),)
        )

    def swapaxes(self, one: int, other: int) -> Remembering:
        return Remembering(
            self.value.swapaxes(one, other), (self,), lambda g: (g.swapaxes(one, other),)
        )


@softmax.register(Remembering)
def _(scores: Remembering, axis: int = -1) -> Any:  # type: ignore[misc]
    shares = softmax(scores.value, axis)
    return Remembering(
        shares,
        (scores,),
        lambda g: (shares * (g - (g * shares).sum(axis, keepdims=True)),),
    )


@hide.register(Remembering)
def _(scores: Remembering, mask: Any) -> Any:  # type: ignore[misc]
    return Remembering(hide(scores.value, mask), (scores,), lambda g: (np.where(mask, g, 0),))
