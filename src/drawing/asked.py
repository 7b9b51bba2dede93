"""Draw a figure again, with what its reader has typed in the place of its own values."""

import importlib
import inspect
from collections.abc import Mapping
from math import isfinite
from typing import Any, get_type_hints

from drawing.figure import FigureError


def drawn(program: str, values: Mapping[str, str]) -> dict[str, str]:
    """Draw a figure with other values than its own.

    Args:
        program: the module with its function `draw`, which can be imported.
        values: what was typed, by the names of the parameters of `draw`, which are texts or
            numbers.

    Returns:
        The drawing, as `svg`, and what there is to say of it, as `says`; or else the `error`,
        in words for a reader.
    """
    draw = importlib.import_module(program).draw
    try:
        figure = draw(**_read(draw, values))
    except FigureError as error:
        return {"svg": "", "says": "", "error": str(error)}
    return {"svg": figure.svg(program), "says": figure.summary, "error": ""}


def check_range(name: str, number: float, least: float, most: float) -> None:
    """Refuse a number that a figure has no room for.

    Raises:
        FigureError: it is below `least` or above `most`.

    Examples:
        >>> check_range("stride", 0, 1, 19)
        Traceback (most recent call last):
        drawing.figure.FigureError: Stride: a whole number from 1 to 19, not 0.
    """
    if not least <= number <= most:
        kind = "whole number" if isinstance(number, int) else "number"
        raise FigureError(f"{_label(name)}: a {kind} from {least} to {most}, not {number:g}.")


def visible(text: str) -> str:
    r"""Put a mark in the place of each character that a drawing cannot hold.

    Examples:
        >>> visible("so\u00a0\x1b")
        'so �'
    """
    plain = (" " if each.isspace() else each for each in text)
    return "".join(each if each.isprintable() else "\ufffd" for each in plain)


def _read(draw: Any, values: Mapping[str, str]) -> dict[str, Any]:
    """Turn what was typed into what the parameters take."""
    kinds = get_type_hints(draw)
    return {
        name: _number(name, text.strip(), kinds[name]) if kinds[name] is not str else text
        for name, text in values.items()
        if name in inspect.signature(draw).parameters
    }


def _number(name: str, text: str, kind: type[int | float]) -> float:
    what = "a whole number" if kind is int else "a number"
    try:
        number = kind(text)
    except ValueError:
        found = f", not “{text[:20]}”" if text else ""
        raise FigureError(f"{_label(name)}: {what}{found}.") from None
    if not isfinite(number):
        raise FigureError(f"{_label(name)}: {what}, not “{text[:20]}”.")
    return number


def _label(name: str) -> str:
    """The name of a parameter as the label of its field has it."""
    return name.replace("_", " ").capitalize()
