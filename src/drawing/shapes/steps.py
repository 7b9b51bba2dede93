"""What is done to the data: steps, models, and their order."""

from drawing.figure import Figure, Style
from drawing.geometry import Box, Point
from drawing.layout import FULL, base_line, centred_text
from drawing.style import HEAVY, LEADING, THIN


def step(figure: Figure, at: Point, name: str, *notes: str, width: float = FULL) -> Box:
    """Draw something that is done to the data as an outlined box: its name, and what it does.

    A name in backquotes is one of the code.
    """
    lines = 1 + len(notes)
    box = Box(*at, width, LEADING * lines + 10)
    figure.rectangle(box, radius=3)
    x, y = box.centre
    style: list[Style] = ["code"] if name.startswith("`") else []
    figure.text((x, base_line(y, 0, lines)), name.strip("`"), *style, anchor="middle", within=box)
    for number, note in enumerate(notes, 1):
        figure.text((x, base_line(y, number, lines)), note, "quiet", anchor="middle", within=box)
    return box


def model(figure: Figure, at: Point, name: str, *notes: str, width: float, height: float) -> Box:
    """Draw a model as a box with a heavy outline: its name, and lines that say more."""
    box = Box(*at, width, height)
    figure.rectangle(box, "plain", radius=3, weight=HEAVY)
    x, y = box.centre
    for place, line in enumerate((name, *notes)):
        base = base_line(y, place, 1 + len(notes))
        figure.text((x, base), line, "quiet" if place else "bold", anchor="middle", within=box)
    return box


def numbered(figure: Figure, centre: Point, number: int) -> Box:
    """Draw the number of a step in a circle."""
    box = figure.circle(centre, 11, "bare", weight=THIN)
    centred_text(figure, box, str(number))
    return box
