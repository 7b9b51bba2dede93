"""A vocabulary turns a new text into token IDs, unless it lacks one of the words."""

from traceback import format_exception_only

from drawing import Box, Figure
from drawing.shapes import (
    FULL,
    LEFT,
    RIGHT,
    label,
    rows,
    step,
    text_box,
    token,
    token_id,
    token_width,
)
from drawing.style import GAP, HEIGHT, STEP, THIN
from verdict import SimpleTokenizerV1, build_vocabulary, split_words

SOURCE = "The quick brown fox jumps over the lazy dog"
KNOWN = "The lazy fox jumps over the dog"
UNKNOWN = "The brown dog playfully chased the swift fox"
SIDE = 28
PAIR = HEIGHT + 4 + HEIGHT - 4
"""Height of a token with its token ID below it."""


def draw() -> Figure:
    """Draw the vocabulary, a text of which it has every word, and one of which it has not."""
    tokenizer = SimpleTokenizerV1(build_vocabulary(split_words(SOURCE)))
    try:
        raise AssertionError(f"{tokenizer.encode(UNKNOWN)}: no word is unknown")
    except KeyError as error:
        unknown = error.args[0]
        message = format_exception_only(error)[0].strip()
    figure = Figure(
        "new_text_to_token_ids",
        "Two new texts and one vocabulary",
        f"The vocabulary has the {len(tokenizer.str_to_int)} words of “{SOURCE}”. The text "
        f"“{KNOWN}” uses no others: encode gives the token IDs "
        f"{', '.join(map(str, tokenizer.encode(KNOWN)))}. The text “{UNKNOWN}” has words that "
        f"the vocabulary lacks: the first of them stops encode with {message}, and it gives no "
        "token IDs.",
    )
    y = _vocabulary(figure, tokenizer)
    label(figure, (LEFT, y), "A text of known words")
    y = _encode(figure, y + 24, KNOWN, tokenizer) + 28
    label(figure, (LEFT, y), "A text with unknown words")
    _encode(figure, y + 24, UNKNOWN, tokenizer, (unknown, message))
    return figure


def _vocabulary(figure: Figure, tokenizer: SimpleTokenizerV1) -> float:
    label(figure, (LEFT, 0), "Vocabulary", f"{len(tokenizer.str_to_int)} entries")
    frame = figure.rectangle(Box(LEFT, 24, FULL, 3 * (HEIGHT + GAP) + GAP), weight=THIN)
    for word, number in tokenizer.str_to_int.items():
        x = frame.left + 14 + 124 * (number // 3)
        y = frame.top + GAP + (HEIGHT + GAP) * (number % 3)
        box = token(figure, (x, y), word, width=64)
        token_id(figure, (box.right + 4, y + 2), number, width=SIDE)
    return frame.bottom + 28


def _encode(
    figure: Figure,
    y: float,
    content: str,
    tokenizer: SimpleTokenizerV1,
    stop: tuple[str, str] = ("", ""),
) -> float:
    """Draw a text, its tokens and their token IDs, and return where it ends.

    The look-up stops at the first word of `stop`, with the message that is its second.
    """
    text = text_box(figure, (LEFT, y), content)
    top = text.bottom + STEP
    figure.arrow(text.below, (text.centre[0], top - 4))
    figure.text((text.centre[0] + 12, text.bottom + 20), "encode", "code")
    words = split_words(content)
    places = rows((LEFT, top), [token_width(word) for word in words], height=PAIR + 22)
    stopped = False
    for place, word in zip(places, words, strict=True):
        box = token(figure, place, word, state="missing" if stopped else "there")
        below = Box(box.centre[0] - SIDE / 2, box.bottom + 4, SIDE, HEIGHT - 4)
        if word == stop[0]:
            stopped = True
            figure.rectangle(below, "quiet", dashed=True)
            figure.text((below.centre[0], below.centre[1] + 5), "?", "code", anchor="middle")
            result = step(figure, (RIGHT - 214, below.bottom + 22), f"`{stop[1]}`", width=214)
            figure.arrow(below.below, (below.centre[0], result.top))
        elif not stopped:
            token_id(figure, (below.left, below.top), tokenizer.str_to_int[word], width=SIDE)
    return places[-1][1] + PAIR
