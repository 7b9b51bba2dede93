"""Where things stand in a figure: its edges, rows of boxes, lines of text."""

from collections.abc import Sequence
from textwrap import wrap

from drawing.figure import Figure, Style
from drawing.geometry import Box, Point, steady
from drawing.style import CHARACTER, GAP, HEIGHT, LEADING, MARGIN, TEXT, WIDTH

LEFT, RIGHT = MARGIN, WIDTH - MARGIN
FULL = RIGHT - LEFT
"""The left and the right edge of what is drawn, and the width between them."""

INDENT = 9
"""From the outline of a text's box to its letters."""

_BASE = 0.36  # from the middle of a line of text to its base line, as a share of its size


def rows(
    at: Point,
    widths: Sequence[float],
    *,
    width: float = FULL,
    gap: float = GAP,
    height: float = HEIGHT + GAP,
) -> list[Point]:
    """Places for boxes of these widths, side by side, a new row where one is full.

    >>> rows((0, 0), [50, 50, 50], width=120, gap=10, height=30)
    [(0, 0), (60, 0), (0, 30)]
    """
    left, y = at
    x = left
    places: list[Point] = []
    for each in widths:
        if places and steady(x + each) > steady(left + width):
            x, y = left, y + height
        places.append((x, y))
        x += each + gap
    return places


def balanced_rows(
    at: Point, widths: Sequence[float], *, width: float = FULL, height: float = HEIGHT + GAP
) -> list[Point]:
    """Places for boxes of these widths, in as few rows as they need, about equally long."""
    needed = len({y for _, y in rows(at, widths, width=width)})
    while width > max(widths) and len({y for _, y in rows(at, widths, width=width - 1)}) == needed:
        width -= 1
    return rows(at, widths, width=width, height=height)


def spread(left: float, width: float, widths: Sequence[float]) -> list[float]:
    """Left edges of boxes of these widths, side by side over the whole of a width.

    >>> spread(0, 100, [20, 40, 20])
    [0.0, 30.0, 80.0]
    """
    gap = (width - sum(widths)) / (len(widths) - 1)
    return [left + sum(widths[:place]) + gap * place for place in range(len(widths))]


def bottom(boxes: Sequence[Box]) -> float:
    """Return the y of the lowest edge of several boxes."""
    return max(box.bottom for box in boxes)


def broken_lines(content: str, width: float) -> list[str]:
    """Break a text into the lines of its box, as few as fit, about equally long."""
    room = int(steady((width - 2 * INDENT) / (CHARACTER * TEXT)))
    return [part for line in content.split("\n") for part in _balanced(line, room)]


def _balanced(content: str, room: int) -> list[str]:
    lines = wrap(content, room, break_on_hyphens=False)
    for narrower in range(room - 1, max(map(len, content.split())) - 1, -1):
        shorter = wrap(content, narrower, break_on_hyphens=False)
        if len(shorter) > len(lines):
            break
        lines = shorter
    return lines


def base_line(middle: float, number: int, lines: int) -> float:
    """Return the base line of one of several lines that lie around a middle."""
    return middle + LEADING * (number - (lines - 1) / 2) + TEXT * _BASE


def centred_text(figure: Figure, box: Box, content: str, *styles: Style) -> None:
    """Write one line in the middle of a box."""
    x, y = box.centre
    figure.text((x, base_line(y, 0, 1)), content, *styles, anchor="middle", within=box)
