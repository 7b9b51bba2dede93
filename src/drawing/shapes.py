"""The vocabulary of the figures: one shape for each thing that data is or goes through.

| thing | shape |
| --- | --- |
| text | a plain box, the text in quotes |
| token | a rounded box, filled for a word, not filled for a mark |
| token ID | a small box with square corners |
| vector | a row of cells |
| step | an outlined box with the name of what is done |
| model | a box with a heavy outline |
| where a step comes in an order | its number in a circle |
"""

from collections.abc import Container, Sequence
from textwrap import wrap
from typing import Literal

from drawing.figure import Figure, Style
from drawing.geometry import Box, Point
from drawing.style import (
    CHARACTER,
    GAP,
    HEAVY,
    HEIGHT,
    LEADING,
    LINE,
    MARGIN,
    TEXT,
    THIN,
    WIDTH,
    text_width,
)

State = Literal["there", "new", "missing"]
"""Whether a token stands in a text, has just been added to it, or is not there, or not yet."""

LEFT, RIGHT = MARGIN, WIDTH - MARGIN
FULL = RIGHT - LEFT

_PADDING = 7  # between the outline of a token and its text
_QUOTE = 10  # room for a quotation mark
CELL = 18
_BASE = 0.36  # from the middle of a line of text to its base line, as a share of its size


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
        figure.text((LEFT, _base(box.centre[1], number, len(lines))), line, "bold")


def text_box(
    figure: Figure,
    at: Point,
    content: str,
    *,
    width: float = FULL,
    added: Container[int] = (),
) -> Box:
    """Draw a text as a plain box, its words in quotation marks and broken into lines.

    Args:
        figure: Where to draw it.
        at: The left upper corner.
        content: The text; single blanks or line ends between its words.
        width: How wide the box is.
        added: Where in the text blanks stand that are to be seen.
    """
    box = figure.rectangle(Box(*at, width, text_height(content, width)), weight=THIN)
    _write(figure, box, content, added)
    return box


def expected_text(figure: Figure, at: Point, content: str, *, width: float = FULL) -> Box:
    """Draw a text that ought to come out, but has not: its box is dashed."""
    box = Box(*at, width, text_height(content, width))
    figure.rectangle(box, "quiet", weight=THIN, dashed=True)
    _write(figure, box, content)
    return box


def text_height(content: str, width: float) -> float:
    """Height of the box of a text."""
    return LEADING * len(_broken(content, width)) + 8


def blank(figure: Figure, at: Point, *, dropped: bool = False) -> None:
    """Draw the open box that stands for a blank; `at` is the middle of its base."""
    x, y = at
    figure.line((x - 3.5, y - 3), (x - 3.5, y + 1), (x + 3.5, y + 1), (x + 3.5, y - 3))
    if dropped:
        figure.line((x - 3.5, y + 6), (x + 3.5, y - 8))


def token(
    figure: Figure,
    at: Point,
    content: str,
    *,
    width: float | None = None,
    state: State = "there",
) -> Box:
    """Draw a token as a rounded box.

    Args:
        figure: Where to draw it.
        at: The left upper corner.
        content: Its text.
        width: How wide the box is, if not as wide as its text needs.
        state: A new one has a heavy outline, a missing one a dashed outline.
    """
    box = Box(*at, width or token_width(content), HEIGHT)
    styles: list[Style] = ["code"]
    if state == "missing":
        figure.rectangle(box, "quiet", radius=8, dashed=True)
        styles += ["quiet"]
    else:
        word = any(map(str.isalnum, content))
        weight = HEAVY if state == "new" else LINE
        figure.rectangle(box, "token" if word else "mark", radius=8, weight=weight)
    _centred(figure, box, content, *styles)
    return box


def token_id(figure: Figure, at: Point, number: int, *, width: float | None = None) -> Box:
    """Draw a token ID as a small box with square corners."""
    box = Box(*at, width or token_width(str(number)), HEIGHT - 4)
    figure.rectangle(box, "id")
    _centred(figure, box, str(number), "code")
    return box


def vector(figure: Figure, at: Point, cells: int, *, upright: bool = False) -> Box:
    """Draw a vector as a row of cells, or a column of them."""
    x, y = at
    across, down = (0, CELL) if upright else (CELL, 0)
    for cell in range(cells):
        figure.rectangle(Box(x + cell * across, y + cell * down, CELL, CELL), "vector")
    return Box(x, y, CELL + (cells - 1) * across, CELL + (cells - 1) * down)


def step(figure: Figure, at: Point, name: str, note: str = "", *, width: float = FULL) -> Box:
    """Draw something that is done to the data as an outlined box: its name, and what it does.

    A name in backquotes is one of the code.
    """
    lines = 2 if note else 1
    box = Box(*at, width, LEADING * lines + 10)
    figure.rectangle(box, radius=3)
    x, y = box.centre
    style: list[Style] = ["code"] if name.startswith("`") else []
    figure.text((x, _base(y, 0, lines)), name.strip("`"), *style, anchor="middle", within=box)
    if note:
        figure.text((x, _base(y, 1, lines)), note, "quiet", anchor="middle", within=box)
    return box


def model(figure: Figure, at: Point, name: str, *notes: str, width: float, height: float) -> Box:
    """Draw a model as a box with a heavy outline: its name, and lines that say more."""
    box = Box(*at, width, height)
    figure.rectangle(box, "plain", radius=3, weight=HEAVY)
    x, y = box.centre
    for place, line in enumerate((name, *notes)):
        base = _base(y, place, 1 + len(notes))
        figure.text((x, base), line, "quiet" if place else "bold", anchor="middle", within=box)
    return box


def page(figure: Figure, at: Point, *, width: float, height: float) -> Box:
    """Draw a page with four lines of writing."""
    box = figure.rectangle(Box(*at, width, height))
    for line, share in enumerate((1, 0.87, 1, 0.6), 1):
        y = box.top + line * height / 5
        left = box.left + width / 6
        figure.line((left, y), (left + share * width * 2 / 3, y))
    return box


def numbered(figure: Figure, centre: Point, number: int) -> Box:
    """Draw the number of a step in a circle."""
    box = figure.circle(centre, 11, "bare", weight=THIN)
    _centred(figure, box, str(number))
    return box


def tokens(figure: Figure, at: Point, contents: Sequence[str]) -> list[Box]:
    """Draw tokens from left to right, in as many rows as they need, about equally long."""
    widths = [token_width(content) for content in contents]
    needed = len({y for _, y in rows(at, widths)})
    width = FULL
    while len({y for _, y in rows(at, widths, width=width - 1)}) == needed:
        width -= 1
    places = rows(at, widths, width=width)
    return [token(figure, place, content) for place, content in zip(places, contents, strict=True)]


def token_width(content: str) -> float:
    """Width of the box that a token or the digits of its ID fill."""
    return text_width(content, code=True) + 2 * _PADDING


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
        if places and x + each > left + width:
            x, y = left, y + height
        places.append((x, y))
        x += each + gap
    return places


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


def _write(figure: Figure, box: Box, content: str, added: Container[int] = ()) -> None:
    lines = _broken(content, box.width)
    left = box.left + _PADDING + _QUOTE
    place = 0
    for number, line in enumerate(lines):
        base = _base(box.centre[1], number, len(lines))
        extent = figure.text((left, base), line, "code", within=box)
        for column in range(len(line)):
            if place + column in added:
                blank(figure, (left + CHARACTER * TEXT * (column + 0.5), base))
        place += len(line) + 1
        if number == 0:
            figure.text((left - 1, base), "“", "quiet", anchor="end")
        if number == len(lines) - 1:
            figure.text((extent.right + 1, base), "”", "quiet")


def _centred(figure: Figure, box: Box, content: str, *styles: Style) -> None:
    x, y = box.centre
    figure.text((x, _base(y, 0, 1)), content, *styles, anchor="middle", within=box)


def _broken(content: str, width: float) -> list[str]:
    """Break a text into the lines of its box, as few as fit, about equally long."""
    room = int((width - 2 * (_PADDING + _QUOTE)) / (CHARACTER * TEXT))
    return [part for line in content.split("\n") for part in _balanced(line, room)]


def _balanced(content: str, room: int) -> list[str]:
    lines = wrap(content, room, break_on_hyphens=False)
    for narrower in range(room - 1, max(map(len, content.split())) - 1, -1):
        shorter = wrap(content, narrower, break_on_hyphens=False)
        if len(shorter) > len(lines):
            break
        lines = shorter
    return lines


def _base(middle: float, number: int, lines: int) -> float:
    """Return the base line of one of several lines that lie around a middle."""
    return middle + LEADING * (number - (lines - 1) / 2) + TEXT * _BASE
