"""Texts: boxes with a folded corner, in the font of code."""

from collections.abc import Container, Iterator

from drawing.figure import Figure, Kind
from drawing.geometry import Box, Point
from drawing.layout import FULL, INDENT, base_line, broken_lines
from drawing.style import CHARACTER, HEIGHT, LEADING, TEXT, THIN

_FOLD = 8  # size of the folded corner


def text_box(
    figure: Figure,
    at: Point,
    content: str,
    *,
    width: float = FULL,
    added: Container[int] = (),
) -> Box:
    """Draw a text as a box with a folded corner, its words broken into lines.

    Args:
        figure: Where to draw it.
        at: The left upper corner.
        content: The text; single spaces or line ends between its words.
        width: How wide the box is.
        added: Where in the text spaces stand that are to be seen.
    """
    box = Box(*at, width, text_height(content, width))
    _folded(figure, box, "plain")
    place = 0
    for left, base, line in _lines(content, box):
        figure.text((left, base), line, "code", within=box)
        for column in range(len(line)):
            if place + column in added:
                added_space(figure, (left + CHARACTER * TEXT * column, base))
        place += len(line) + 1
    return box


def expected_text(figure: Figure, at: Point, content: str, *, width: float = FULL) -> Box:
    """Draw a text that ought to come out, but has not: its box is dashed."""
    box = Box(*at, width, text_height(content, width))
    _folded(figure, box, "quiet", dashed=True)
    for left, base, line in _lines(content, box):
        figure.text((left, base), line, "code", within=box)
    return box


def text_to_come(figure: Figure, at: Point, says: str, *, width: float = FULL) -> Box:
    """Draw the place of a text that nobody has written: what it will be, in a dashed box."""
    box = Box(*at, width, HEIGHT)
    _folded(figure, box, "quiet", dashed=True)
    figure.text((box.left + INDENT, base_line(box.centre[1], 0, 1)), says, "quiet", within=box)
    return box


def text_height(content: str, width: float) -> float:
    """Height of the box of a text."""
    return LEADING * len(broken_lines(content, width)) + 8


def added_space(figure: Figure, at: Point) -> Box:
    """Fill the place of a space that has come into a text; `at` is the left end of its base."""
    x, y = at
    return figure.rectangle(Box(x + 0.5, y - 12, CHARACTER * TEXT - 1, 15), "added")


def page(figure: Figure, at: Point, *, width: float, height: float) -> Box:
    """Draw a page with four lines of writing."""
    box = figure.rectangle(Box(*at, width, height))
    for line, share in enumerate((1, 0.87, 1, 0.6), 1):
        y = box.top + line * height / 5
        left = box.left + width / 6
        figure.line((left, y), (left + share * width * 2 / 3, y))
    return box


def _folded(figure: Figure, box: Box, kind: Kind, *, dashed: bool = False) -> None:
    """Draw a box whose right upper corner is folded."""
    left, top, right, low = box.left, box.top, box.right, box.bottom
    fold = [(right - _FOLD, top), (right, top + _FOLD)]
    figure.shape([(left, top), *fold, (right, low), (left, low)], kind, weight=THIN, dashed=dashed)
    figure.line(fold[0], (right - _FOLD, top + _FOLD), fold[1], weight=THIN)


def _lines(content: str, box: Box) -> Iterator[tuple[float, float, str]]:
    """Yield the lines of a text in its box: where each begins, its base line, what it says."""
    lines = broken_lines(content, box.width)
    for number, line in enumerate(lines):
        yield box.left + INDENT, base_line(box.centre[1], number, len(lines)), line
