"""A sentence falls apart into tokens: words and marks stay, spaces are dropped."""

from itertools import pairwise

from drawing import Box, Figure
from drawing.shapes import LEFT, RIGHT, bottom, bracket, key, label, text_box, tokens
from drawing.style import ARROW, CHARACTER, GAP, HEIGHT, LEADING, TEXT, THIN
from verdict import split_words

SENTENCE = "Hello, world. Is this-- a test?"
SPACE = 15
"""Width of the cell of a space."""


def draw() -> Figure:
    """Draw the sentence, the pieces that it is cut into, and the tokens among them."""
    words = split_words(SENTENCE)
    pieces = cut(SENTENCE)
    spaces = len(pieces) - len(words)
    marks = sum(not any(map(str.isalnum, word)) for word in words)
    figure = Figure(
        "A sentence split into tokens",
        f"From top to bottom. The text “{SENTENCE}” is cut before and after every mark and every "
        f"space, into {len(pieces)} pieces. The {spaces} spaces among them are dropped. What is "
        f"left are {len(words)} tokens, {len(words) - marks} words and {marks} marks: "
        f"{' '.join(words)}",
    )
    label(figure, (LEFT, 0), "Text")
    text = text_box(figure, (LEFT, 24), SENTENCE)
    strip = _strip(figure, text.bottom + ARROW + LEADING, pieces)
    label(figure, (LEFT, strip.top - LEADING - 4), "Pieces", str(len(pieces)))
    figure.arrow(text.below, strip.above)
    x = text.centre[0] + 12
    figure.text((x, text.bottom + LEADING), "split at marks, spaces")
    boxes = tokens(figure, (LEFT, strip.bottom + ARROW + LEADING + GAP), words)
    label(figure, (LEFT, boxes[0].top - LEADING - 12), "Tokens", str(len(words)))
    figure.arrow(strip.below, bracket(figure, boxes))
    figure.text((x, strip.bottom + LEADING), "drop the spaces")

    y = bottom(boxes) + 2 * GAP
    figure.line((LEFT, y), (RIGHT, y), weight=THIN)
    y += GAP + 4
    shown = key(figure, (LEFT, y), "word", meaning=f"{len(words) - marks} words")
    key(figure, (shown.right + 2 * GAP, y), "--", meaning=f"{marks} punctuation marks")
    cell = Box(LEFT, shown.bottom + GAP, SPACE, HEIGHT)
    figure.rectangle(cell, "quiet", weight=THIN, dashed=True)
    figure.text((cell.right + GAP, cell.centre[1] + 5), f"{spaces} spaces, dropped", "quiet")
    return figure


def _strip(figure: Figure, y: float, pieces: list[str]) -> Box:
    """Draw the pieces side by side over the whole width, those that are dropped dashed."""
    letters = sum(len(piece) * CHARACTER * TEXT for piece in pieces if not piece.isspace())
    spaces = sum(map(str.isspace, pieces))
    room = (RIGHT - LEFT - letters - SPACE * spaces) / (len(pieces) - spaces)
    lefts: list[float] = [LEFT]
    for piece in pieces:
        width = SPACE if piece.isspace() else len(piece) * CHARACTER * TEXT + room
        lefts.append(lefts[-1] + width)
    for piece, (left, right) in zip(pieces, pairwise(lefts), strict=True):
        cell = Box(left + 1, y, right - left - 2, HEIGHT)
        figure.rectangle(
            cell, "quiet" if piece.isspace() else "plain", weight=THIN, dashed=piece.isspace()
        )
        if not piece.isspace():
            figure.text((cell.centre[0], cell.centre[1] + 5), piece, "code", anchor="middle")
    return Box(LEFT, y, RIGHT - LEFT, HEIGHT)


def cut(text: str) -> list[str]:
    """Cut a text into its tokens and the spaces between them."""
    pieces: list[str] = []
    for word in split_words(text):
        before, _, text = text.partition(word)
        pieces += [before, word] if before else [word]
    return [*pieces, text] if text else pieces
