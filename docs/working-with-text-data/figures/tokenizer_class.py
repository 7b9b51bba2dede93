"""What a tokenizer is made of: two maps, and a method for each direction."""

from collections.abc import Sequence

from drawing import Box, Figure, Point
from drawing.shapes import (
    FULL,
    LEFT,
    RIGHT,
    bracket,
    caption,
    key,
    label,
    text_box,
    token,
    token_id,
    token_width,
)
from drawing.style import ARROW, GAP, HEIGHT, LEADING, THIN
from verdict import SimpleTokenizerV1, build_vocabulary, read_story, split_words

Entry = tuple[str, int] | tuple[int, str]

EXAMPLE = "he painted"
PADDING = 12
NUMBER, WORD = 48, 84
COLUMN = (FULL - 4 * PADDING) / 2
"""Width of each half of the class, one for each direction."""


def draw() -> Figure:
    """Draw the vocabulary above the class, and in the class its maps and its methods."""
    vocabulary = build_vocabulary(split_words(read_story()))
    tokenizer = SimpleTokenizerV1(vocabulary)
    ids = tokenizer.encode(EXAMPLE)
    back = tokenizer.decode(ids)
    ends = [next(iter(vocabulary)), list(vocabulary)[-1]]
    shown = [ends[0], *sorted(split_words(EXAMPLE)), ends[1]]
    more = len(vocabulary) - len(shown)
    entries = ", ".join(f"{word} {vocabulary[word]}" for word in shown)
    figure = Figure(
        "The parts of SimpleTokenizerV1",
        f"A vocabulary of {len(vocabulary):,} entries, among them {entries}, goes into the class. "
        "Inside are two maps with the same entries: str_to_int from token to token ID, int_to_str "
        "from token ID to token. Below each map is the method that uses it. encode splits a text "
        f"into tokens and looks up each: “{EXAMPLE}” becomes {', '.join(map(str, ids))}. decode "
        f"looks up each token ID and joins the tokens: {', '.join(map(str, ids))} becomes "
        f"“{back}”.",
    )
    label(figure, (LEFT, 0), "Vocabulary", f"{len(vocabulary):,} entries")
    row = _some(figure, 26, {word: vocabulary[word] for word in shown})
    start = bracket(figure, [row], below=True)
    top = start[1] + ARROW - GAP
    figure.arrow(start, (start[0], top))
    figure.text((LEFT + PADDING, top + 25), "SimpleTokenizerV1(vocab)", "code", "bold")

    left, right = LEFT + PADDING, RIGHT - PADDING - COLUMN
    y = top + 44
    there = [(word, tokenizer.str_to_int[word]) for word in shown]
    inverse = [(number, tokenizer.int_to_str[number]) for _, number in there]
    _map(figure, (left, y), "str_to_int", there, more)
    y = _map(figure, (right, y), "int_to_str", inverse, more)
    for x in (left, right):
        figure.arrow((x + COLUMN / 2, y), (x + COLUMN / 2, y + ARROW - GAP))
    y += ARROW - GAP
    _method(figure, (left, y), "encode(text)", "splits the text,", "looks up each token")
    y = _method(figure, (right, y), "decode(ids)", "looks up each ID,", "joins the tokens")
    text = text_box(figure, (left, y), EXAMPLE, width=COLUMN)
    numbers = _numbers(figure, (right, y), ids)
    y += HEIGHT + ARROW
    end = bracket(figure, _numbers(figure, (left, y), ids))
    figure.arrow((end[0], text.bottom), end)
    text = text_box(figure, (right, y), back, width=COLUMN)
    start = bracket(figure, numbers, below=True)
    figure.arrow(start, (start[0], text.top))

    frame = Box(LEFT, top, FULL, text.bottom + PADDING - top)
    figure.rectangle(frame, "bare", radius=3)
    middle = frame.centre[0]
    figure.line((middle, top + 44), (middle, frame.bottom - PADDING), weight=THIN)
    y = frame.bottom + 2 * GAP
    word = key(figure, (LEFT, y), shown[1], meaning="word")
    key(figure, (word.right + 2 * GAP, y), shown[0], meaning="punctuation mark")
    return figure


def _some(figure: Figure, y: float, entries: dict[str, int]) -> Box:
    """Draw some entries of the vocabulary side by side; return the place of all of them."""
    widths = [max(token_width(word), NUMBER) for word in entries]
    gap = (FULL - sum(widths)) / (len(widths) - 1)
    x: float = LEFT
    for (word, number), width in zip(entries.items(), widths, strict=True):
        if x > LEFT:
            figure.text((x - gap / 2, y + HEIGHT + 4), "…", "quiet", anchor="middle")
        box = token(figure, (x, y), word, width=width)
        token_id(figure, (box.centre[0] - NUMBER / 2, box.bottom + 4), number, width=NUMBER)
        x = box.right + gap
    return Box(LEFT, y, FULL, 2 * HEIGHT)


def _map(figure: Figure, at: Point, name: str, entries: Sequence[Entry], more: int) -> float:
    """Draw a map with some of its entries, say how many more it has; return where it ends."""
    x, y = at
    figure.text((x, y + 14), name, "code", "bold")
    y += LEADING + GAP
    for first, second in entries:
        start = _side(figure, x, y, first)
        end = _side(figure, x + COLUMN - _width(second), y, second)
        figure.arrow(start.after, end.before)
        y += HEIGHT + GAP - 2
    figure.text((x, y + 12), f"… and {more:,} more", "quiet")
    return y + LEADING


def _side(figure: Figure, x: float, y: float, side: str | int) -> Box:
    """Draw one side of an entry: a token or a token ID."""
    if isinstance(side, str):
        return token(figure, (x, y), side, width=WORD)
    return token_id(figure, (x, y + 2), side, width=NUMBER)


def _width(side: str | int) -> float:
    return WORD if isinstance(side, str) else NUMBER


def _method(figure: Figure, at: Point, name: str, *notes: str) -> float:
    """Write the name of a method and what it does; return where its example begins."""
    x, y = at
    figure.text((x, y + 16), name, "code", "bold")
    caption(figure, (x, y + 24), *notes)
    return y + 24 + LEADING * len(notes) + GAP


def _numbers(figure: Figure, at: Point, ids: list[int]) -> list[Box]:
    """Draw token IDs side by side, in the middle of a half."""
    x, y = at
    left = x + (COLUMN - len(ids) * NUMBER - (len(ids) - 1) * GAP) / 2
    return [
        token_id(figure, (left + place * (NUMBER + GAP), y + 2), number, width=NUMBER)
        for place, number in enumerate(ids)
    ]
