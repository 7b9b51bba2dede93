"""Six shares, their logarithms, the mean, and the loss: the numbers of the page."""

import numpy as np

from drawing import Box, Figure
from drawing.layout import centred_text
from drawing.shapes import FULL, LEFT, bracket, label, step, token
from drawing.style import GAP, HEIGHT, LEADING
from verdict import GPT, GPTConfig, cross_entropy, softmax

WORDS = ("effort", "every", "I", "like", "moves", "really", "you")
INPUTS, TARGETS = [[1, 0, 4], [2, 5, 3]], np.array([[0, 4, 6], [5, 3, 6]])
PITCH = (FULL + 4) / 6
LINE = HEIGHT + LEADING + GAP


def draw() -> Figure:
    """Draw a column for each of the six places, a row for each step."""
    scores = GPT(GPTConfig(7, context_length=4, width=8, heads=2, layers=1), seed=123)(INPUTS)
    shares = np.take_along_axis(softmax(scores), TARGETS[..., np.newaxis], axis=-1).ravel()
    loss = cross_entropy(scores, TARGETS)
    figure = Figure(
        "From shares to the loss",
        "Six tokens that really came, the share that the model gave to each, its logarithm, then "
        "the mean of the six and its opposite. "
        + ", ".join(
            f"{WORDS[target]}: {share:.3f}, {np.log(share):.2f}"
            for target, share in zip(TARGETS.flat, shares, strict=True)
        )
        + f". Mean {-loss:.4f}, loss {loss:.4f}.",
    )
    with figure.next_step("At each of six places, the token that really came is known."):
        label(figure, (LEFT, 0), "The token that came")
        for place, target in enumerate(TARGETS.flat):
            token(figure, (LEFT + place * PITCH, LEADING), WORDS[target], width=PITCH - 4)
    with figure.next_step("Of each row of shares, only that of this token counts."):
        _row(figure, LINE, "Its share", [f"{share:.3f}" for share in shares])
    with figure.next_step("A logarithm turns a product of shares into a sum."):
        found = _row(figure, 2 * LINE, "Its logarithm", [f"{np.log(each):.2f}" for each in shares])
    with figure.next_step("The mean does not grow with the length of the text."):
        middle = bracket(figure, found, below=True)
        figure.arrow(middle, (middle[0], middle[1] + 16))
        mean = step(figure, (LEFT, middle[1] + 16), f"mean: {-loss:.4f}")
    with figure.next_step("A minus, so that a better model has a smaller loss."):
        figure.arrow(mean.below, (mean.below[0], mean.bottom + 24))
        step(figure, (LEFT, mean.bottom + 24), f"minus: the loss, {loss:.4f}")
    return figure


def _row(figure: Figure, y: float, name: str, numbers: list[str]) -> list[Box]:
    label(figure, (LEFT, y), name)
    boxes = []
    for place, number in enumerate(numbers):
        box = Box(LEFT + place * PITCH, y + LEADING, PITCH - 4, HEIGHT - 4)
        centred_text(figure, figure.rectangle(box, "vector"), number, "code")
        boxes.append(box)
    return boxes
