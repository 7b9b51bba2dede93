"""The vocabulary of the figures: one shape for each thing that data is or goes through.

| thing | shape |
| --- | --- |
| text | a box with a folded corner, in the font of code |
| token | a rounded box, filled for a word, not filled for a punctuation mark |
| special token | a grey rounded box |
| token ID | a small box with square corners |
| vector | a row of cells, with its numbers or without |
| many numbers | a map of cells, from pale for -1 to strong for 1 |
| step | an outlined box with the name of what is done |
| model | a box with a heavy outline |
| where a step comes in an order | its number in a circle |
| several things taken as one | a bracket, at which an arrow begins or ends |
| what is not there, or not yet | a dashed outline |
"""

from collections.abc import Container, Iterator, Mapping, Sequence
from itertools import groupby
from textwrap import wrap
from typing import Literal, get_args

from drawing.figure import Figure, FigureError, Heat, Kind, Style
from drawing.geometry import Box, Point, steady, tenths
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

State = Literal["there", "new", "missing", "unknown", "unread", "special"]
"""What a token is: in a text, just added to it, not there or not yet, in no vocabulary, one
that nobody has come to, or one that stands for no piece of a text."""

LEFT, RIGHT = MARGIN, WIDTH - MARGIN
FULL = RIGHT - LEFT

_PADDING = 6  # between the outline of a token and its text
_INDENT = 9  # between the outline of a text and its letters
_FOLD = 8  # size of the folded corner
_REACH, _TICK = 9, 5  # from a row to the line of its bracket, and the length of its ends
CELL = 18
_SIDE = 28  # width of a small token ID
_HEATS: tuple[Heat, ...] = get_args(Heat)
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
    figure.text((box.left + _INDENT, _base(box.centre[1], 0, 1)), says, "quiet", within=box)
    return box


def text_height(content: str, width: float) -> float:
    """Height of the box of a text."""
    return LEADING * len(_broken(content, width)) + 8


def added_space(figure: Figure, at: Point) -> Box:
    """Fill the place of a space that has come into a text; `at` is the left end of its base."""
    x, y = at
    return figure.rectangle(Box(x + 0.5, y - 12, CHARACTER * TEXT - 1, 15), "added")


def bracket(figure: Figure, boxes: Sequence[Box], *, below: bool = False) -> Point:
    """Take the boxes of a row as one; return the middle of the line above or below them.

    There an arrow ends that leads to all of them, or one begins that comes from all of them.
    """
    left, right = min(box.left for box in boxes), max(box.right for box in boxes)
    y = bottom(boxes) + _REACH if below else min(box.top for box in boxes) - _REACH
    end = y - _TICK if below else y + _TICK
    figure.line((left, end), (left, y), (right, y), (right, end))
    return (left + right) / 2, y


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
        state: A new one has a heavy outline, a missing or unknown one a dashed outline; one
            that is unread or missing is quiet.
    """
    box = Box(*at, width or token_width(content), HEIGHT)
    styles: list[Style] = ["code"]
    match state:
        case "missing" | "unread":
            figure.rectangle(box, "quiet", radius=8, dashed=state == "missing")
            styles += ["quiet"]
        case "unknown":
            figure.rectangle(box, "bare", radius=8, dashed=True)
        case "special":
            figure.rectangle(box, "area", radius=8)
        case _:
            kind: Kind = "token" if any(map(str.isalnum, content)) else "mark"
            figure.rectangle(box, kind, radius=8, weight=HEAVY if state == "new" else LINE)
    _centred(figure, box, content, *styles)
    return box


def token_id(figure: Figure, at: Point, number: int, *, width: float | None = None) -> Box:
    """Draw a token ID as a small box with square corners."""
    box = Box(*at, width or token_width(str(number)), HEIGHT - 4)
    figure.rectangle(box, "id")
    _centred(figure, box, str(number), "code")
    return box


def entries(figure: Figure, at: Point, vocabulary: Mapping[str, int], *, rows: int = 3) -> Box:
    """Draw a whole vocabulary in columns: each token with its token ID."""
    columns = -(-len(vocabulary) // rows)
    frame = figure.rectangle(Box(*at, FULL, rows * (HEIGHT + GAP) + GAP), weight=THIN)
    pitch = FULL / columns
    width = max(map(token_width, vocabulary))
    inset = (pitch - width - 4 - _SIDE) / 2
    for place, (word, number) in enumerate(vocabulary.items()):
        column, row = divmod(place, rows)
        left, top = frame.left + inset + pitch * column, frame.top + GAP + (HEIGHT + GAP) * row
        box = token(figure, (left, top), word, width=width)
        token_id(figure, (box.right + 4, top + 2), number, width=_SIDE)
    return frame


def key(figure: Figure, at: Point, *contents: str, meaning: str, state: State = "there") -> Box:
    """Say what a token, or several, stand for: they are drawn, their meaning behind them."""
    x, y = at
    for content in contents:
        x = token(figure, (x, y), content, state=state).right + GAP
    extent = figure.text((x, _base(y + HEIGHT / 2, 0, 1)), meaning, "quiet")
    return Box(at[0], y, extent.right - at[0], HEIGHT)


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
        _centred(figure, figure.rectangle(cell, "vector"), f"{rounded:.1f}", "code")
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


def step(figure: Figure, at: Point, name: str, *notes: str, width: float = FULL) -> Box:
    """Draw something that is done to the data as an outlined box: its name, and what it does.

    A name in backquotes is one of the code.
    """
    lines = 1 + len(notes)
    box = Box(*at, width, LEADING * lines + 10)
    figure.rectangle(box, radius=3)
    x, y = box.centre
    style: list[Style] = ["code"] if name.startswith("`") else []
    figure.text((x, _base(y, 0, lines)), name.strip("`"), *style, anchor="middle", within=box)
    for number, note in enumerate(notes, 1):
        figure.text((x, _base(y, number, lines)), note, "quiet", anchor="middle", within=box)
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
    """Draw tokens in as many rows as they need, about equally long, each in the middle."""
    places = balanced_rows(at, list(map(token_width, contents)))
    ends = {y: x + token_width(content) for (x, y), content in zip(places, contents, strict=True)}
    return [
        token(figure, (x + (at[0] + FULL - ends[y]) / 2, y), content)
        for (x, y), content in zip(places, contents, strict=True)
    ]


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


def _heat(value: float) -> Heat:
    if not -1 <= value <= 1:
        raise FigureError(f"a heat map shows numbers from -1 to 1, not {value}")
    return _HEATS[round(steady((value + 1) / 2 * (len(_HEATS) - 1)))]


def _folded(figure: Figure, box: Box, kind: Kind, *, dashed: bool = False) -> None:
    """Draw a box whose right upper corner is folded."""
    left, top, right, low = box.left, box.top, box.right, box.bottom
    fold = [(right - _FOLD, top), (right, top + _FOLD)]
    figure.shape([(left, top), *fold, (right, low), (left, low)], kind, weight=THIN, dashed=dashed)
    figure.line(fold[0], (right - _FOLD, top + _FOLD), fold[1], weight=THIN)


def _lines(content: str, box: Box) -> Iterator[tuple[float, float, str]]:
    """Yield the lines of a text in its box: where each begins, its base line, what it says."""
    lines = _broken(content, box.width)
    for number, line in enumerate(lines):
        yield box.left + _INDENT, _base(box.centre[1], number, len(lines)), line


def _centred(figure: Figure, box: Box, content: str, *styles: Style) -> None:
    x, y = box.centre
    figure.text((x, _base(y, 0, 1)), content, *styles, anchor="middle", within=box)


def _broken(content: str, width: float) -> list[str]:
    """Break a text into the lines of its box, as few as fit, about equally long."""
    room = int(steady((width - 2 * _INDENT) / (CHARACTER * TEXT)))
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
