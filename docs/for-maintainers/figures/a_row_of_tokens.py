"""The smallest figure: a sentence as a row of tokens, each above its number."""

from drawing import Figure
from drawing.shapes import LEFT, bottom, label, token_id, tokens
from drawing.style import GAP, LEADING

SENTENCE = "the cat saw the dog"


def draw() -> Figure:
    """Draw the tokens and, below each, its place in the row."""
    words = SENTENCE.split()
    figure = Figure(
        "Tokens and their places",
        f"The tokens {', '.join(words)} stand in a row. Below them stand the numbers "
        f"from 0 to {len(words) - 1}.",
    )
    label(figure, (LEFT, 0), "Tokens")
    row = tokens(figure, (LEFT, LEADING + GAP), words)
    for place, box in enumerate(row):
        token_id(figure, (box.left, bottom(row) + GAP), place, width=box.width)
    return figure
