"""Where self-attention stands in a GPT."""

from drawing import Box, Figure
from drawing.shapes import FULL, LEFT, caption, step
from drawing.style import ARROW, GAP, HEAVY

WIDTH = 240


def draw() -> Figure:
    """Draw the way of a text through a model, self-attention marked."""
    figure = Figure(
        "Where self-attention stands in a GPT",
        "From top to bottom: token and position embeddings, then a layer with self-attention, "
        "which is marked, and a feed-forward network. The layer comes many times, one after the "
        "other. Last is the output: scores for the next token.",
    )
    left = LEFT + (FULL - WIDTH) / 2
    first = step(figure, (left, 4), "Embeddings", "of tokens and positions", width=WIDTH)
    frame = Box(left - 20, first.bottom + ARROW, WIDTH + 40, 192)
    figure.rectangle(frame, "area", radius=3)
    mark = Box(left, frame.top + 16, WIDTH, 50)
    figure.rectangle(mark, "token", radius=3, weight=HEAVY)
    attention = step(figure, (left, frame.top + 16), "Self-attention", "this part", width=WIDTH)
    forward = step(
        figure,
        (left, attention.bottom + ARROW),
        "Feed-forward network",
        "each token on its own",
        width=WIDTH,
    )
    caption(figure, (left, forward.bottom + GAP), "a layer: there are many")
    last = step(
        figure, (left, frame.bottom + ARROW), "Output", "scores for the next token", width=WIDTH
    )
    figure.arrow(first.below, attention.above)
    figure.arrow(attention.below, forward.above)
    figure.arrow((last.centre[0], frame.bottom), last.above)
    return figure
