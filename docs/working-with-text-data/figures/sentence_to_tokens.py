"""A sentence falls apart into tokens: words and marks stay, blanks are dropped."""

from itertools import pairwise

from drawing import Box, Figure
from drawing.shapes import LEFT as MARGIN
from drawing.shapes import RIGHT, blank, side_label, token, token_width
from drawing.style import GAP, HEIGHT, STEP, THIN
from verdict import split_words

ROWS = ("Hello, world. ", "Is this-- a test?")
SENTENCE = "".join(ROWS)
LEFT = 76
BLANK = 16


def draw() -> Figure:
    """Draw the sentence as strips with seams, and below each piece the token it gives."""
    words = split_words(SENTENCE)
    blanks = len(cut(SENTENCE)) - len(words)
    marks = sum(not any(map(str.isalnum, word)) for word in words)
    figure = Figure(
        "sentence_to_tokens",
        "A sentence split into tokens",
        f"The sentence “{SENTENCE}” as a strip, in two parts, with a seam before and after every "
        f"word and every mark. Below it the {len(words)} tokens: {' '.join(words)} "
        f"The {blanks} blanks between them are dropped.",
    )
    y = 4.0
    for row in ROWS:
        y = _row(figure, y, cut(row)) + 28

    figure.line((MARGIN, y), (RIGHT, y), weight=THIN)
    y += 16
    word = token(figure, (MARGIN, y), "word")
    figure.text((word.right + 8, y + 19), f"{len(words) - marks} words", "quiet")
    mark = token(figure, (word.right + 72, y), "--")
    figure.text((mark.right + 8, y + 19), f"{marks} marks", "quiet")
    blank(figure, (mark.right + 76, y + 19), dropped=True)
    figure.text((mark.right + 87, y + 19), f"{blanks} blanks dropped", "quiet")
    return figure


def _row(figure: Figure, y: float, pieces: list[str]) -> float:
    """Draw a part of the sentence and its tokens; return where they end."""
    lefts: list[float] = [LEFT]
    for piece in pieces:
        lefts.append(lefts[-1] + (BLANK if piece.isspace() else token_width(piece) + GAP))
    strip = figure.rectangle(Box(LEFT, y, lefts[-1] - LEFT, HEIGHT + 4), weight=THIN)
    side_label(figure, strip, "Text")
    for seam in lefts[1:-1]:
        figure.line((seam, strip.top), (seam, strip.bottom), weight=THIN, dashed=True)
    top = strip.bottom + STEP
    for piece, (left, right) in zip(pieces, pairwise(lefts), strict=True):
        x = (left + right) / 2
        if piece.isspace():
            blank(figure, (x, strip.centre[1] + 4))
            blank(figure, (x, top + HEIGHT / 2 + 4), dropped=True)
        else:
            figure.text((x, strip.centre[1] + 5), piece, "code", anchor="middle")
            box = token(figure, (left + GAP / 2, top), piece)
            figure.arrow((x, strip.bottom), box.above)
    side_label(figure, Box(LEFT, top, 0, HEIGHT), "Tokens")
    return top + HEIGHT


def cut(text: str) -> list[str]:
    """Cut a text into its tokens and the blanks between them."""
    pieces: list[str] = []
    for word in split_words(text):
        before, _, text = text.partition(word)
        pieces += [before, word] if before else [word]
    return [*pieces, text] if text else pieces
