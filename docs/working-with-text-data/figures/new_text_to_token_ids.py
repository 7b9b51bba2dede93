"""A vocabulary turns a new text into token IDs, unless it lacks one of the words."""

from traceback import format_exception_only

from drawing import Box, Figure
from drawing.shapes import (
    FULL,
    LEFT,
    balanced_rows,
    bottom,
    bracket,
    entries,
    label,
    step,
    text_box,
    token,
    token_id,
    token_width,
)
from drawing.style import ARROW, GAP, HEIGHT
from verdict import SimpleTokenizerV1, build_vocabulary, split_words

SOURCE = "The quick brown fox jumps over the lazy dog"
KNOWN = "The lazy fox jumps over the dog"
UNKNOWN = "The brown dog playfully chased the swift fox"
SIDE = 28
"""Width of a token ID."""

ROAD = 352
"""Where the way from the unknown word to the error leads down, right of all tokens."""


def draw() -> Figure:
    """Draw the vocabulary, a text of which it has every word, and one of which it has not."""
    tokenizer = SimpleTokenizerV1(build_vocabulary(split_words(SOURCE)))
    try:
        raise AssertionError(f"{tokenizer.encode(UNKNOWN)}: no word is unknown")
    except KeyError as error:
        unknown = error.args[0]
        message = format_exception_only(error)[0].strip()
    figure = Figure(
        "Two new texts and one vocabulary",
        f"The vocabulary has the {len(tokenizer.str_to_int)} words of “{SOURCE}”. The text "
        f"“{KNOWN}” uses no others: encode gives the token IDs "
        f"{', '.join(map(str, tokenizer.encode(KNOWN)))}. The text “{UNKNOWN}” has words that "
        f"the vocabulary lacks: the first of them stops encode with {message}. The words after "
        "it are not reached, and no token IDs come back.",
    )
    label(figure, (LEFT, 0), "Vocabulary", f"{len(tokenizer.str_to_int)} entries")
    y = entries(figure, (LEFT, 24), tokenizer.str_to_int).bottom + 28

    label(figure, (LEFT, y), "A text of known words")
    places = _places(figure, y + 24, KNOWN)
    for place, word in zip(places, split_words(KNOWN), strict=True):
        token(figure, (place.left, place.top), word)
        token_id(figure, _below(place), tokenizer.str_to_int[word], width=SIDE)
    y = bottom(places) + HEIGHT + 28

    label(figure, (LEFT, y), "A text with unknown words")
    places = _places(figure, y + 24, UNKNOWN)
    words = split_words(UNKNOWN)
    stop = words.index(unknown)
    for place, word in zip(places[:stop], words, strict=False):
        token(figure, (place.left, place.top), word)
        token_id(figure, _below(place), tokenizer.str_to_int[word], width=SIDE)
    _stop(figure, places[stop], unknown, message, bottom(places) + ARROW)
    for place, word in zip(places[stop + 1 :], words[stop + 1 :], strict=True):
        token(figure, (place.left, place.top), word, state="unread")
    figure.text((places[-1].right + GAP, places[-1].centre[1] + 5), "not reached", "quiet")
    return figure


def _places(figure: Figure, y: float, content: str) -> list[Box]:
    """Draw a text and the way to its tokens; return their places, with room below each."""
    text = text_box(figure, (LEFT, y), content)
    widths = list(map(token_width, split_words(content)))
    corners = balanced_rows((LEFT, text.bottom + ARROW + GAP), widths, height=2 * HEIGHT + 2 * GAP)
    places = [Box(*corner, width, HEIGHT) for corner, width in zip(corners, widths, strict=True)]
    end = bracket(figure, places)
    figure.arrow((end[0], text.bottom), end)
    figure.text((end[0] + 12, text.bottom + 20), "encode", "code")
    return places


def _below(box: Box) -> tuple[float, float]:
    """Return the place of the token ID below a token."""
    return box.centre[0] - SIDE / 2, box.bottom + 4


def _stop(figure: Figure, place: Box, word: str, message: str, y: float) -> None:
    """Draw the word that is in no entry, and what follows from it: an error."""
    token(figure, (place.left, place.top), word, state="unknown")
    figure.text((place.right + GAP, place.centre[1] + 5), "unknown", "bold")
    absent = figure.rectangle(Box(*_below(place), SIDE, HEIGHT - 4), "quiet", dashed=True)
    figure.text((absent.centre[0], absent.centre[1] + 5), "?", "code", anchor="middle")
    result = step(figure, (LEFT, y), f"`{message}`", "no token IDs come back", width=FULL)
    figure.arrow(absent.after, (ROAD, absent.centre[1]), (ROAD, result.top))
