"""Positions as rotations: the further on a token stands, the further its vector is turned."""

import numpy as np
from numpy.typing import NDArray

from verdict.checks.arrays import Ids, Vectors, checked_positions
from verdict.checks.numbers import checked_size

BASE = 10_000
"""How many times slower the slowest pair of numbers turns than the first, nearly."""


def rotate_by_position(vectors: Vectors, positions: Ids | int) -> Vectors:
    """Turn each pair of numbers of a vector by an angle that grows with its position.

    The dot product of two turned vectors depends on how far apart they stand, and not on
    where: that makes it a position for self-attention to use (Su et al., "RoFormer: Enhanced
    Transformer with Rotary Position Embedding", 2021, section 3.2.2). Numbers 2i and 2i + 1
    are a pair, and position p turns it by p / 10000^(2i / width) radians.

    Args:
        vectors: Shape (…, width), with an even width.
        positions: The position of each vector; a single one is that of all.

    Returns:
        The turned vectors, each as long as it was.

    Raises:
        TypeError: If `positions` are no integers, or `vectors` no floating-point numbers.
        ValueError: If the width is odd, or the positions do not fit the vectors.

    Examples:
        >>> rotate_by_position(np.array([[1.0, 0.0], [1.0, 0.0]]), [0, 1]).round(2)
        array([[1.  , 0.  ],
               [0.54, 0.84]])
    """
    vectors = np.asarray(vectors)  # (…, width)
    if vectors.dtype.kind != "f":
        raise TypeError(f"vectors must be floating-point numbers, not {vectors.dtype}")
    places = checked_positions(positions)  # (…), or () where one position is that of all
    angles = places[..., None] * turning_speeds(vectors.shape[-1])  # (…, width / 2)
    try:
        np.broadcast_to(angles[..., 0], vectors.shape[:-1])
    except ValueError:
        raise ValueError(
            f"positions of shape {places.shape} do not fit vectors of shape {vectors.shape}: "
            "give one position for each vector"
        ) from None

    # Each pair is a point, and turns about the origin by its angle: all of shape (…, width / 2).
    cosines, sines = np.cos(angles), np.sin(angles)
    firsts, seconds = vectors[..., 0::2], vectors[..., 1::2]
    turned = np.empty_like(vectors)
    turned[..., 0::2] = firsts * cosines - seconds * sines
    turned[..., 1::2] = firsts * sines + seconds * cosines
    return turned


def turning_speeds(width: int) -> NDArray[np.float64]:
    """Compute by how many radians each pair turns from one position to the next.

    Args:
        width: The length of the vectors.

    Returns:
        The angle of each pair, from the fastest to the slowest: shape (width / 2,).

    Raises:
        TypeError: If `width` is no integer.
        ValueError: If it is below 1, or odd.

    Examples:
        >>> turning_speeds(4)
        array([1.  , 0.01])
    """
    width = checked_size("width", width)
    if width % 2:
        raise ValueError(f"width must be even, as its numbers go in pairs, not {width}")
    speeds: NDArray[np.float64] = BASE ** -(np.arange(0, width, 2) / width)
    return speeds
