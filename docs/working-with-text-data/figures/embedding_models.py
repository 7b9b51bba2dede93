"""Video, audio and text become vectors, each through an embedding model of its own kind."""

from drawing import Box, Figure, Point
from drawing.shapes import CELL, LEFT, RIGHT, model, page, vector
from drawing.style import LINE, THIN

CELLS = 5
PICTURE, MODEL, MODELS = 76, 128, 116
PITCH = 96


def draw() -> Figure:
    """Draw three rows: a kind of data, its embedding model, a vector."""
    figure = Figure(
        "embedding_models",
        "One embedding model for each kind of data",
        "Three rows. A video goes through a video embedding model, a sound through an audio "
        "embedding model, a text through a text embedding model. Out of each comes a vector, "
        "drawn as a row of cells.",
    )
    vectors = RIGHT - CELLS * CELL
    for x, name in (
        (LEFT + PICTURE / 2, "Data"),
        (MODELS + MODEL / 2, "Embedding model"),
        (vectors + CELLS * CELL / 2, "Vector"),
    ):
        figure.text((x, 18), name, "bold", anchor="middle")
    for row, (kind, picture) in enumerate([("Video", _video), ("Audio", _audio), ("Text", _text)]):
        top = 34 + row * PITCH
        middle = top + 27
        picture(figure, (LEFT, top))
        figure.text((LEFT + PICTURE / 2, top + 72), kind, anchor="middle")
        box = model(figure, (MODELS, top), f"for {kind.lower()}", width=MODEL, height=54)
        cells = vector(figure, (vectors, middle - CELL / 2), CELLS)
        figure.arrow((LEFT + PICTURE + 4, middle), (box.left - 4, middle))
        figure.arrow((box.right + 4, middle), (cells.left - 4, middle))
    return figure


def _video(figure: Figure, at: Point) -> None:
    """Draw a strip of film."""
    x, y = at
    figure.rectangle(Box(x, y, PICTURE, 54), "bare", weight=LINE)
    for hole in range(6):
        for edge in (y + 4, y + 44):
            figure.rectangle(Box(x + 5 + 12 * hole, edge, 6, 6), "bare", weight=THIN)
    figure.rectangle(Box(x + 5, y + 15, PICTURE - 10, 24), "bare", weight=THIN)
    figure.shape([(x + 32, y + 19), (x + 46, y + 27), (x + 32, y + 35)], "plain", weight=LINE)


def _audio(figure: Figure, at: Point) -> None:
    """Draw the bars of a sound."""
    x, y = at
    for bar, height in enumerate((8, 18, 34, 22, 48, 30, 42, 16, 26, 10)):
        across = x + 5 + bar * 7.4
        figure.line((across, y + 27 - height / 2), (across, y + 27 + height / 2), weight=3)


def _text(figure: Figure, at: Point) -> None:
    """Draw a page."""
    x, y = at
    page(figure, (x + 16, y), width=44, height=54)
