"""An unknown word becomes a special token, and does not come back."""

from drawing import Box, Figure
from drawing.shapes import (
    FULL,
    LEFT,
    State,
    bracket,
    key,
    label,
    spread,
    text_box,
    token,
    token_id,
    token_width,
)
from drawing.style import ARROW, GAP, HEIGHT
from verdict import (
    END_OF_TEXT,
    UNKNOWN,
    SimpleTokenizerV2,
    build_vocabulary,
    read_story,
    split_words,
)

TEXT = "Hello, do you like tea?"


def draw() -> Figure:
    """Draw a text on its way down to token IDs, and the text that they give."""
    tokenizer = SimpleTokenizerV2(
        build_vocabulary(split_words(read_story()), [END_OF_TEXT, UNKNOWN])
    )
    known = tokenizer.str_to_int
    words, ids = split_words(TEXT), tokenizer.encode(TEXT)
    missing = [word for word in words if word not in known]
    back = tokenizer.decode(ids)
    figure = Figure(
        "An unknown word on its way to a token ID and back",
        f"From top to bottom. The text “{TEXT}” is split into the tokens {' '.join(words)} "
        f"The vocabulary of {len(known):,} tokens lacks {', '.join(missing)}, so the special token "
        f"{UNKNOWN} takes its place. The others stay. The token IDs are "
        f"{', '.join(map(str, ids))}. decode makes of them the text “{back}”: "
        f"{', '.join(missing)} has not come back.",
    )
    label(figure, (LEFT, 0), "Text")
    text = text_box(figure, (LEFT, 24), TEXT)
    found = [word if word in known else UNKNOWN for word in words]
    rows = zip(words, found, map(str, ids), strict=True)
    widths = [max(map(token_width, column)) for column in rows]
    columns = [
        Box(left, 0, width, HEIGHT)
        for left, width in zip(spread(LEFT, FULL, widths), widths, strict=True)
    ]

    top = text.bottom + ARROW + 2 * GAP
    split = [_at(column, top) for column in columns]
    _lead(figure, text, split, "split_words")
    for box, word in zip(split, words, strict=True):
        look: State = "there" if word in known else "unknown"
        token(figure, (box.left, top), word, width=box.width, state=look)

    top = split[0].bottom + ARROW - GAP
    kept = [_at(column, top) for column in columns]
    for above, box, word in zip(split, kept, found, strict=True):
        figure.arrow(above.below, box.above)
        look = "special" if word == UNKNOWN else "there"
        token(figure, (box.left, top), word, width=box.width, state=look)

    top = kept[0].bottom + ARROW - GAP
    numbers = []
    for above, number in zip(kept, ids, strict=True):
        width = token_width(str(number))
        box = token_id(figure, (above.centre[0] - width / 2, top), number, width=width)
        figure.arrow(above.below, box.above)
        numbers.append(box)

    start = bracket(figure, numbers, below=True)
    top = start[1] + ARROW
    figure.text((start[0] + 12, top - 9), "decode", "code")
    label(figure, (LEFT, top - 24), "Text again")
    result = text_box(figure, (LEFT, top), back)
    figure.arrow(start, (start[0], result.top))
    y = result.bottom + 2 * GAP
    gone = key(figure, (LEFT, y), *missing, meaning="not in the vocabulary", state="unknown")
    meaning = "stands for any such word"
    key(figure, (LEFT, gone.bottom + GAP), UNKNOWN, meaning=meaning, state="special")
    return figure


def _at(column: Box, top: float) -> Box:
    return Box(column.left, top, column.width, column.height)


def _lead(figure: Figure, text: Box, row: list[Box], way: str) -> None:
    """Draw the way from a text to its tokens, and name it."""
    end = bracket(figure, row)
    figure.arrow((end[0], text.bottom), end)
    figure.text((end[0] + 12, (text.bottom + end[1]) / 2 + 3), way, "code")
