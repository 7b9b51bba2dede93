"""The loop of training: five parts that are done again and again."""

from drawing import Box, Figure
from drawing.shapes import LEFT, step
from drawing.style import ARROW

PARTS = (
    ("windows and their targets", "from random places", "A batch comes from random places."),
    ("`model`", "scores for each place", "One pass forward: scores for the next token."),
    ("`cross_entropy`", "the loss, one number", "One number says how wrong the scores are."),
    ("gradients", "one pass back", "One pass back finds the gradient of each weight."),
    ("`clip_gradients`", "shortens them, if too long", "What is too long is shortened."),
    ("`AdamW`", "moves the weights", "The weights move a little, and it begins again."),
)
WIDTH = 260


def draw() -> Figure:
    """Draw the parts below each other, and the way back to the first."""
    figure = Figure(
        "The training loop",
        "Six boxes below each other: "
        + "; ".join(f"{name.strip('`')}, {does}" for name, does, _ in PARTS)
        + ". An arrow leads from the last one back to the first.",
    )
    boxes: list[Box] = []
    y = 4.0
    for name, does, says in PARTS:
        with figure.next_step(says):
            if boxes:
                figure.arrow(boxes[-1].below, (boxes[-1].below[0], y))
            boxes.append(step(figure, (LEFT, y), name, does, width=WIDTH))
            if name == PARTS[-1][0]:
                x, first, last = LEFT + WIDTH + 40, boxes[0].after, boxes[-1].after
                figure.arrow(last, (x, last[1]), (x, first[1]), first)
                figure.text((x + 8, (first[1] + last[1]) / 2), "again", "bold")
            y = boxes[-1].bottom + ARROW * 0.75
    return figure
