"""Words beside the shapes: what they are called, what they mean, what belongs together."""

from collections.abc import Sequence

from drawing.figure import Figure
from drawing.geometry import Box, Point
from drawing.layout import LEFT, base_line, bottom
from drawing.style import LEADING, TEXT

_REACH, _TICK = 9, 5  # from a row to the line of its bracket, and the length of its ends


def label(figure: Figure, at: Point, content: str, note: str = "") -> Box:
    """Name what stands below, with a quiet note behind it; `at` is its left upper corner."""
    x, y = at
    base = y + LEADING - 6
    return Box(x, y, figure.text((x, base), content, "bold", note=note).width, LEADING)


def caption(figure: Figure, at: Point, *lines: str) -> None:
    """Write lines of explanation; `at` is the left upper corner of the first."""
    x, y = at
    for number, line in enumerate(lines):
        figure.text((x, y + LEADING * number + TEXT), line, "quiet")


def side_label(figure: Figure, box: Box, *lines: str) -> None:
    """Name a box in the margin on its left."""
    for number, line in enumerate(lines):
        figure.text((LEFT, base_line(box.centre[1], number, len(lines))), line, "bold")


def bracket(figure: Figure, boxes: Sequence[Box], *, below: bool = False) -> Point:
    """Take the boxes of a row as one; return the middle of the line above or below them.

    There an arrow ends that leads to all of them, or one begins that comes from all of them.
    """
    left, right = min(box.left for box in boxes), max(box.right for box in boxes)
    y = bottom(boxes) + _REACH if below else min(box.top for box in boxes) - _REACH
    end = y - _TICK if below else y + _TICK
    figure.line((left, end), (left, y), (right, y), (right, end))
    return (left + right) / 2, y
