"""Two heads on one text: their weights, and what they find, joined."""

import numpy as np

from drawing import Box, Figure
from drawing.shapes import LEFT, caption, heat_map, label, numbers
from drawing.style import GAP, HEIGHT, LEADING
from verdict import attention_weights, causal_mask

WORDS = ("Your", "journey", "starts", "with", "one", "step")
INPUTS = np.array(
    [
        [0.43, 0.15, 0.89],
        [0.55, 0.87, 0.66],
        [0.57, 0.85, 0.64],
        [0.22, 0.58, 0.33],
        [0.77, 0.25, 0.10],
        [0.05, 0.80, 0.55],
    ]
)
HEADS = tuple(
    tuple(np.array(matrix) for matrix in head)
    for head in (
        (
            [[-0.235430, 0.217727], [0.019124, -0.491934], [-0.286746, 0.423223]],
            [[-0.419641, 0.261478], [-0.459018, -0.213326], [-0.364820, 0.216052]],
            [[-0.490014, -0.113461], [-0.350292, -0.440439], [-0.211989, 0.378044]],
        ),
        (
            [[-0.136157, 0.107564], [0.185322, 0.157877], [0.408269, 0.557292]],
            [[-0.260390, 0.412603], [0.182876, 0.461105], [-0.256872, -0.532301]],
            [[0.492853, 0.237681], [0.275693, 0.479951], [0.251590, -0.076233]],
        ),
    )
)
"""Query, key and value matrix of each head."""
SIDE = 24
PLACES = (86, 240)


def draw() -> Figure:
    """Draw the weights of both heads, and below them what each finds for the last word."""
    last = WORDS[-1]
    found = []
    figure_parts = []
    for query, key, value in HEADS:
        weights = attention_weights(INPUTS @ query, INPUTS @ key, causal_mask(len(WORDS)))
        found.append((weights @ INPUTS @ value)[-1].tolist())
        figure_parts.append(weights.tolist())
    figure = Figure(
        "Two heads side by side",
        "Two triangles of weights, one for each head, with the same six words: "
        + " ".join(
            f"Head {number} for {last}: {', '.join(f'{weight:.2f}' for weight in weights[-1])}."
            for number, weights in enumerate(figure_parts, 1)
        )
        + f" Below, what each finds for {last}, two numbers each, and the four numbers joined.",
    )
    top: float = LEADING + GAP
    for row, word in enumerate(WORDS):
        figure.text((LEFT, top + row * SIDE + 17), word)
    for number, (x, weights) in enumerate(zip(PLACES, figure_parts, strict=True), 1):
        label(figure, (x, 0), f"Head {number}")
        for row, values in enumerate(weights):
            for column, weight in enumerate(values[: row + 1]):
                place = x + column * (SIDE - 3), top + row * SIDE
                heat_map(figure, place, [[2 * weight - 1]], (SIDE - 3, SIDE))
    low = top + len(WORDS) * SIDE + GAP
    figure.text((LEFT, low + 18), last, "bold")
    boxes: list[Box] = []
    for x, vector in zip(PLACES, found, strict=True):
        boxes.append(numbers(figure, (x, low), vector, width=44))
    joined = low + HEIGHT + 2 * GAP
    figure.text((LEFT, joined + 18), "joined", "bold")
    both = numbers(figure, (PLACES[0], joined), [*found[0], *found[1]], width=44)
    figure.arrow(boxes[0].below, (boxes[0].centre[0], joined))
    figure.arrow(boxes[1].below, (both.right - 44, joined))
    caption(figure, (LEFT, both.bottom + GAP), "The stronger a colour, the larger the weight.")
    return figure
