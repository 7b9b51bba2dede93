"""Video, audio and text become vectors, each through an embedding model of its own kind."""

from drawing import Box, Figure, Point
from drawing.shapes import CELL, LEFT, RIGHT, caption, model, vector
from drawing.style import GAP, LINE, THIN

CELLS = 5
PICTURE = Box(LEFT, 0, 76, 54)
"""Where the pictures stand, and their size."""

MODEL = 122
PITCH = 96


def draw() -> Figure:
    """Draw three rows: a kind of data, its embedding model, a vector."""
    figure = Figure(
        "One embedding model for each kind of data",
        "Three rows. A video goes through a video embedding model, a sound through an audio "
        "embedding model, a text through a text embedding model. Out of each comes a vector, "
        "drawn as a row of cells. Each cell stands for a number.",
    )
    left = RIGHT - CELLS * CELL
    between = (left - PICTURE.right - MODEL) / 2
    models = PICTURE.right + between
    for x, name in (
        (PICTURE.centre[0], "Data"),
        (models + MODEL / 2, "Embedding model"),
        (left + CELLS * CELL / 2, "Vector"),
    ):
        figure.text((x, 18), name, "bold", anchor="middle")
    y = 34.0
    for kind, picture in (("Video", _video), ("Audio", _audio), ("Text", _text)):
        frame = figure.rectangle(Box(PICTURE.left, y, PICTURE.width, PICTURE.height))
        picture(figure, (frame.left, y))
        figure.text((frame.centre[0], frame.bottom + 18), kind, anchor="middle")
        box = model(figure, (models, y), f"for {kind.lower()}", width=MODEL, height=frame.height)
        cells = vector(figure, (left, box.centre[1] - CELL / 2), CELLS)
        more = cells.right - 1.5 * CELL, cells.centre[1] + 4
        figure.text(more, "…", anchor="middle")
        figure.arrow(frame.after, box.before)
        figure.arrow(box.after, cells.before)
        y += PITCH
    caption(figure, (LEFT, y - GAP), "Each cell stands for a number; … for many more.")
    return figure


def _video(figure: Figure, at: Point) -> None:
    """Draw the holes and the picture of a strip of film."""
    x, y = at
    for hole in range(6):
        for edge in (y + 4, y + 44):
            figure.rectangle(Box(x + 5 + 12 * hole, edge, 6, 6), "bare", weight=THIN)
    figure.line((x, y + 14), (x + PICTURE.width, y + 14), weight=LINE)
    figure.line((x, y + 40), (x + PICTURE.width, y + 40), weight=LINE)
    figure.shape([(x + 32, y + 19), (x + 46, y + 27), (x + 32, y + 35)], "plain", weight=LINE)


def _audio(figure: Figure, at: Point) -> None:
    """Draw the bars of a sound."""
    x, y = at
    for bar, height in enumerate((8, 18, 34, 22, 42, 30, 38, 16, 26, 10)):
        across = x + 11 + bar * 6
        figure.line((across, y + 27 - height / 2), (across, y + 27 + height / 2), weight=LINE)


def _text(figure: Figure, at: Point) -> None:
    """Draw lines of writing."""
    x, y = at
    for line, length in enumerate((54, 48, 54, 32)):
        base = y + 12 + 10 * line
        figure.line((x + 11, base), (x + 11 + length, base), weight=LINE)
