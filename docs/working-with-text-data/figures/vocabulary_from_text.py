"""A text becomes a vocabulary: its distinct tokens, sorted and numbered from 0."""

from drawing import Figure
from drawing.shapes import (
    LEFT,
    bottom,
    bracket,
    entries,
    key,
    label,
    step,
    text_box,
    tokens,
)
from drawing.style import ARROW, GAP, LEADING
from verdict import build_vocabulary, split_words

TEXT = "The quick brown fox jumps over the lazy dog"


def draw() -> Figure:
    """Draw the text, its tokens in their order, and the vocabulary as a table."""
    words = split_words(TEXT)
    vocabulary = build_vocabulary(words)
    pairs = ", ".join(f"{word} {number}" for word, number in vocabulary.items())
    repeated = len(words) - len(vocabulary) or "none"
    figure = Figure(
        "From a text to a vocabulary",
        f"From top to bottom. The text “{TEXT}” is split into {len(words)} tokens, which are "
        f"sorted and numbered from 0. Repeats are dropped, of which there are {repeated} here. The "
        f"vocabulary has {len(vocabulary)} entries: {pairs}. “The” and “the” are two of them, "
        "because case is kept.",
    )
    label(figure, (LEFT, 0), "Text")
    text = text_box(figure, (LEFT, 24), TEXT)
    splitting = step(figure, (LEFT, text.bottom + ARROW), "`split_words`", "cuts it into words")
    figure.arrow(text.below, splitting.above)

    y = splitting.bottom + ARROW
    label(figure, (LEFT, y - LEADING), "Tokens", f"{len(words)}, in order")
    boxes = tokens(figure, (LEFT, y + 9), words)
    figure.arrow(splitting.below, bracket(figure, boxes))

    y = bottom(boxes) + ARROW
    building = step(
        figure,
        (LEFT, y + GAP),
        "`build_vocabulary`",
        f"drops repeats ({repeated} here),",
        "sorts, numbers from 0",
    )
    figure.arrow(bracket(figure, boxes, below=True), building.above)

    y = building.bottom + ARROW
    label(figure, (LEFT, y - 2 - LEADING), "Vocabulary", f"{len(vocabulary)} entries")
    table = entries(figure, (LEFT, y), vocabulary)
    figure.arrow(building.below, table.above)
    y = table.bottom + 2 * GAP
    case = key(figure, (LEFT, y), "The", "the", meaning="two entries: case is kept")
    y = case.bottom + GAP
    key(figure, (LEFT, y), "The", meaning="first: capitals sort before small letters")
    return figure
