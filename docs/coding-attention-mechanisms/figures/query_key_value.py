"""From a query, six keys and six values to a context vector."""

import numpy as np

from drawing import Figure
from drawing.shapes import LEFT, caption, label, numbers, token
from drawing.style import GAP, HEIGHT, LEADING
from live.attention import INPUTS, WORDS
from verdict import attention_weights

W_QUERY = np.array([[0.296112, 0.516562], [0.251671, 0.688557], [0.073972, 0.866522]])
W_KEY = np.array([[0.136580, 0.102479], [0.184056, 0.726447], [0.315254, 0.687107]])
W_VALUE = np.array([[0.075635, 0.196638], [0.316412, 0.401740], [0.118568, 0.827395]])
QUERY = 1
KEY, WEIGHT, VALUE = 86, 196, 276
CELL = 46


def draw() -> Figure:
    """Draw the query above a row for each word: its key, its weight, its value."""
    query = (INPUTS @ W_QUERY)[QUERY]
    keys, values = INPUTS @ W_KEY, INPUTS @ W_VALUE
    weights = attention_weights(query[None], keys)[0]
    word = WORDS[QUERY]
    figure = Figure(
        f"The context vector of {word}, from keys and values",
        f"Above, the query of {word}: {_said(query)}. Below it six rows, one for each word of "
        f"{' '.join(WORDS)}, with its key, its weight and its value. The weights: "
        f"{_said(weights)}. Last the sum of the values, each times its weight: "
        f"{_said(weights @ values)}.",
    )
    with figure.next_step(f"The word {word} has a query."):
        token(figure, (LEFT, 4), word, width=72, state="new")
        box = numbers(figure, (KEY, 6), query.tolist(), width=CELL)
        figure.text((box.right + GAP, 24), "its query", "quiet")
    y = HEIGHT + 2 * GAP
    top = y + LEADING + GAP
    pitch = HEIGHT + 4
    with figure.next_step("Each word has a key."):
        label(figure, (KEY, y), "Key")
        for row, vector in enumerate(keys.tolist()):
            token(figure, (LEFT, top + row * pitch), WORDS[row], width=72)
            numbers(figure, (KEY, top + row * pitch + 2), vector, width=CELL)
    with figure.next_step("Query and keys give weights."):
        label(figure, (WEIGHT, y), "Weight")
        for row, weight in enumerate(weights.tolist()):
            base = top + row * pitch + HEIGHT / 2 + 5
            figure.text((WEIGHT + 6, base), f"{weight:.2f}", "code")
    with figure.next_step("Each word has a value."):
        label(figure, (VALUE, y), "Value")
        for row, vector in enumerate(values.tolist()):
            numbers(figure, (VALUE, top + row * pitch + 2), vector, width=CELL)
    with figure.next_step("The values are added up, each times its weight."):
        low = top + len(WORDS) * pitch + GAP
        label(figure, (WEIGHT, low), "Sum")
        numbers(figure, (VALUE, low), (weights @ values).tolist(), width=CELL)
    caption(figure, (LEFT, low + HEIGHT + 4), "Two numbers wide; the inputs have three.")
    return figure


def _said(values: np.ndarray) -> str:
    return ", ".join(f"{value:.2f}" for value in values.tolist())
