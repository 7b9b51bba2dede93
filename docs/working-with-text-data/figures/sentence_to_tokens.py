"""A sentence falls apart into tokens: words and marks stay, blanks are dropped."""

from itertools import pairwise

from drawing import Box, Figure
from drawing.shapes import FULL, LEFT, blank, caption, label, token
from drawing.style import CHARACTER, HEIGHT, TEXT, THIN
from verdict import split_words

SENTENCE = "Hello, world. Is this-- a test?"
FALL = 36
INSET = 1
BLANK = 4


def draw() -> Figure:
    """Draw the sentence as a strip with its seams, and below each piece the token it gives."""
    words = split_words(SENTENCE)
    pieces = cut(SENTENCE, words)
    blanks = len(pieces) - len(words)
    figure = Figure(
        "sentence_to_tokens",
        "A sentence split into tokens",
        f"The sentence “{SENTENCE}” as a strip, with a seam before and after every word and "
        f"every mark. Below it the {len(words)} tokens: {' '.join(words)} "
        f"The {blanks} blanks between them are dropped.",
    )
    label(figure, (LEFT, 0), "Text", f"{len(SENTENCE)} characters")
    strip = Box(LEFT, 26, FULL, HEIGHT + 4)
    letter = CHARACTER * TEXT
    padding = (FULL - len(SENTENCE) * letter - blanks * BLANK) / len(words)
    lefts: list[float] = [LEFT]
    for piece in pieces:
        lefts.append(lefts[-1] + len(piece) * letter + (BLANK if piece.isspace() else padding))
    columns = [Box(left, strip.top, right - left, strip.height) for left, right in pairwise(lefts)]
    figure.rectangle(strip, "plain", weight=THIN)
    for column in columns[1:]:
        figure.line((column.left, strip.top), (column.left, strip.bottom), weight=THIN, dashed=True)

    top = strip.bottom + FALL
    for piece, column in zip(pieces, columns, strict=True):
        x = column.centre[0]
        if piece.isspace():
            blank(figure, (x, column.centre[1] + 4))
            blank(figure, (x, top + HEIGHT / 2 + 4), dropped=True)
        else:
            figure.text((x, column.centre[1] + 5), piece, "code", anchor="middle")
            place = (column.left + INSET, top)
            token(figure, place, piece, width=column.width - 2 * INSET)
            figure.arrow((x, strip.bottom), (x, top))
    label(figure, (LEFT, top + HEIGHT + 8), "Tokens", f"{len(words)}, and {blanks} blanks dropped")

    y = top + HEIGHT + 46
    word = token(figure, (LEFT, y), "word")
    mark = token(figure, (LEFT + 110, y), "--")
    caption(figure, (mark.right + 6, y + 5), "mark")
    caption(figure, (word.right + 6, y + 5), "word")
    blank(figure, (LEFT + 222, y + HEIGHT / 2 + 5), dropped=True)
    caption(figure, (LEFT + 232, y + 5), "blank, dropped")
    return figure


def cut(text: str, words: list[str]) -> list[str]:
    """Cut a text into its tokens and the blanks between them."""
    pieces: list[str] = []
    for word in words:
        blank, _, text = text.partition(word)
        pieces += [blank, word] if blank else [word]
    return [*pieces, text] if text else pieces
