"""encode and decode are two opposite roads; what decode gives is not always what went in."""

from difflib import SequenceMatcher

from drawing import Figure
from drawing.shapes import (
    FULL,
    LEFT,
    RIGHT,
    blank,
    label,
    spread,
    text_box,
    token,
    token_id,
    token_width,
)
from drawing.style import GAP, HEIGHT
from verdict import SimpleTokenizerV1, build_vocabulary, read_story, split_words

PASSAGE = "\"It's the last he painted,"
HALF = (FULL - 2 * GAP) / 2
FALL = 50


def draw() -> Figure:
    """Draw the text on the left going down to token IDs, and on the right coming up again."""
    story = read_story()
    if PASSAGE not in story:
        raise ValueError(f"The story has no passage {PASSAGE!r}. Choose one that it has.")
    tokenizer = SimpleTokenizerV1(build_vocabulary(split_words(story)))
    words = split_words(PASSAGE)
    ids = tokenizer.encode(PASSAGE)
    back = tokenizer.decode(ids)
    added = added_blanks(PASSAGE, back)
    figure = Figure(
        "encode_and_decode",
        "encode and decode, two opposite roads",
        f"On the left encode leads down: the text {PASSAGE} is split into the tokens "
        f"{' '.join(words)} and looked up in str_to_int, which gives the token IDs "
        f"{', '.join(map(str, ids))}. On the right decode leads up: the token IDs are looked up in "
        f"int_to_str and the tokens joined to the text {back} It has {len(added)} blanks that the "
        "first text had not.",
    )
    label(figure, (LEFT, 0), "encode", "text in")
    right = LEFT + HALF + 2 * GAP
    label(figure, (right, 0), "decode", "text out")
    given = text_box(figure, (LEFT, 24), PASSAGE, width=HALF)
    made = text_box(figure, (right, 24), back, width=HALF, added=added)

    y = max(given.bottom, made.bottom)
    _roads(figure, y, "split_words", "Tokens", "join")
    y += FALL
    widths = [
        max(token_width(word), token_width(str(number)))
        for word, number in zip(words, ids, strict=True)
    ]
    lefts = spread(LEFT, FULL, widths)
    for left, width, word in zip(lefts, widths, words, strict=True):
        token(figure, (left, y), word, width=width)
    y += HEIGHT
    _roads(figure, y, "str_to_int", "Token IDs", "int_to_str")
    y += FALL
    for left, width, number in zip(lefts, widths, ids, strict=True):
        token_id(figure, (left, y), number, width=width)
    blank(figure, (LEFT + 8, y + HEIGHT + 25))
    figure.text((LEFT + 20, y + HEIGHT + 26), "a blank that the first text had not", "quiet")
    return figure


def added_blanks(before: str, after: str) -> set[int]:
    """Return the places in `after` of blanks that `before` has not."""
    changes = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    return {
        place
        for kind, _, _, start, end in changes
        if kind == "insert"
        for place in range(start, end)
        if after[place].isspace()
    }


def _roads(figure: Figure, top: float, down: str, name: str, up: str) -> None:
    """Draw the road down and the road up, what is done on each, and the name of what is below."""
    left, right = LEFT + 16, RIGHT - 16
    figure.arrow((left, top + 4), (left, top + FALL - 4))
    figure.arrow((right, top + FALL - 4), (right, top + 4))
    base = top + FALL / 2 + 5
    figure.text((left + 12, base), down, "code")
    figure.text(((LEFT + RIGHT) / 2, top + FALL - 10), name, "bold", anchor="middle")
    figure.text((right - 12, base), up, "code", anchor="end")
