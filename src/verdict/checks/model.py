"""What a GPT is given: texts, the scales of a norm, and how its next token is to be drawn."""

from math import inf

from verdict.checks.arrays import IdArray, Ids, Vectors, checked_rows
from verdict.checks.numbers import check_number, checked_size
from verdict.checks.vectors import check_floats


def checked_text(ids: Ids, vocabulary_size: int) -> IdArray:
    """Return token IDs as an array after making sure that they are a text, or several.

    Args:
        ids: The token IDs: shape (…, tokens).
        vocabulary_size: How many tokens the vocabulary has.

    Raises:
        TypeError: If `ids` are no integers, see `id_array`.
        ValueError: If there is no token, or a token ID alone instead of a row.
        IndexError: If an ID is not in the vocabulary.
    """
    rows = checked_rows(ids, vocabulary_size)
    if not rows.ndim or not rows.size:
        raise ValueError(
            f"ids must have the shape (…, tokens), and one token at least, not {rows.shape}"
        )
    return rows


def check_width(name: str, numbers: Vectors, shape: tuple[int, ...]) -> None:
    """Make sure that there is one number for each place of a vector.

    Args:
        name: What the caller calls it, for the error.
        numbers: What was given; its shape should be (width,).
        shape: That of the vectors: (…, width).

    Raises:
        TypeError: If it is no array of floating-point numbers.
        ValueError: If it has another shape, or the vectors have no number.
    """
    check_floats(name, numbers)
    if not shape or not shape[-1]:
        raise ValueError(f"vectors must have the shape (…, width), not {shape}")
    if numbers.shape != shape[-1:]:
        raise ValueError(
            f"{name} must have the shape {shape[-1:]}, as wide as the vectors, not {numbers.shape}"
        )


def check_temperature(temperature: float) -> None:
    """Make sure that scores can be divided by a temperature, where 0 stands for the largest score.

    Raises:
        TypeError: If it is no number.
        ValueError: If it is below 0, or not finite.
    """
    check_number("temperature", temperature)
    if not 0 <= temperature < inf:
        raise ValueError(f"temperature must be 0 or more, such as 0.8, not {temperature}")


def check_cut(top_k: int | None, top_p: float | None) -> None:
    """Make sure that a choice of the likeliest tokens leaves at least one.

    Raises:
        TypeError: If one is no number.
        ValueError: If `top_k` is below 1, or `top_p` not above 0 and at most 1.
    """
    if top_k is not None:
        checked_size("top_k", top_k)
    if top_p is not None:
        check_number("top_p", top_p)
        if not 0 < top_p <= 1:
            raise ValueError(f"top_p must be above 0 and at most 1, such as 0.9, not {top_p}")
