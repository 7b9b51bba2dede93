"""Nine words and their shares at three temperatures, as bars."""

import numpy as np

from drawing import Box, Figure
from drawing.shapes import LEFT, label
from drawing.style import LEADING
from verdict import softmax

WORDS = ("closer", "every", "effort", "forward", "inches", "moves", "pizza", "toward", "you")
SCORES = np.array([4.51, 0.89, -1.90, 6.75, 1.63, -1.62, -1.89, 6.28, 1.79])
TEMPERATURES = (0.1, 1, 5)
FIRST, PITCH, LONGEST = 80, 104, 44


def draw() -> Figure:
    """Draw a column of bars for each temperature, a row for each word."""
    columns = {each: softmax(SCORES / each).tolist() for each in TEMPERATURES}
    figure = Figure(
        "Three temperatures",
        "A row for each of nine words, and in it a bar for its share at each of three "
        "temperatures. "
        + " ".join(
            f"At {each}: "
            + ", ".join(f"{word} {share:.2f}" for word, share in zip(WORDS, row, strict=True))
            + "."
            for each, row in columns.items()
        ),
    )
    pitch = LEADING + 8
    for row, word in enumerate(WORDS):
        figure.text((LEFT, 2 * LEADING + row * pitch + 14), word, "code")
    for column, (temperature, shares) in enumerate(columns.items()):
        x = FIRST + column * PITCH
        label(figure, (x, 0), f"At {temperature}")
        for row, share in enumerate(shares):
            y = 2 * LEADING + row * pitch
            width = max(1.0, share * LONGEST)
            figure.rectangle(Box(x, y, width, LEADING), "heat-4")
            figure.text((x + width + 6, y + 14), f"{share:.2f}", "code")
    return figure
