"""A decoder writes one word at a time, and what it has written is its next input."""

from itertools import pairwise

from drawing import Box, Figure
from drawing.shapes import LEFT as MARGIN
from drawing.shapes import RIGHT, key, model, spread, token, token_width
from drawing.style import ARROW, GAP, LEADING, THIN
from verdict import split_words

TEXT = "This is an example"
LEFT = 108
WIDTH = RIGHT - LEFT
DECODER = 44


def draw() -> Figure:
    """Draw the decoder once for each word that it adds; readers can step through."""
    words = split_words(TEXT)
    last = len(words) - 1
    texts = [" ".join(words[:end]) for end in range(1, len(words) + 1)]
    rounds = [f"“{before}” goes in, “{after}” comes out." for before, after in pairwise(texts)]
    figure = Figure(
        "A decoder writes one word at a time",
        f"From top to bottom, the same decoder {last} times. {' '.join(rounds)} Each output is "
        "the next input.",
    )
    widths = [token_width(word) for word in words]
    lefts = spread(LEFT, WIDTH, widths)
    row = [token(figure, (lefts[0], 4), words[0])]
    _name(figure, row[0], "Input 1")
    for number, says in enumerate(rounds, 1):
        with figure.next_step(says):
            top = row[0].bottom + ARROW
            decoder = model(figure, (LEFT, top), "decoder", width=WIDTH, height=DECODER)
            _name(figure, decoder, f"Iteration {number}")
            for box in row:
                figure.arrow(box.below, (box.centre[0], top))
            top = decoder.bottom + ARROW
            row = [
                token(figure, (left, top), word, state="new" if place == number else "there")
                for place, (left, word) in enumerate(zip(lefts[: number + 1], words, strict=False))
            ]
            for box in row[:-1]:
                x = box.centre[0]
                figure.line((x, decoder.bottom), (x, box.top), weight=THIN)
            figure.arrow((row[-1].centre[0], decoder.bottom), row[-1].above)
            following = f"is input {number + 1}" if number < last else ""
            _name(figure, row[0], f"Output {number}", following)
    y = row[0].bottom + 3 * GAP
    kept = key(figure, (LEFT, y), "word", meaning="kept")
    key(figure, (kept.right + 2 * GAP, y), "word", meaning="new", state="new")
    return figure


def _name(figure: Figure, box: Box, name: str, note: str = "") -> None:
    """Write in the margin what stands beside it."""
    base = box.centre[1] + 5 - (LEADING / 2 if note else 0)
    figure.text((MARGIN, base), name, "bold")
    if note:
        figure.text((MARGIN, base + LEADING), note, "quiet")
