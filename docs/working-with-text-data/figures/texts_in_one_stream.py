"""Several texts become one stream, with a special token between them."""

from drawing import Box, Figure
from drawing.shapes import (
    FULL,
    LEFT,
    State,
    balanced_rows,
    bottom,
    bracket,
    caption,
    key,
    label,
    text_box,
    token,
    token_id,
    token_width,
)
from drawing.style import ARROW, GAP, HEIGHT, LEADING
from verdict import (
    END_OF_TEXT,
    UNKNOWN,
    SimpleTokenizerV2,
    build_vocabulary,
    read_story,
    split_words,
)

TEXTS = ("He had a picture.", "You were late!", "She laughed.")
ROW = 2 * HEIGHT + 3 * GAP
"""From a row of tokens, with their IDs below, to the next."""


def draw() -> Figure:
    """Draw the texts side by side, and below them the tokens and IDs of their stream."""
    tokenizer = SimpleTokenizerV2(
        build_vocabulary(split_words(read_story()), [END_OF_TEXT, UNKNOWN])
    )
    stream = f" {END_OF_TEXT} ".join(TEXTS)
    words, ids = split_words(stream), tokenizer.encode(stream)
    if UNKNOWN in map(tokenizer.int_to_str.get, ids):
        raise ValueError(f"The story lacks a word of {TEXTS}. Choose words that it has.")
    figure = Figure(
        "Three texts in one stream",
        f"The texts “{'”, “'.join(TEXTS)}” become one stream of {len(ids)} tokens: "
        f"{' '.join(words)} Between two texts stands the special token {END_OF_TEXT}. The token "
        f"IDs of the stream are {', '.join(map(str, ids))}.",
    )
    width = (FULL - 2 * GAP) / 3
    lefts = [LEFT + place * (width + GAP) for place in range(len(TEXTS))]
    boxes = []
    for number, (left, text) in enumerate(zip(lefts, TEXTS, strict=True), 1):
        label(figure, (left, 0), f"Text {number}")
        boxes.append(text_box(figure, (left, 24), text, width=width))

    start = bracket(figure, boxes, below=True)
    top = start[1] + ARROW + LEADING
    rows = zip(words, map(str, ids), strict=True)
    widths = [max(map(token_width, column)) for column in rows]
    corners = balanced_rows((LEFT, top), widths, height=ROW)
    places = [Box(*corner, width, HEIGHT) for corner, width in zip(corners, widths, strict=True)]
    end = bracket(figure, [Box(LEFT, top, FULL, HEIGHT)])
    figure.arrow(start, end)
    label(figure, (LEFT, end[1] - LEADING - GAP), "One stream", f"{len(ids)} tokens")
    for box, word, number in zip(places, words, ids, strict=True):
        look: State = "special" if word == END_OF_TEXT else "there"
        token(figure, (box.left, box.top), word, width=box.width, state=look)
        side = token_width(str(number))
        token_id(figure, (box.centre[0] - side / 2, box.bottom + 4), number, width=side)
    y = bottom(places) + HEIGHT + 2 * GAP
    special = key(
        figure, (LEFT, y), END_OF_TEXT, meaning="stands between two texts", state="special"
    )
    caption(figure, (LEFT, special.bottom + GAP), "Rows are read like lines of writing.")
    return figure
