"""Merge by merge, the bytes of a word become its token."""

from collections.abc import Iterator
from itertools import pairwise

from drawing import Box, Figure
from drawing.shapes import LEFT, RIGHT, label, token, token_id, token_width
from drawing.style import HEIGHT, LEADING, THIN
from verdict import BytePairTokenizer, read_story

WORD = " thought"
VOCABULARY = 1000
FALL = 46
"""From a merge to the next."""

IDS = 56
"""Width of the column of token IDs."""


def draw() -> Figure:
    """Draw the bytes of the word in a row, and below them each merge where its two parts meet."""
    tokenizer = BytePairTokenizer.train(read_story(), VOCABULARY)
    ids = {token: number for number, token in tokenizer.int_to_bytes.items()}
    steps = tokenizer.merge_steps(WORD)
    made = [shown(left + right) for _, left, right in joined(steps)]
    figure = Figure(
        "The merges of a word",
        f"From top to bottom. The word {shown(WORD.encode())} is {len(steps[0])} bytes: "
        f"{' '.join(map(shown, steps[0]))}. Its merges, those learned first before the others, "
        f"join them to {', then '.join(made)}. The last of these is the word's one token.",
    )
    label(figure, (LEFT, 0), "Bytes", "␣ is a space")
    label(figure, (RIGHT - IDS + 4, 0), "ID")
    room = RIGHT - LEFT - IDS
    pitch = room / len(steps[0])
    row = [
        token(figure, (LEFT + pitch * (place + 0.5) - 12.5, LEADING + 6), shown(part), width=25)
        for place, part in enumerate(steps[0])
    ]
    y = row[0].bottom
    for number, (place, *pair) in enumerate(joined(steps), 1):
        y += FALL
        left, right = row[place : place + 2]
        new = shown(b"".join(pair))
        says = f"Merge {number} of this word: {' and '.join(map(shown, pair))} become {new}."
        with figure.next_step(says):
            middle = (left.centre[0] + right.centre[0]) / 2
            width = max(token_width(new), 25)
            start = min(max(middle - width / 2, LEFT), LEFT + room - width)
            box = Box(start, y - HEIGHT, width, HEIGHT)
            for part in (left, right):
                figure.line(
                    part.below, (part.centre[0], box.top - 9), (middle, box.top), weight=THIN
                )
            token(figure, (box.left, box.top), new, width=width)
            token_id(figure, (RIGHT - IDS + 4, box.top + 2), ids[b"".join(pair)], width=IDS - 8)
        row[place : place + 2] = [box]
    return figure


def joined(steps: list[list[bytes]]) -> Iterator[tuple[int, bytes, bytes]]:
    """Say for each step in which place it joined two tokens, and which."""
    for before, after in pairwise(steps):
        place = next(at for at, token in enumerate(after) if token != before[at])
        yield place, before[place], before[place + 1]


def shown(token: bytes) -> str:
    """Return a token with its spaces visible."""
    return token.decode("utf-8").replace(" ", "␣")
