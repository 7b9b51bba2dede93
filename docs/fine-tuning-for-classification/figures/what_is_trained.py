"""What is trained: three choices, each a column of the model's parts."""

from drawing import Box, Figure
from drawing.shapes import LEFT, label
from drawing.style import HEIGHT

PARTS = ("tokens", "positions", "block", "last norm", "new head")
FREE = {"head": 4, "last block": 2, "everything": 0}
"""From which part on each choice trains."""
PITCH, WIDTH = 126, 116


def draw() -> Figure:
    """Draw a column for each choice, the input at the bottom."""
    figure = Figure(
        "What is trained",
        "Three columns of the same five parts, from the tables of tokens and positions at the "
        "bottom to the new head on top. "
        + " ".join(
            f"{name}: trained are {', '.join(PARTS[first:])}." for name, first in FREE.items()
        ),
    )
    for column, (name, first) in enumerate(FREE.items()):
        x = LEFT + column * PITCH
        label(figure, (x, 0), name)
        for place, part in enumerate(PARTS):
            box = Box(x, 28 + (len(PARTS) - 1 - place) * (HEIGHT + 6), WIDTH, HEIGHT)
            figure.rectangle(box, "heat-3" if place >= first else "quiet", radius=3)
            figure.text((box.centre[0], box.centre[1] + 5), part, anchor="middle")
    return figure
