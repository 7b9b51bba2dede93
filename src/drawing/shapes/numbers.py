"""Numbers: vectors as rows of cells, and maps of many numbers."""

from collections.abc import Sequence
from itertools import groupby
from typing import get_args

from drawing.figure import Figure, FigureError, Heat
from drawing.geometry import Box, Point, steady, tenths
from drawing.layout import centred_text
from drawing.style import HEIGHT

CELL = 18
"""Width and height of a cell without a number."""

_HEATS: tuple[Heat, ...] = get_args(Heat)


def vector(figure: Figure, at: Point, cells: int, *, upright: bool = False) -> Box:
    """Draw a vector as a row of cells, or a column of them."""
    x, y = at
    across, down = (0, CELL) if upright else (CELL, 0)
    for cell in range(cells):
        figure.rectangle(Box(x + cell * across, y + cell * down, CELL, CELL), "vector")
    return Box(x, y, CELL + (cells - 1) * across, CELL + (cells - 1) * down)


def numbers(
    figure: Figure,
    at: Point,
    values: Sequence[float],
    *,
    width: float = 40,
    upright: bool = False,
) -> Box:
    """Draw a vector as a row of cells, or a column of them, its numbers in them, rounded."""
    (x, y), height = at, HEIGHT - 4
    across, down = (0, height) if upright else (width, 0)
    for place, value in enumerate(values):
        cell = Box(x + place * across, y + place * down, width, height)
        rounded = tenths(value) + 0.0  # which makes -0.0 a plain 0
        centred_text(figure, figure.rectangle(cell, "vector"), f"{rounded:.1f}", "code")
    return Box(x, y, cell.right - x, cell.bottom - y)


def heat_map(figure: Figure, at: Point, rows: Sequence[Sequence[float]], cell: Point) -> Box:
    """Draw rows of numbers from -1 to 1 as cells, each the stronger the larger its number.

    Args:
        figure: Where to draw it.
        at: The left upper corner.
        rows: The numbers.
        cell: Width and height of a cell.

    Raises:
        FigureError: If a number is below -1 or above 1.
    """
    (x, y), (width, height) = at, cell
    for column, values in enumerate(zip(*rows, strict=True)):
        top = y
        for kind, run in groupby(values, _heat):  # equal neighbours are one box
            high = height * len(list(run))
            figure.rectangle(Box(x + column * width, top, width, high), kind)
            top += high
    return figure.rectangle(Box(x, y, width * len(rows[0]), height * len(rows)), "bare")


def _heat(value: float) -> Heat:
    if not -1 <= value <= 1:
        raise FigureError(f"a heat map shows numbers from -1 to 1, not {value}")
    return _HEATS[round(steady((value + 1) / 2 * (len(_HEATS) - 1)))]
