"""Numbers that a function is given: sizes and counts, shares and rates."""

from contextlib import suppress
from numbers import Real
from operator import index


def checked_size(name: str, size: int, least: int = 1) -> int:
    """Return a size after making sure that it is one.

    Args:
        name: What the caller calls it, for the error.
        size: The size; integers of other libraries, such as NumPy's, are welcome.
        least: The smallest that it may be.

    Returns:
        The same size as a plain `int`.

    Raises:
        TypeError: If `size` is no integer. `True`, `3.0` and `"3"` are none.
        ValueError: If `size` is below `least`.

    Examples:
        >>> checked_size("stride", 0)
        Traceback (most recent call last):
        ValueError: stride must be 1 or more, not 0
    """
    number = checked_int(name, size)
    if number < least:
        raise ValueError(f"{name} must be {least} or more, not {number}")
    return number


def checked_int(name: str, number: int) -> int:
    """Return a whole number after making sure that it is one.

    Args:
        name: What the caller calls it, for the error.
        number: The number; integers of other libraries, such as NumPy's, are welcome.

    Returns:
        The same number as a plain `int`.

    Raises:
        TypeError: If `number` is no integer. `True`, `3.0` and `"3"` are none.

    Examples:
        >>> checked_int("seed", 3)
        3
    """
    if not isinstance(number, bool):
        with suppress(TypeError):
            return index(number)
    raise TypeError(f"{name} must be an int, not {type(number).__name__}")


def check_enough_tokens(length: int, context_length: int) -> None:
    """Make sure that a text is long enough for one window and its last target.

    Args:
        length: How many tokens the text has.
        context_length: How many tokens an input has.

    Raises:
        ValueError: If it is not.
    """
    if length <= context_length:
        raise ValueError(
            f"context_length {context_length} needs a text of {context_length + 1} tokens or more, "
            f"not {length}"
        )


def check_number(name: str, number: float) -> None:
    """Make sure that something is a number; `True` and `"0.1"` are none.

    Args:
        name: What the caller calls it, for the error.
        number: The number; those of other libraries, such as NumPy's, are welcome.

    Raises:
        TypeError: If it is no number.

    Examples:
        >>> check_number("temperature", "0.8")
        Traceback (most recent call last):
        TypeError: temperature must be a number, not str
    """
    if isinstance(number, bool) or not isinstance(number, Real):
        raise TypeError(f"{name} must be a number, not {type(number).__name__}")


def check_fraction(name: str, fraction: float) -> None:
    """Make sure that a part of a whole is neither nothing nor all of it.

    Args:
        name: What the caller calls it, for the error.
        fraction: The share of the whole.

    Raises:
        TypeError: If it is no number.
        ValueError: If it is not between 0 and 1.
    """
    check_number(name, fraction)
    if not 0 < fraction < 1:
        raise ValueError(f"{name} must be between 0 and 1, such as 0.1, not {fraction}")


def check_rate(name: str, rate: float) -> None:
    """Make sure that a share may be nothing, but is not all of the whole, as that of dropout.

    Args:
        name: What the caller calls it, for the error.
        rate: The share.

    Raises:
        TypeError: If it is no number.
        ValueError: If it is below 0, or not below 1.
    """
    check_number(name, rate)
    if not 0 <= rate < 1:
        raise ValueError(f"{name} must be 0 or more and below 1, such as 0.1, not {rate}")
