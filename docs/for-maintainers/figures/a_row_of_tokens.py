"""The smallest figure: a row of tokens, each above its number."""

from drawing import Figure
from drawing.shapes import LEFT, bottom, label, token_id, tokens
from drawing.style import GAP, LEADING

SENTENCE = "the cat saw the dog"


def draw() -> Figure:
    """Draw the tokens and, below each, its place in the row."""
    words = SENTENCE.split()
    says = f"The tokens {', '.join(words)} stand in a row. "
    says += f"Below them stand the numbers from 0 to {len(words) - 1}."
    figure = Figure("Tokens and their places", says)
    label(figure, (LEFT, 0), "Tokens")
    row = tokens(figure, (LEFT, LEADING + GAP), words)
    below = bottom(row) + GAP
    for place, box in enumerate(row):
        token_id(figure, (box.left, below), place, width=box.width)
    return figure
