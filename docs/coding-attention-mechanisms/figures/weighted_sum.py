"""From six vectors to the context vector of one of them."""

import numpy as np

from drawing import Box, Figure
from drawing.shapes import LEFT, State, caption, label, numbers, token
from drawing.style import GAP, HEIGHT, LEADING
from live.attention import INPUTS, WORDS
from verdict import softmax

QUERY = 1
WORD, VECTOR, SCORE, WEIGHT = LEFT, 86, 232, 312
CELL = 42


def draw() -> Figure:
    """Draw a row for each word; readers can step through the columns."""
    scores = INPUTS @ INPUTS[QUERY]
    weights = softmax(scores)
    context = weights @ INPUTS
    word = WORDS[QUERY]
    figure = Figure(
        f"The context vector of {word}",
        f"Six rows, one for each word of {' '.join(WORDS)}. In each its vector of three numbers, "
        f"its score with {word}, and its weight. The scores: {_said(scores)}. The weights: "
        f"{_said(weights)}. Below stands the sum of all vectors, each times its weight: "
        f"{_said(context)}.",
    )
    top = LEADING + GAP
    pitch = HEIGHT + 4
    with figure.next_step("Each word is a vector."):
        label(figure, (VECTOR, 0), "Vector")
        for row, vector in enumerate(INPUTS.tolist()):
            y = top + row * pitch
            state: State = "new" if row == QUERY else "there"
            token(figure, (WORD, y), WORDS[row], width=72, state=state)
            numbers(figure, (VECTOR, y + 2), vector, width=CELL)
    with figure.next_step(f"Each is compared with {word}: its score."):
        label(figure, (SCORE, 0), "Score")
        _column(figure, SCORE, top, scores.tolist())
    with figure.next_step("Softmax makes weights of the scores, which add up to 1."):
        label(figure, (WEIGHT, 0), "Weight")
        _column(figure, WEIGHT, top, weights.tolist())
    with figure.next_step("The vectors are added up, each times its weight."):
        y = top + len(WORDS) * pitch + GAP
        label(figure, (WORD, y), "Sum")
        box = numbers(figure, (VECTOR, y), context.tolist(), width=CELL)
        figure.rectangle(Box(VECTOR, y, box.width, box.height), "bare", weight=3)
        caption(figure, (WORD, y + HEIGHT + 4), f"The heavy outlines: {word}, before and after.")
    return figure


def _column(figure: Figure, x: float, top: float, values: list[float]) -> None:
    for row, value in enumerate(values):
        base = top + row * (HEIGHT + 4) + HEIGHT / 2 + 5
        figure.text((x + 6, base), f"{value:.2f}", "code")


def _said(values: np.ndarray) -> str:
    return ", ".join(f"{value:.2f}" for value in values.tolist())
