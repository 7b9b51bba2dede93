"""Layer normalization: every vector is brought to the same middle and the same spread."""

from functools import singledispatch

import numpy as np

from verdict.checks.arrays import Vectors
from verdict.checks.model import check_width
from verdict.checks.vectors import check_floats

TINY = 1e-5
"""Added to the variance, so that nothing is divided by 0; as much as in GPT-2."""


@singledispatch
def normalize(vectors: Vectors, scale: Vectors, shift: Vectors) -> Vectors:
    """Bring each vector to mean 0 and variance 1, then scale and shift each of its numbers.

    The variance is the mean of the squares, over n and not n - 1 (Ba, Kiros and Hinton, "Layer
    Normalization", 2016). Each vector is treated by itself, whatever stands beside it.

    Args:
        vectors: Shape (…, width).
        scale: What each number is multiplied by: shape (width,). Training begins with 1.
        shift: What is then added to it: shape (width,). Training begins with 0.

    Returns:
        Shape (…, width).

    Raises:
        TypeError: If one is no array of floating-point numbers.
        ValueError: If their widths differ.

    Examples:
        >>> normalize(np.array([[1.0, 2.0, 3.0], [10.0, 20.0, 30.0]]), np.ones(3), np.zeros(3))
        array([[-1.22473569,  0.        ,  1.22473569],
               [-1.22474478,  0.        ,  1.22474478]])
    """
    check_floats("vectors", vectors)
    check_width("scale", scale, vectors.shape)
    check_width("shift", shift, vectors.shape)
    centred = vectors - vectors.mean(axis=-1, keepdims=True)  # (…, width)
    variance = np.square(centred).mean(axis=-1, keepdims=True)  # (…, 1)
    centred /= np.sqrt(variance + TINY)  # (…, width)
    normal: Vectors = centred * scale + shift  # (…, width)
    return normal
