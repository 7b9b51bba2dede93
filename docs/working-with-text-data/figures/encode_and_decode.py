"""encode and decode are two opposite roads; what decode gives is not always what went in."""

from difflib import SequenceMatcher

from drawing import Box, Figure
from drawing.shapes import (
    FULL,
    LEFT,
    added_space,
    bracket,
    caption,
    label,
    spread,
    text_box,
    token,
    token_id,
    token_width,
)
from drawing.style import GAP, HEIGHT, LEADING, TEXT
from verdict import SimpleTokenizerV1, build_vocabulary, read_story, split_words
from verdict.text.simple_tokenizer import JOINED_MARKS

PASSAGE = "\"It's the last he painted,"
HALF = (FULL - 2 * GAP) / 2
DOWN, UP = 102, 278
"""Where the two roads lead."""

FALL = 62
"""From a row to the next."""


def draw() -> Figure:
    """Draw the text on the left going down to token IDs, and on the right coming up again."""
    story = read_story()
    if PASSAGE not in story:
        raise ValueError(f"The story has no passage {PASSAGE!r}. Choose one that it has.")
    tokenizer = SimpleTokenizerV1(build_vocabulary(split_words(story)))
    words = split_words(PASSAGE)
    ids = tokenizer.encode(PASSAGE)
    back = tokenizer.decode(ids)
    added = added_spaces(PASSAGE, back)
    figure = Figure(
        "encode and decode, two opposite roads",
        f"On the left encode leads down: the text {PASSAGE} is split into the tokens "
        f"{' '.join(words)} and looked up in str_to_int, which gives the token IDs "
        f"{', '.join(map(str, ids))}. On the right decode leads up: the token IDs are looked up in "
        f"int_to_str and the tokens joined to the text {back} It has {len(added)} spaces that were "
        "not there before, because decode puts a space between tokens, but none before the marks "
        f"{' '.join(JOINED_MARKS)}",
    )
    label(figure, (LEFT, 0), "encode", "text in")
    right = LEFT + HALF + 2 * GAP
    label(figure, (right, 0), "decode", "text out")
    given = text_box(figure, (LEFT, 24), PASSAGE, width=HALF)
    made = text_box(figure, (right, 24), back, width=HALF, added=added)

    widths = [
        max(token_width(word), token_width(str(number)))
        for word, number in zip(words, ids, strict=True)
    ]
    lefts = spread(LEFT, FULL, widths)
    y = max(given.bottom, made.bottom)
    row = Box(LEFT, y + FALL, FULL, HEIGHT)
    _roads(figure, y, row, "Tokens", ("split_words", "join"))
    for left, width, word in zip(lefts, widths, words, strict=True):
        token(figure, (left, row.top), word, width=width)
    _, y = bracket(figure, [row], below=True)
    row = Box(LEFT, y + FALL, FULL, HEIGHT - 4)
    _roads(figure, y, row, "Token IDs", ("str_to_int", "int_to_str"))
    for left, width, number in zip(lefts, widths, ids, strict=True):
        token_id(figure, (left, row.top), number, width=width)

    y = row.bottom + 2 * GAP
    cell = added_space(figure, (LEFT, y + TEXT))
    caption(figure, (cell.right + GAP, y), "a space that was not there before")
    y += LEADING + GAP
    caption(figure, (LEFT, y), "join puts a space between tokens,", "but none before these marks:")
    places = spread(LEFT, FULL / 2, [token_width(mark) for mark in JOINED_MARKS])
    for left, mark in zip(places, JOINED_MARKS, strict=True):
        token(figure, (left, y + 2 * LEADING + GAP), mark)
    return figure


def added_spaces(before: str, after: str) -> set[int]:
    """Return the places in `after` of spaces that `before` has not."""
    changes = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    return {
        place
        for kind, _, _, start, end in changes
        if kind == "insert"
        for place in range(start, end)
        if after[place].isspace()
    }


def _roads(figure: Figure, top: float, row: Box, name: str, ways: tuple[str, str]) -> None:
    """Draw the road down to a row and the road up, what is done on each, and the row's name."""
    _, low = bracket(figure, [row])
    figure.arrow((DOWN, top), (DOWN, low))
    figure.arrow((UP, low), (UP, top))
    for road, way in zip((DOWN, UP), ways, strict=True):
        figure.text((road + 10, (top + low) / 2 + 2), way, "code")
    figure.text((LEFT, low - GAP), name, "bold")
