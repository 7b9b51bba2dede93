"""A German sentence, its words one by one, and where they belong in English."""

from drawing import Box, Figure
from drawing.shapes import FULL, LEFT, caption, label, spread, token, token_width
from drawing.style import ARROW, GAP, LEADING

GERMAN = ["Ich", "habe", "das", "Buch", "gelesen"]
LITERAL = ["I", "have", "the", "book", "read"]
ENGLISH = ["I", "read", "the", "book"]
GOES_TO = (0, 1, 2, 3, 1)
"""Which English word each German one becomes."""


def draw() -> Figure:
    """Draw three rows of words, and lines between them."""
    figure = Figure(
        "Word for word, and in order",
        f"Three rows of words. The German sentence: {' '.join(GERMAN)}. Below each word its own "
        f"translation: {' '.join(LITERAL)}, which is not English. Below that the right order: "
        f"{' '.join(ENGLISH)}. Lines lead from each word to its place there: those of habe and "
        "gelesen meet in one word, and the last crosses two others.",
    )
    label(figure, (LEFT, 0), "German, word for word, English")
    first = _row(figure, LEADING + 4, GERMAN)
    second = _row(figure, first[0].bottom + ARROW, LITERAL)
    for above, below in zip(first, second, strict=True):
        figure.arrow(above.below, below.above)
    third = _row(figure, second[0].bottom + 2 * ARROW, ENGLISH)
    for above, place in zip(second, GOES_TO, strict=True):
        figure.arrow(above.below, third[place].above)
    caption(figure, (LEFT, third[0].bottom + GAP), "One line for each German word.")
    return figure


def _row(figure: Figure, y: float, words: list[str]) -> list[Box]:
    widths = [token_width(word) for word in words]
    return [
        token(figure, (left, y), word)
        for left, word in zip(spread(LEFT, FULL, widths), words, strict=True)
    ]
