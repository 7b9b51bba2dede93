"""Tokens and their IDs: boxes with round corners, and with square ones."""

from collections.abc import Mapping, Sequence
from typing import Literal

from drawing.figure import Figure, Kind, Style
from drawing.geometry import Box, Point
from drawing.layout import FULL, balanced_rows, base_line, centred_text
from drawing.style import GAP, HEAVY, HEIGHT, LINE, THIN, text_width

State = Literal["there", "new", "missing", "unknown", "unread", "special"]
"""What a token is: in a text; just added to it; not there, or not yet; in no vocabulary; not
read so far; or one that stands for no piece of a text."""

_PADDING = 6  # between the outline of a token and its text
_ID_WIDTH = 28  # of a small token ID


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
    centred_text(figure, box, content, *styles)
    return box


def token_id(figure: Figure, at: Point, number: int, *, width: float | None = None) -> Box:
    """Draw a token ID as a small box with square corners."""
    box = Box(*at, width or token_width(str(number)), HEIGHT - 4)
    figure.rectangle(box, "id")
    centred_text(figure, box, str(number), "code")
    return box


def entries(figure: Figure, at: Point, vocabulary: Mapping[str, int], *, rows: int = 3) -> Box:
    """Draw a whole vocabulary in columns: each token with its token ID."""
    columns = -(-len(vocabulary) // rows)
    frame = figure.rectangle(Box(*at, FULL, rows * (HEIGHT + GAP) + GAP), weight=THIN)
    pitch = FULL / columns
    width = max(map(token_width, vocabulary))
    inset = (pitch - width - 4 - _ID_WIDTH) / 2
    for place, (word, number) in enumerate(vocabulary.items()):
        column, row = divmod(place, rows)
        left, top = frame.left + inset + pitch * column, frame.top + GAP + (HEIGHT + GAP) * row
        box = token(figure, (left, top), word, width=width)
        token_id(figure, (box.right + 4, top + 2), number, width=_ID_WIDTH)
    return frame


def key(figure: Figure, at: Point, *contents: str, meaning: str, state: State = "there") -> Box:
    """Say what a token, or several, stand for: they are drawn, their meaning behind them."""
    x, y = at
    for content in contents:
        x = token(figure, (x, y), content, state=state).right + GAP
    extent = figure.text((x, base_line(y + HEIGHT / 2, 0, 1)), meaning, "quiet")
    return Box(at[0], y, extent.right - at[0], HEIGHT)


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
