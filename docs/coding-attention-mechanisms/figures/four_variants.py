"""The four forms of attention, each built on the one before."""

from drawing import Figure
from drawing.shapes import FULL, LEFT, step
from drawing.style import ARROW

VARIANTS = (
    ("Simple self-attention", "a weighted sum of all vectors,", "with nothing to train"),
    ("Self-attention", "with matrices that training adjusts"),
    ("Causal attention", "each token sees itself and those", "before it, and none to come"),
    ("Multi-head attention", "several at once, each of which", "can look for something else"),
)


def draw() -> Figure:
    """Draw the variants below each other."""
    figure = Figure(
        "Four forms of attention",
        "Four boxes, each with an arrow to the next. "
        + " ".join(
            f"{number}: {name}, {' '.join(says)}."
            for number, (name, *says) in enumerate(VARIANTS, 1)
        ),
    )
    y = 4.0
    for number, (name, *says) in enumerate(VARIANTS, 1):
        box = step(figure, (LEFT + 40, y), f"{number}. {name}", *says, width=FULL - 80)
        y = box.bottom + ARROW
        if number < len(VARIANTS):
            figure.arrow(box.below, (box.centre[0], y))
    return figure
