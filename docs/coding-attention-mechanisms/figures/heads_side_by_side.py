"""Two heads on one text: their weights, and what they find, joined."""

from drawing import Box, Figure
from drawing.shapes import LEFT, caption, heat_map, label, numbers
from drawing.style import GAP, HEIGHT, LEADING
from live.attention import HEADS, INPUTS, WORDS
from verdict import attention_weights, causal_mask

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
