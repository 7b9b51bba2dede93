"""Merge by merge, the bytes of a word become its token."""

from collections.abc import Iterator
from functools import cache
from itertools import pairwise

from drawing import Box, Figure, FigureError
from drawing.asked import check_range
from drawing.shapes import LEFT, RIGHT, label, token, token_id, token_width
from drawing.style import HEIGHT, LEADING, THIN, text_width
from verdict import BytePairTokenizer, read_story, split_gpt2

WORD = " thought"
MERGES = 744
"""How many merges are learned, which makes a vocabulary of 1,000 tokens."""

FALL = 46
"""From a merge to the next."""

IDS = 56
"""Width of the column of token IDs."""

ROOM = RIGHT - LEFT - IDS
"""Width of the row of bytes."""

BYTE = 25
"""Width of a byte, if there is room for it."""

GAP = 2
"""Space between two bytes, at least."""


def draw(word: str = WORD, merges: int = MERGES) -> Figure:
    """Draw the bytes of the word in a row, and below them each merge where its two parts meet.

    Args:
        word: One word, with the space before it if it has one.
        merges: How many merges the tokenizer has learned from the story.

    Raises:
        FigureError: It is no single word, or has more bytes than fit; or the story does not
            have so many merges.
    """
    learned = merges_of_the_story()
    check_range("merges", merges, 0, len(learned))
    tokenizer = BytePairTokenizer(learned[:merges])
    ids = {token: number for number, token in tokenizer.int_to_bytes.items()}
    check_word(word)
    steps = tokenizer.merge_steps(word)
    pitch = ROOM / len(steps[0])
    width = min(BYTE, pitch - GAP)
    check_room(steps[0], width)
    figure = described(steps)
    label(figure, (LEFT, 0), "Bytes", "␣ is a space")
    label(figure, (RIGHT - IDS + 4, 0), "ID")
    row = [
        token(
            figure,
            (LEFT + pitch * (place + 0.5) - width / 2, LEADING + 6),
            shown(part),
            width=width,
        )
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
            width = max(token_width(new), BYTE)
            start = min(max(middle - width / 2, LEFT), LEFT + ROOM - width)
            box = Box(start, y - HEIGHT, width, HEIGHT)
            for part in (left, right):
                figure.line(
                    part.below, (part.centre[0], box.top - 9), (middle, box.top), weight=THIN
                )
            token(figure, (box.left, box.top), new, width=width)
            token_id(figure, (RIGHT - IDS + 4, box.top + 2), ids[b"".join(pair)], width=IDS - 8)
        row[place : place + 2] = [box]
    return figure


@cache
def merges_of_the_story() -> list[tuple[int, int]]:
    """Learn all merges that the story has, the first ones first."""
    return list(BytePairTokenizer.train(read_story(), 100_000).merges)


def check_word(word: str) -> None:
    """Refuse what is no single word.

    Raises:
        FigureError: It is none, or several.
    """
    words = [part.encode("utf-8", "surrogatepass") for part in split_gpt2(word)]
    if not word.strip():
        raise FigureError("There is no word. Type one.")
    if len(words) > 1:
        parts = " and ".join(f"“{shown(part)}”" for part in words[:3])
        raise FigureError(
            f"Type one word: merges stay within a word, and this begins with {parts}. "
            "A space before a word belongs to it."
        )


def check_room(parts: list[bytes], width: float) -> None:
    """Refuse a word whose bytes do not fit side by side.

    Raises:
        FigureError: It has too many bytes.
    """
    widest = max(text_width(shown(part), code=True) for part in parts) + 1
    if width < widest:
        raise FigureError(
            f"“{shown(b''.join(parts))[:20]}…” has {len(parts)} bytes. Type a word of at most "
            f"{int(ROOM / (widest + GAP))}: a letter of English has one, others have more."
        )


def described(steps: list[list[bytes]]) -> Figure:
    """Begin a figure of the steps, with what they are in words."""
    made = [shown(left + right) for _, left, right in joined(steps)]
    left = [shown(part) for part in steps[-1]]
    if len(left) == 1:
        end = "The last of these is the word's one token."
    else:
        end = f"{len(left)} tokens are left: {' '.join(left)}."
    merged = (
        "Its merges, those learned first before the others, join them to "
        f"{', then '.join(made)}. {end}"
        if made
        else f"No merge fits, so each is a token. {end}"
    )
    return Figure(
        "The merges of a word",
        f"From top to bottom. The word {shown(b''.join(steps[0]))} is {len(steps[0])} bytes: "
        f"{' '.join(map(shown, steps[0]))}. {merged}",
        f"{counted(len(steps[0]), 'byte')}, {counted(len(made), 'merge')}, "
        f"{counted(len(left), 'token')}: {' '.join(left)}",
    )


def counted(number: int, name: str) -> str:
    """Return a number with the name of what is counted.

    >>> counted(1, "merge"), counted(2, "merge")
    ('1 merge', '2 merges')
    """
    return f"{number} {name}{'s' * (number != 1)}"


def joined(steps: list[list[bytes]]) -> Iterator[tuple[int, bytes, bytes]]:
    """Say for each step in which place it joined two tokens, and which."""
    for before, after in pairwise(steps):
        place = next(at for at, token in enumerate(after) if token != before[at])
        yield place, before[place], before[place + 1]


def shown(token: bytes) -> str:
    """Return a token with its spaces visible, and what is no letter as its bytes in hex.

    >>> shown(b" the"), shown("é".encode()[:1])
    ('␣the', 'c3')
    """
    text = token.decode("utf-8", "surrogateescape").replace(" ", "␣")
    return "".join(each if each.isprintable() else _hex(each) for each in text)


def _hex(character: str) -> str:
    kind = "surrogateescape" if "\udc80" <= character <= "\udcff" else "surrogatepass"
    return character.encode("utf-8", kind).hex()
