"""The attention weights of six words, as numbers and as shades."""

from drawing import Box, Figure
from drawing.shapes import LEFT, caption, heat_map, label
from drawing.style import GAP, HEAVY, LEADING
from live.attention import INPUTS, WORDS
from verdict import softmax

ROW = 1
CELL = 46
EDGE = 92


def draw() -> Figure:
    """Draw a square of weights, its rows and columns named."""
    weights = softmax(INPUTS @ INPUTS.T).tolist()
    figure = Figure(
        "The weights of all words",
        "A square of six by six weights, rounded to two decimals. "
        + " ".join(
            f"{word}: {', '.join(f'{weight:.2f}' for weight in row)}."
            for word, row in zip(WORDS, weights, strict=True)
        )
        + f" The row of {WORDS[ROW]} is outlined.",
    )
    label(figure, (EDGE, 0), "Looked at")
    top: float = 2 * LEADING + 4
    for column in range(len(WORDS)):
        x = EDGE + (column + 0.5) * CELL
        figure.text((x, top - 6), str(column + 1), "quiet", anchor="middle")
    for row, (word, values) in enumerate(zip(WORDS, weights, strict=True)):
        y = top + row * 30
        figure.text((LEFT, y + 20), str(row + 1), "quiet")
        figure.text((EDGE - 6, y + 20), word, "bold", anchor="end")
        for column, weight in enumerate(values):
            box = heat_map(figure, (EDGE + column * CELL, y), [[4 * weight - 1]], (CELL, 30))
            figure.text((box.centre[0], y + 20), f"{weight:.2f}", "code", anchor="middle")
    figure.rectangle(Box(EDGE, top + ROW * 30, 6 * CELL, 30), "bare", weight=HEAVY)
    caption(figure, (LEFT, top + 6 * 30 + GAP), "A row for each word that looks. It adds up to 1.")
    return figure
