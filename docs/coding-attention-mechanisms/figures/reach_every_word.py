"""A decoder with attention: every word of the input is within reach."""

from drawing import Figure
from drawing.shapes import FULL, LEFT, caption, label, spread, token, token_width
from drawing.style import ARROW, GAP, LEADING

READ = ("ich", "habe", "das", "Buch", "gelesen")
SHARES = (0.1, 0.2, 0.05, 0.05, 0.6)
"""How much each word counts for the next one that is written."""
WRITTEN = "I"


def draw() -> Figure:
    """Draw lines from the input to the place of the next word, as wide as their weights."""
    figure = Figure(
        "A decoder that reaches every word",
        f"The words that were read: {', '.join(READ)}. From each a line leads down to the place "
        f"of the second word of the translation, after {WRITTEN}. The lines are as wide as the "
        f"weights: {', '.join(f'{share:.2f}' for share in SHARES)}. The widest comes from "
        f"{READ[-1]}.",
    )
    label(figure, (LEFT, 0), "Read", "all of it stays within reach")
    widths = [token_width(word) for word in READ]
    y = LEADING + GAP
    boxes = [
        token(figure, (left, y), word)
        for left, word in zip(spread(LEFT, FULL, widths), READ, strict=True)
    ]
    for box, share in zip(boxes, SHARES, strict=True):
        x = box.centre[0]
        figure.text((x, box.bottom + 18), f"{share:.2f}", "code", anchor="middle")
    top = boxes[0].bottom + 24
    low = top + 2 * ARROW
    written = token(figure, (LEFT + 110, low), WRITTEN, width=70)
    coming = token(figure, (written.right + GAP, low), "read", width=70, state="missing")
    for box, share in zip(boxes, SHARES, strict=True):
        figure.line((box.centre[0], top), coming.above, weight=1 + 10 * share)
    label(figure, (LEFT, low + 2), "Written")
    caption(figure, (LEFT, coming.bottom + GAP), "Dashed: the word that comes next.")
    return figure
