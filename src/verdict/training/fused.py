"""Softmax, hide, normalize and gelu of tensors, each as one step with a derived gradient.

They could be made of a tensor's other operations. As one step each they are much faster, and their
gradients are short: the docs derive them.
"""

from math import erf, pi, sqrt
from typing import Any

import numpy as np

from verdict.checks.arrays import Vectors
from verdict.checks.model import check_width
from verdict.model.feed_forward import gelu
from verdict.model.normalization import TINY, normalize
from verdict.model.operations import hide, softmax
from verdict.training.tensor import Tensor, as_tensor


@softmax.register(Tensor)
def _(scores: Any, axis: int = -1) -> Any:  # type: ignore[misc]
    shares = softmax(scores.value, axis)

    def back(g: Vectors) -> tuple[Vectors]:
        gained = g * shares
        # More for one is less for the others: what all gain together is taken away again.
        return (gained - shares * gained.sum(axis=axis, keepdims=True),)

    return Tensor(shares, (scores,), back)


@hide.register(Tensor)
def _(scores: Any, mask: Any) -> Any:  # type: ignore[misc]
    return Tensor(hide(scores.value, mask), (scores,), lambda g: (g * mask,))


@normalize.register(Tensor)
def _(vectors: Any, scale: Any, shift: Any) -> Any:  # type: ignore[misc]
    x, scale, shift = vectors.value, as_tensor(scale), as_tensor(shift)
    check_width("scale", scale, x.shape)
    check_width("shift", shift, x.shape)
    centred = x - mean_of_products(x)  # (…, width)
    spread = np.sqrt(mean_of_products(centred, centred) + TINY)  # (…, 1)
    normal = centred / spread  # (…, width)

    def back(g: Vectors) -> tuple[Vectors, Vectors, Vectors]:
        h = g * scale.value  # the gradient of `normal`
        # Two things cannot change, the mean and the spread: what would change them is taken away.
        along_normal = mean_of_products(h, normal)  # (…, 1)
        to_vectors = (h - mean_of_products(h) - normal * along_normal) / spread
        return to_vectors, g * normal, g

    return Tensor(normal * scale.value + shift.value, (vectors, scale, shift), back)


@gelu.register(Tensor)
def _(numbers: Any, *, exact: bool = False) -> Any:  # type: ignore[misc]
    x = numbers.value
    # Half the curve is the chance that a normal number is smaller, the slope how fast it grows.
    if exact:
        chance = (1 + np.vectorize(erf, otypes=[x.dtype])(x / sqrt(2))) / 2
        slope = np.exp(-x * x / 2) / sqrt(2 * pi)
    else:
        # (1 + tanh(z)) / 2 is 1 / (1 + exp(-2 * z)), which is computed in half the time.
        square, steep = x * x, 2 * sqrt(2 / pi)
        with np.errstate(over="ignore"):  # the power is infinite where the chance is 0
            chance = 1 / (1 + np.exp(-steep * x * (1 + 0.044715 * square)))
        slope = chance * (1 - chance) * (steep + 3 * 0.044715 * steep * square)
    rise = chance + x * slope  # now: so one array is kept for the way back, not two
    return Tensor(x * chance, (numbers,), lambda g: (g * rise,))


def mean_of_products(*factors: Vectors) -> Vectors:
    """Multiply arrays number by number, and average along the last axis: shape (…, 1).

    It is one pass over the numbers, without an array of the products. With a single array it is
    their mean.
    """
    each = ",".join("...i" for _ in factors)
    total: Vectors = np.einsum(f"{each}->...", *factors)[..., None]  # (…, 1)
    total /= factors[0].shape[-1]
    return total
