"""An encoder and a decoder before attention: one vector between them."""

from itertools import pairwise

from drawing import Box, Figure
from drawing.shapes import FULL, LEFT, caption, label, spread, token, vector
from drawing.style import ARROW, GAP, LEADING

READ = ("ich", "habe", "gelesen")
WRITTEN = ("I", "have", "read")
SIDE = 92


def draw() -> Figure:
    """Draw the words that are read, the states, and the words that are written."""
    figure = Figure(
        "One memory between encoder and decoder",
        f"The encoder reads {', '.join(READ)}, one after the other. After each word stands a "
        "hidden state, and an arrow leads from it to the next. From the last one an arrow leads "
        f"down to the decoder, which writes {', '.join(WRITTEN)}, a word at a time. No other "
        "arrow leads from the encoder to the decoder.",
    )
    label(figure, (LEFT, 0), "Encoder", "reads a word at a time")
    lefts = spread(LEFT, FULL, [SIDE] * 3)
    y = LEADING + GAP
    words = [token(figure, (x, y), word, width=SIDE) for x, word in zip(lefts, READ, strict=True)]
    states = _states(figure, words[0].bottom + ARROW, lefts)
    for word, state in zip(words, states, strict=True):
        figure.arrow(word.below, state.above)
    between = states[-1].bottom + 2 * ARROW
    label(figure, (LEFT, states[-1].bottom + GAP), "Decoder", "writes a word at a time")
    later = _states(figure, between, lefts)
    middle = states[-1].bottom + ARROW + 8
    first = later[0].centre[0]
    figure.arrow(states[-1].below, (states[-1].centre[0], middle), (first, middle), later[0].above)
    out = [
        token(figure, (x, later[0].bottom + ARROW), word, width=SIDE, state="new")
        for x, word in zip(lefts, WRITTEN, strict=True)
    ]
    for state, word in zip(later, out, strict=True):
        figure.arrow(state.below, word.above)
    caption(figure, (LEFT, out[0].bottom + GAP), "Between the two stands one vector.")
    return figure


def _states(figure: Figure, y: float, lefts: list[float]) -> list[Box]:
    boxes = []
    for x in lefts:
        cells = vector(figure, (x + (SIDE - 72) / 2, y), 4)
        boxes.append(cells)
    for before, after in pairwise(boxes):
        figure.arrow(before.after, after.before)
    return boxes
