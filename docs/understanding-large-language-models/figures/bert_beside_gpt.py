"""One sentence and two tasks: BERT fills in its masked words, GPT continues its beginning."""

from collections.abc import Sequence

from drawing import Box, Figure
from drawing.shapes import FULL, LEFT, State, model, spread, token, token_width
from drawing.style import ARROW, GAP, HEIGHT, TEXT
from verdict import split_words

SENTENCE = "The boat is back before the rain"
MASKED = (1, 4)
"""Which of its words are hidden from BERT."""

GIVEN = 4
"""How many of its words are given to GPT."""

WORDS = split_words(SENTENCE)
MODEL = 52
MARGIN = 12
"""From the edge of a model to the first and the last word."""


def draw() -> Figure:
    """Draw both models, one below the other, on the same words in the same places."""
    begun, rest = WORDS[:GIVEN], WORDS[GIVEN:]
    figure = Figure(
        "BERT and GPT on the same sentence",
        f"Above, BERT, an encoder: the sentence “{SENTENCE}” goes in with {len(MASKED)} words "
        f"masked, and the words {' and '.join(WORDS[place] for place in MASKED)} come out in "
        f"their places. Below, GPT, a decoder: the beginning “{' '.join(begun)}” goes in, and "
        f"{', then '.join(rest)} come out, one at a time.",
    )
    figure.text((LEFT, 18), "BERT", "heading", note="fills in masked words")
    masked = ["?" if place in MASKED else word for place, word in enumerate(WORDS)]
    y = _inputs(figure, 30, masked)
    y = _model(figure, y, "encoder", "reads both sides of each gap")
    for place in MASKED:
        _output(figure, y, place)

    y += ARROW + HEIGHT + 32
    figure.text((LEFT, y + 18), "GPT", "heading", note="continues a text")
    y = _inputs(figure, y + 30, begun)
    y = _model(figure, y, "decoder", "reads what stands on the left")
    _output(figure, y, GIVEN)
    for place in range(GIVEN + 1, len(WORDS)):
        column = _columns()[place]
        token(figure, (column.left, y + ARROW), WORDS[place], width=column.width, state="missing")
    columns, base = _columns(), y + ARROW + HEIGHT + TEXT + 4
    figure.text(
        (columns[GIVEN].left - GAP, base - 27), "one word at a time:", "quiet", anchor="end"
    )
    for first, last, says in ((GIVEN, GIVEN, "now"), (GIVEN + 1, len(WORDS) - 1, "later")):
        x = (columns[first].left + columns[last].right) / 2
        figure.text((x, base), says, "quiet", anchor="middle")
    return figure


def _columns() -> list[Box]:
    """Return the place of each word, all of them side by side."""
    widths = [token_width(word) for word in WORDS]
    lefts = spread(LEFT + MARGIN, FULL - 2 * MARGIN, widths)
    return [Box(left, 0, width, HEIGHT) for left, width in zip(lefts, widths, strict=True)]


def _inputs(figure: Figure, y: float, words: Sequence[str]) -> float:
    """Draw what goes into a model, each with an arrow; return where the model begins."""
    for column, word in zip(_columns(), words, strict=False):
        state: State = "missing" if word == "?" else "there"
        box = token(figure, (column.left, y), word, width=column.width, state=state)
        figure.arrow(box.below, (box.centre[0], box.bottom + ARROW))
    return y + HEIGHT + ARROW


def _model(figure: Figure, y: float, name: str, note: str) -> float:
    return model(figure, (LEFT, y), name, note, width=FULL, height=MODEL).bottom


def _output(figure: Figure, y: float, place: int) -> None:
    """Draw a word that a model puts out, in its place."""
    column = _columns()[place]
    box = token(figure, (column.left, y + ARROW), WORDS[place], width=column.width, state="new")
    figure.arrow((box.centre[0], y), box.above)
