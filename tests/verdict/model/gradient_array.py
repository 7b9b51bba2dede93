"""An array that remembers its gradient: as little of one as a model asks for.

The model is written for NumPy's arrays. This one has the same operators and methods, and registers
its own softmax, hide, normalize and gelu; it shows that nothing else is needed.
"""

from __future__ import annotations

from collections.abc import Callable
from math import pi, sqrt
from typing import Any

import numpy as np

from verdict import gelu, hide, normalize, softmax
from verdict.model.normalization import TINY


class GradientArray:
    """An array, what it was made from, and how a gradient finds its way back there."""

    def __init__(
        self,
        value: Any,
        parents: tuple[GradientArray, ...] = (),
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

    def __add__(self, other: GradientArray) -> GradientArray:
        return GradientArray(self.value + other.value, (self, other), lambda g: (g, g))

    def __mul__(self, factors: Any) -> GradientArray:
        return GradientArray(self.value * factors, (self,), lambda g: (g * factors,))

    def __truediv__(self, number: float) -> GradientArray:
        return self * (1 / number)

    def __matmul__(self, other: GradientArray) -> GradientArray:
        a, b = self.value, other.value
        return GradientArray(
            a @ b, (self, other), lambda g: (g @ b.swapaxes(-1, -2), a.swapaxes(-1, -2) @ g)
        )

    def __getitem__(self, place: Any) -> GradientArray:
        def back(gradient: Any) -> Any:
            whole = np.zeros_like(self.value)
            np.add.at(whole, place, gradient)  # a row may be taken more than once
            return (whole,)

        return GradientArray(self.value[place], (self,), back)

    def reshape(self, *shape: int) -> GradientArray:
        return GradientArray(
            self.value.reshape(shape), (self,), lambda g: (g.reshape(self.value.shape),)
        )

    def swapaxes(self, one: int, other: int) -> GradientArray:
        return GradientArray(
            self.value.swapaxes(one, other), (self,), lambda g: (g.swapaxes(one, other),)
        )


@softmax.register(GradientArray)
def _(scores: GradientArray, axis: int = -1) -> Any:  # type: ignore[misc]
    shares = softmax(scores.value, axis)
    return GradientArray(
        shares,
        (scores,),
        lambda g: (shares * (g - (g * shares).sum(axis, keepdims=True)),),
    )


@hide.register(GradientArray)
def _(scores: GradientArray, mask: Any) -> Any:  # type: ignore[misc]
    return GradientArray(hide(scores.value, mask), (scores,), lambda g: (np.where(mask, g, 0),))


@normalize.register(GradientArray)
def _(vectors: GradientArray, scale: GradientArray, shift: GradientArray) -> Any:  # type: ignore[misc]
    x = vectors.value
    ones = np.ones(x.shape[-1])
    normal = normalize(x, ones, ones * 0)
    centred = x - x.mean(axis=-1, keepdims=True)
    spread = np.sqrt(np.square(centred).mean(axis=-1, keepdims=True) + TINY)

    def back(gradient: Any) -> Any:
        h = gradient * scale.value
        inner = h - h.mean(-1, keepdims=True) - normal * (h * normal).mean(-1, keepdims=True)
        return inner / spread, gradient * normal, gradient

    out = normalize(x, scale.value, shift.value)
    return GradientArray(out, (vectors, scale, shift), back)


@gelu.register(GradientArray)
def _(numbers: GradientArray) -> Any:  # type: ignore[misc]
    x, a, b = numbers.value, sqrt(2 / pi), 0.044715
    t = np.tanh(a * (x + b * x**3))
    slope = (1 + t) / 2 + x * (1 - t**2) / 2 * a * (1 + 3 * b * x**2)
    return GradientArray(gelu(x), (numbers,), lambda g: (g * slope,))
