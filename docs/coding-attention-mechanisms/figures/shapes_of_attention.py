"""The shapes of self-attention, taken from the running code."""

import numpy as np

from drawing import Box, Figure
from drawing.shapes import FULL, LEFT, caption, step
from drawing.style import ARROW, GAP
from verdict import SelfAttention, attention_weights

TOKENS = 6
WIDTH = 112


def draw() -> Figure:
    """Draw inputs, the three projections, the weights and what comes out."""
    attention = SelfAttention(3, 2, seed=1)
    inputs = np.ones((TOKENS, 3))
    query, key, value = (attention.parameters.project(inputs, n) for n in ("query", "key", "value"))
    weights = attention_weights(query, key)
    out = weights @ value
    matrix = _shape(attention.parameters["query"])
    figure = Figure(
        "The shapes of self-attention",
        f"From top to bottom. The inputs are {_shape(inputs)}. Three matrices of {matrix} make "
        f"queries, keys and values of {_shape(query)} each. Queries and keys make weights of "
        f"{_shape(weights)}. Weights and values make context vectors of {_shape(out)}.",
    )
    middle = LEFT + (FULL - 200) / 2
    first = step(figure, (middle, 4), "Inputs", _shape(inputs), width=200)
    y = first.bottom + ARROW
    places = [LEFT + number * (FULL - WIDTH) / 2 for number in range(3)]
    boxes = [
        step(figure, (x, y), name, _shape(array), width=WIDTH)
        for x, name, array in zip(
            places, ("Queries", "Keys", "Values"), (query, key, value), strict=True
        )
    ]
    for box, share in zip(boxes, (0.2, 0.5, 0.8), strict=True):
        start = first.left + share * first.width
        figure.arrow((start, first.bottom), box.above)
    low = boxes[0].bottom + ARROW
    between = Box(LEFT, low, 2 * WIDTH + 20, 0)
    found = step(figure, (LEFT, low), "Weights", _shape(weights), width=between.width)
    for box in boxes[:2]:
        figure.arrow(box.below, (box.centre[0], low))
    last = step(figure, (middle, found.bottom + ARROW), "Context vectors", _shape(out), width=200)
    figure.arrow((found.centre[0], found.bottom), (found.centre[0], last.top))
    end = last.right - 12
    figure.arrow(boxes[2].below, (boxes[2].centre[0], last.top - 12), (end, last.top))
    caption(figure, (LEFT, last.bottom + GAP), f"Each of the three matrices is {matrix}.")
    return figure


def _shape(array: np.ndarray) -> str:
    return f"{array.shape[0]} by {array.shape[1]}"
