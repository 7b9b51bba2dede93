"""What a tokenizer is made of: two maps, and a method for each direction."""

from collections.abc import Sequence

from drawing import Box, Figure, Point
from drawing.shapes import (
    FULL,
    LEFT,
    RIGHT,
    caption,
    label,
    text_box,
    token,
    token_id,
    token_width,
)
from drawing.style import GAP, HEIGHT, LEADING, STEP, THIN
from verdict import SimpleTokenizerV1, build_vocabulary, read_story, split_words

Key = str | int

EXAMPLE = "he painted"
PADDING, INSET = 10, 8
NUMBER, WORD = 48, 84
ROW = HEIGHT + 6
HALF = (FULL - 2 * PADDING - GAP) / 2
INNER = HALF - 2 * INSET
COLUMNS = (LEFT + PADDING, LEFT + PADDING + HALF + GAP)


def draw() -> Figure:
    """Draw the vocabulary above the class, and in the class its maps and its methods."""
    vocabulary = build_vocabulary(split_words(read_story()))
    tokenizer = SimpleTokenizerV1(vocabulary)
    ids = tokenizer.encode(EXAMPLE)
    ends = [next(iter(vocabulary)), list(vocabulary)[-1]]
    shown = [ends[0], *sorted(split_words(EXAMPLE)), ends[1]]
    more = len(vocabulary) - len(shown)
    entries = ", ".join(f"{word} {vocabulary[word]}" for word in shown)
    figure = Figure(
        "tokenizer_class",
        "The parts of SimpleTokenizerV1",
        f"A vocabulary of {len(vocabulary):,} entries, among them {entries}, goes into the class. "
        "Inside are two maps with the same entries: str_to_int from token to token ID, int_to_str "
        "from token ID to token. Below each map is the method that uses it. encode splits a text "
        f"into tokens and looks up each: “{EXAMPLE}” becomes {', '.join(map(str, ids))}. decode "
        f"looks up each token ID and joins the tokens: {', '.join(map(str, ids))} becomes "
        f"“{tokenizer.decode(ids)}”.",
    )
    label(figure, (LEFT, 0), "Vocabulary", f"{len(vocabulary):,} entries")
    y = 26
    widths = [max(token_width(word), NUMBER) for word in shown]
    gap = (FULL - sum(widths)) / (len(widths) - 1)
    x: float = LEFT
    for place, (word, width) in enumerate(zip(shown, widths, strict=True)):
        box = token(figure, (x, y), word, width=width)
        below = (box.centre[0] - NUMBER / 2, box.bottom + 4)
        token_id(figure, below, vocabulary[word], width=NUMBER)
        x = box.right + gap
        if place < len(shown) - 1:
            figure.text((x - gap / 2, y + HEIGHT + 4), "…", "quiet", anchor="middle")

    top = y + 2 * HEIGHT + STEP
    middle = (LEFT + RIGHT) / 2
    figure.arrow((middle, top - STEP + 6), (middle, top))
    figure.text((LEFT + PADDING, top + 25), "SimpleTokenizerV1(vocab)", "code", "bold")
    there = [(word, tokenizer.str_to_int[word]) for word in shown]
    back = [(number, tokenizer.int_to_str[number]) for _, number in there]
    maps = [
        _map(figure, (COLUMNS[0], top + 38), "str_to_int", there, more),
        _map(figure, (COLUMNS[1], top + 38), "int_to_str", back, more),
    ]
    methods = [
        _method(figure, (panel.left, panel.bottom + STEP), name, notes)
        for panel, name, notes in zip(
            maps,
            ("encode(text)", "decode(ids)"),
            (
                ("splits the text,", "looks up each token"),
                ("looks up each ID,", "joins the tokens"),
            ),
            strict=True,
        )
    ]
    for panel, method in zip(maps, methods, strict=True):
        figure.arrow(panel.below, method.above)
    first = methods[0].top + 84
    second = first + HEIGHT + STEP
    encoding, decoding = (left + INSET for left in COLUMNS)
    text_box(figure, (encoding, first), EXAMPLE, width=INNER)
    _numbers(figure, (encoding, second), ids)
    _numbers(figure, (decoding, first), ids)
    text_box(figure, (decoding, second), tokenizer.decode(ids), width=INNER)
    for method in methods:
        figure.arrow((method.centre[0], first + HEIGHT + 2), (method.centre[0], second - 2))
    frame = Box(LEFT, top, FULL, methods[0].bottom + PADDING - top)
    figure.rectangle(frame, "bare", radius=3)
    return figure


def _map(
    figure: Figure, at: Point, name: str, entries: Sequence[tuple[Key, Key]], more: int
) -> Box:
    """Draw one of the maps with some of its entries, and say how many more it has."""
    x, y = at
    panel = Box(x, y, HALF, 2 * LEADING + 24 + ROW * len(entries))
    figure.rectangle(panel, weight=THIN)
    figure.text((x + INSET, y + 20), name, "code", "bold")
    for place, (key, value) in enumerate(entries):
        row = y + LEADING + 14 + ROW * place
        first = _side(figure, x + INSET, row, key)
        second = _side(figure, x + INSET + INNER - _width(value), row, value)
        figure.arrow((first.right + 3, first.centre[1]), (second.left - 3, second.centre[1]))
    figure.text((x + INSET, panel.bottom - 10), f"… and {more:,} more", "quiet")
    return panel


def _side(figure: Figure, x: float, y: float, key: Key) -> Box:
    """Draw one side of an entry: a token or a token ID."""
    if isinstance(key, str):
        return token(figure, (x, y), key, width=WORD)
    return token_id(figure, (x, y + 2), key, width=NUMBER)


def _width(key: Key) -> float:
    return WORD if isinstance(key, str) else NUMBER


def _method(figure: Figure, at: Point, name: str, notes: tuple[str, str]) -> Box:
    """Draw the panel of a method: its name and what it does, with room for an example."""
    x, y = at
    panel = Box(x, y, HALF, 84 + 2 * HEIGHT + STEP + 10)
    figure.rectangle(panel, weight=THIN)
    figure.text((x + INSET, y + 20), name, "code", "bold")
    caption(figure, (x + INSET, y + 28), *notes)
    return panel


def _numbers(figure: Figure, at: Point, ids: list[int]) -> None:
    """Draw token IDs side by side, in the middle of a panel."""
    x, y = at
    left = x + (INNER - len(ids) * NUMBER - (len(ids) - 1) * GAP) / 2
    for place, number in enumerate(ids):
        token_id(figure, (left + place * (NUMBER + GAP), y + 2), number, width=NUMBER)
