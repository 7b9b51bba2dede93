"""Windows over the tokens of one sentence: inputs, and targets that are one token further on."""

from collections.abc import Sequence
from functools import cache

from drawing import Box, Figure, FigureError
from drawing.asked import check_range, visible
from drawing.figure import Kind
from drawing.layout import centred_text
from drawing.shapes import LEFT, RIGHT, State, label, token, token_id
from drawing.style import GAP, HEIGHT, LEADING, THIN, text_width
from verdict import build_vocabulary, read_story, split_words

TEXT = "I had always thought so."
CONTEXT_LENGTH = 4
STRIDE = 1

MOST_TOKENS = 20
MOST_WINDOWS = 7
"""As many as there is room for, side by side."""

LETTERS = 11
"""How much of a long word is shown."""

TOKEN, IDS = 108, 48
"""Widths of the columns of tokens and of their IDs."""

WINDOWS = LEFT + TOKEN + IDS + 3 * GAP
"""Where the windows begin."""

CELL = 44
"""Width of a column of a window, if there is room for it."""

ROW = HEIGHT + 4


def draw(text: str = TEXT, context_length: int = CONTEXT_LENGTH, stride: int = STRIDE) -> Figure:
    """Draw the tokens one below the other and, beside them, the windows side by side.

    Args:
        text: The sentence.
        context_length: How many tokens an input has.
        stride: How many tokens further each window begins.

    Raises:
        FigureError: There is no token, or too few for one window; or a number is below 1.
    """
    tokens = split_words(visible(text))
    words = tokens[:MOST_TOKENS]
    check_values(words, context_length, stride)
    known = words_of_the_story()
    added = [word for word in dict.fromkeys(words) if word not in known]
    vocabulary = build_vocabulary([*known, *added])
    ids = [vocabulary[word] for word in words]
    starts = windows(len(ids), context_length, stride)
    dropped = len(ids) - (starts[-1] + context_length + 1)
    figure = described(tokens, ids, context_length, stride, added)
    shown = min(len(starts), MOST_WINDOWS)
    width = min(CELL, (RIGHT - WINDOWS - GAP * (shown - 1)) / (2 * shown))
    label(figure, (LEFT, 0), "Tokens")
    label(figure, (LEFT + TOKEN + GAP, 0), "IDs")
    top = LEADING + GAP
    for place, (word, number) in enumerate(zip(words, ids, strict=True)):
        y = top + place * ROW
        state: State = "unread" if place >= len(ids) - dropped else "there"
        short = word if len(word) <= LETTERS else f"{word[: LETTERS - 1]}…"
        token(figure, (LEFT, y + 2), short, width=TOKEN, state=state)
        token_id(figure, (LEFT + TOKEN + GAP, y + 4), number, width=IDS)
    for number, start in enumerate(starts[:shown]):
        left = WINDOWS + number * (2 * width + GAP)
        name = f"Window {number + 1}" if shown <= 2 else f"{number + 1}"
        figure.text((left + width, LEADING - 6), name, "bold", anchor="middle")
        end = start + context_length
        column(figure, Box(left, top, width, ROW), "id", ids, range(start, end))
        column(figure, Box(left + width, top, width, ROW), "bare", ids, range(start + 1, end + 1))
    key(figure, top + len(words) * ROW + GAP, has_dropped=bool(dropped))
    return figure


@cache
def words_of_the_story() -> frozenset[str]:
    """Split the story, once."""
    return frozenset(split_words(read_story()))


def windows(tokens: int, context_length: int, stride: int) -> range:
    """Say where the windows begin: each has an input, and one token after it.

    >>> list(windows(6, 4, 1))
    [0, 1]
    """
    return range(0, tokens - context_length, stride)


def check_values(words: Sequence[str], context_length: int, stride: int) -> None:
    """Refuse what gives no window.

    Raises:
        FigureError: There is no token, or too few for one window; or a number is below 1.
    """
    if not words:
        raise FigureError("There is no token in it. Type a word.")
    if len(words) < 2:
        raise FigureError("One token gives no window: there is none after it to guess. Type more.")
    check_range("context_length", context_length, 1, MOST_TOKENS - 1)
    check_range("stride", stride, 1, MOST_TOKENS)
    if context_length >= len(words):
        raise FigureError(
            f"A context length of {context_length} needs {context_length + 1} tokens: an input, "
            f"and the token after it. The sentence has {len(words)}."
        )


def described(
    tokens: Sequence[str],
    ids: Sequence[int],
    context_length: int,
    stride: int,
    added: Sequence[str],
) -> Figure:
    """Begin a figure of the windows, with what they are in words."""
    starts = windows(len(ids), context_length, stride)
    dropped = len(ids) - (starts[-1] + context_length + 1)
    pairs = "; ".join(
        f"input {listed(ids[start : start + context_length])}, "
        f"target {listed(ids[start + 1 : start + context_length + 1])}"
        for start in starts[:MOST_WINDOWS]
    )
    first = f"The first {len(ids)} of {len(tokens)}" if len(tokens) > len(ids) else f"{len(ids)}"
    many = counted(len(starts), "window")
    more = f", {MOST_WINDOWS} of them drawn" if len(starts) > MOST_WINDOWS else ""
    joined = f" New in the story's vocabulary: {' '.join(added)}" if added else ""
    lost = f", {counted(dropped, 'token')} dropped at the end" if dropped else ""
    return Figure(
        "Windows over a row of tokens",
        f"{first} tokens, one below the other: “{' '.join(tokens[: len(ids)])}”. Their token IDs "
        f"are {listed(ids)}. A window with a context length of {context_length} moves over them "
        f"by {counted(stride, 'token')} at a time and gives {counted(len(starts), 'example')}"
        f"{more}{lost}: {pairs}. Each target is its input, moved by one token.",
        f"{first} tokens, {many}{more}{lost}.{joined}",
    )


def column(
    figure: Figure, first: Box, kind: Kind, ids: Sequence[int], places: Sequence[int]
) -> None:
    """Draw an input or a target in the rows of its tokens, with their IDs if there is room.

    Args:
        figure: Where to draw it.
        first: The cell in the row of the first token.
        kind: What its cells look like.
        ids: The token IDs of all rows.
        places: Its rows.
    """
    has_room = max(text_width(str(number), code=True) for number in ids) <= first.width - 2
    for place in places:
        cell = Box(first.left, first.top + place * first.height, first.width, first.height)
        figure.rectangle(cell, kind, weight=THIN)
        if has_room:
            centred_text(figure, cell, str(ids[place]), "code")


def key(figure: Figure, y: float, *, has_dropped: bool) -> None:
    """Say what the marks mean."""
    x: float = LEFT
    marks: list[tuple[Kind, str]] = [("id", "input"), ("bare", "target")]
    for kind, name in marks:
        box = figure.rectangle(Box(x, y + 4, 20, 12), kind, weight=THIN)
        x = figure.text((box.right + 6, y + 15), name, "quiet").right + 2 * GAP
    if has_dropped:
        box = figure.rectangle(Box(x, y + 4, 20, 12), "quiet", radius=4)
        figure.text((box.right + 6, y + 15), "dropped", "quiet")


def counted(number: int, name: str) -> str:
    """Return a number with the name of what is counted.

    >>> counted(1, "token"), counted(2, "token")
    ('1 token', '2 tokens')
    """
    return f"{number} {name}{'s' * (number != 1)}"


def listed(ids: Sequence[int]) -> str:
    """Return token IDs in a line."""
    return ", ".join(map(str, ids))
