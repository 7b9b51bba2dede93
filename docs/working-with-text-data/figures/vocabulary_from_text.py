"""A text becomes a vocabulary: its distinct tokens, sorted and numbered from 0."""

from drawing import Figure
from drawing.shapes import LEFT, bottom, caption, label, step, text_box, token, token_id, tokens
from drawing.style import HEIGHT, STEP
from verdict import build_vocabulary, split_words

TEXT = "The quick brown fox jumps over the lazy dog"
ROW = HEIGHT + 4


def draw() -> Figure:
    """Draw the text, its tokens in their order, and the vocabulary as a table."""
    words = split_words(TEXT)
    vocabulary = build_vocabulary(words)
    entries = ", ".join(f"{word} {number}" for word, number in vocabulary.items())
    figure = Figure(
        "vocabulary_from_text",
        "From a text to a vocabulary",
        f"From top to bottom. The text “{TEXT}” is split into {len(words)} tokens, which are "
        f"sorted and numbered from 0. The vocabulary has {len(vocabulary)} entries: {entries}. "
        "“The” and “the” are two of them, because case is kept.",
    )
    label(figure, (LEFT, 0), "Text")
    text = text_box(figure, (LEFT, 24), TEXT)
    splitting = step(figure, (LEFT, text.bottom + STEP), "`split_words`", "cuts it into words")
    figure.arrow(text.below, splitting.above)

    y = splitting.bottom + STEP
    figure.arrow(splitting.below, (splitting.centre[0], y))
    y += 4
    label(figure, (LEFT, y), "Tokens", f"{len(words)}, in the order of the text")
    boxes = tokens(figure, (LEFT, y + 26), words)

    y = bottom(boxes) + STEP
    building = step(figure, (LEFT, y), "`build_vocabulary`", "sorts, drops repeats, numbers from 0")
    figure.arrow((building.centre[0], bottom(boxes) + 4), building.above)

    y = building.bottom + STEP
    figure.arrow(building.below, (building.centre[0], y))
    y += 4
    label(figure, (LEFT, y), "Vocabulary", f"{len(vocabulary)} entries")
    y += 26
    places = {}
    for word, number in vocabulary.items():
        places[word] = token(figure, (LEFT, y), word, width=76)
        token_id(figure, (LEFT + 84, y + 2), number, width=28)
        y += ROW
    x = LEFT + 132
    caption(figure, (x, places["The"].top + 3), "Capital letters sort", "before small letters.")
    caption(
        figure, (x, places["the"].top + 3 - 20), "Case is kept: “The”", "and “the” are two entries."
    )
    return figure
