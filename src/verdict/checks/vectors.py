"""Vectors, and what attention does with them: their shapes, their kind, and a mask's."""

from typing import Any

import numpy as np

from verdict.checks.arrays import Vectors


def check_floats(name: str, numbers: Vectors) -> None:
    """Make sure that something is an array of floating-point numbers.

    An array of another library will do, if it has a `shape` and one of NumPy's `dtype`s.

    Args:
        name: What the caller calls it, for the error.
        numbers: What was given.

    Raises:
        TypeError: If it is no array, or its numbers are integers, or something else.

    Examples:
        >>> check_floats("scores", np.array([1, 2]))
        Traceback (most recent call last):
        TypeError: scores must be floating-point numbers, not int64: scores.astype(float) are
    """
    kind: Any = getattr(numbers, "dtype", None)
    if kind is None or not hasattr(numbers, "shape"):
        raise TypeError(
            f"{name} must be an array of floating-point numbers, not {type(numbers).__name__}: "
            f"np.array({name}, float) makes one"
        )
    if kind.kind != "f":
        raise TypeError(
            f"{name} must be floating-point numbers, not {kind}: {name}.astype(float) are"
        )


def check_vectors(name: str, vectors: Vectors, width: int | None = None) -> None:
    """Make sure that something is one vector for each token of a text, or of several.

    Args:
        name: What the caller calls it, for the error.
        vectors: What was given; its shape should be (…, tokens, width).
        width: How many numbers a vector should have, if that is fixed.

    Raises:
        TypeError: If it is no array of floating-point numbers.
        ValueError: If it has less than two axes, no token, or vectors of another width.
    """
    check_floats(name, vectors)
    shape = vectors.shape
    if len(shape) < 2:
        raise ValueError(f"{name} must have the shape (…, tokens, width), not {shape}")
    if 0 in shape[-2:]:
        raise ValueError(f"{name} of shape {shape} are empty: one token is the least")
    if width is not None and shape[-1] != width:
        raise ValueError(f"{name} must be {width} numbers wide, and are {shape[-1]}: {shape}")


def check_attention(queries: Vectors, keys: Vectors, mask: Any) -> None:
    """Make sure that queries can be compared with keys, and that a mask fits their scores.

    Raises:
        TypeError: If one is no array of its kind.
        ValueError: If their shapes do not fit, or the mask leaves a query nothing to look at.
    """
    check_vectors("queries", queries)
    check_vectors("keys", keys, width=queries.shape[-1])
    try:
        batch = np.broadcast_shapes(queries.shape[:-2], keys.shape[:-2])
    except ValueError:
        raise ValueError(
            f"queries of shape {queries.shape} and keys of shape {keys.shape} do not belong "
            "together: all but their last two axes must be the same"
        ) from None
    if mask is not None:
        check_mask(mask, (*batch, queries.shape[-2], keys.shape[-2]))


def check_mask(mask: Any, shape: tuple[int, ...]) -> None:
    """Make sure that a mask says of each score whether it counts, and leaves one in each row.

    Args:
        mask: What was given: true where a query may look at a key.
        shape: The shape of the scores.

    Raises:
        TypeError: If it is no array of true and false.
        ValueError: If it does not fit the scores, or a row of it is all false.
    """
    if not isinstance(mask, np.ndarray) or mask.dtype != np.bool_:
        found = mask.dtype if isinstance(mask, np.ndarray) else type(mask).__name__
        raise TypeError(f"mask must be an array of true and false, not {found}")
    try:
        fits = np.broadcast_shapes(mask.shape, shape) == shape
    except ValueError:
        fits = False
    if not fits:
        raise ValueError(f"a mask of shape {mask.shape} does not fit scores of shape {shape}")
    if not mask.any(axis=-1).all():
        raise ValueError("the mask hides everything from a token: leave it at least itself")


def check_heads(name: str, width: int, heads: int) -> None:
    """Make sure that heads can share a width among them.

    Raises:
        ValueError: If they do not divide it.

    Examples:
        >>> check_heads("output_width", 8, 3)
        Traceback (most recent call last):
        ValueError: output_width 8 cannot be shared by 3 heads: 3 does not divide it
    """
    if width % heads:
        raise ValueError(
            f"{name} {width} cannot be shared by {heads} heads: {heads} does not divide it"
        )


def check_context(tokens: int, context_length: int) -> None:
    """Make sure that a text is not longer than the context.

    Raises:
        ValueError: If it is.
    """
    if tokens > context_length:
        raise ValueError(
            f"the text has {tokens} tokens, the context length is {context_length}: cut the text"
        )
