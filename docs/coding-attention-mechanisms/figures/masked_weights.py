"""Attention weights with the future hidden."""

import numpy as np

from drawing import Box, Figure
from drawing.shapes import LEFT, caption, heat_map, label
from drawing.style import GAP, LEADING, THIN
from live.attention import INPUTS, WORDS
from verdict import attention_weights, causal_mask

W_QUERY = np.array(
    [[0.31605908, -0.16828540], [0.45680857, -0.33787703], [0.51183486, -0.09177387]]
)
W_KEY = np.array([[0.40580583, 0.21336074], [-0.47042054, -0.26005065], [0.23680520, -0.51054299]])
CELL = (46, 30)
EDGE = 92


def draw() -> Figure:
    """Draw the triangle of weights; what is hidden is an empty, dashed box."""
    mask = causal_mask(len(WORDS))
    weights = attention_weights(INPUTS @ W_QUERY, INPUTS @ W_KEY, mask).tolist()
    figure = Figure(
        "Weights with the future hidden",
        "A square of six by six places. On the diagonal and below it stand weights, above it "
        "nothing. "
        + " ".join(
            f"{word}: {', '.join(f'{weight:.2f}' for weight in row[: place + 1])}."
            for place, (word, row) in enumerate(zip(WORDS, weights, strict=True))
        ),
    )
    label(figure, (EDGE, 0), "Looked at")
    top: float = 2 * LEADING + 4
    width, height = CELL
    for column in range(len(WORDS)):
        x = EDGE + (column + 0.5) * width
        figure.text((x, top - 6), str(column + 1), "quiet", anchor="middle")
    for row, (word, values) in enumerate(zip(WORDS, weights, strict=True)):
        y = top + row * height
        figure.text((LEFT, y + 20), str(row + 1), "quiet")
        figure.text((EDGE - 6, y + 20), word, "bold", anchor="end")
        for column, weight in enumerate(values):
            x = EDGE + column * width
            if not mask[row, column]:
                box = Box(x + 2, y + 2, width - 4, height - 4)
                figure.rectangle(box, "quiet", weight=THIN, dashed=True)
                continue
            box = heat_map(figure, (x, y), [[min(2 * weight - 1, 0.34)]], CELL)
            figure.text((box.centre[0], y + 20), f"{weight:.2f}", "code", anchor="middle")
    caption(figure, (LEFT, top + 6 * height + GAP), "Dashed: the future, which gets no weight.")
    return figure
