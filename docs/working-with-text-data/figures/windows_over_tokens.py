"""Two windows over one sentence: inputs, and targets that are one token further on."""

from collections.abc import Sequence

from drawing import Box, Figure
from drawing.shapes import LEFT, RIGHT, label, side_label, spread, token, token_id, token_width
from drawing.style import GAP, HEIGHT, LEADING, THIN
from verdict import SimpleTokenizerV1, build_vocabulary, read_story, sliding_windows, split_words

TEXT = "I had always thought so."
CONTEXT_LENGTH = 4
EDGE = 92
"""Where the tokens begin, right of the names of the rows."""


def draw() -> Figure:
    """Draw the tokens with their IDs and, below, each window in the columns of its tokens."""
    tokenizer = SimpleTokenizerV1(build_vocabulary(split_words(read_story())))
    words, ids = split_words(TEXT), tokenizer.encode(TEXT)
    inputs, targets = sliding_windows(ids, CONTEXT_LENGTH, stride=1)
    pairs = "; ".join(
        f"input {_listed(x)}, target {_listed(y)}"
        for x, y in zip(inputs.tolist(), targets.tolist(), strict=True)
    )
    figure = Figure(
        "Windows over a row of tokens",
        f"The text “{TEXT}” has {len(ids)} tokens, with the token IDs {_listed(ids)}. A window "
        f"with a context length of {CONTEXT_LENGTH} slides over them by one token at a time and "
        f"gives {len(inputs)} examples: {pairs}. Each target is its input, moved by one token.",
    )
    widths = [
        max(token_width(word), token_width(str(number)))
        for word, number in zip(words, ids, strict=True)
    ]
    lefts = spread(EDGE, RIGHT - EDGE, widths)
    columns = [
        token(figure, (left, 4), word, width=width)
        for left, word, width in zip(lefts, words, widths, strict=True)
    ]
    side_label(figure, columns[0], "Tokens")
    side_label(figure, _ids(figure, columns, 4 + HEIGHT + GAP, ids), "Token IDs")
    y = columns[0].bottom + HEIGHT + 3 * GAP
    names = ("First window", "Second window")
    notes = ("begins at the first token", "a stride of 1 further on")
    for start, (name, note) in enumerate(zip(names, notes, strict=True)):
        label(figure, (LEFT, y), name, note)
        y += LEADING + 4
        side_label(figure, _ids(figure, columns, y, inputs[start].tolist(), start), "Input")
        y += HEIGHT
        side_label(figure, _ids(figure, columns, y, targets[start].tolist(), start + 1), "Target")
        y += HEIGHT + 2 * GAP
    return figure


def _ids(
    figure: Figure, columns: Sequence[Box], y: float, ids: Sequence[int], start: int = 0
) -> Box:
    """Draw token IDs below their tokens, from one column on; the others stay empty."""
    for place, column in enumerate(columns):
        box = Box(column.left, y, column.width, HEIGHT - 4)
        if start <= place < start + len(ids):
            token_id(figure, (box.left, y), ids[place - start], width=box.width)
        else:
            figure.rectangle(box, "quiet", weight=THIN, dashed=True)
    return box


def _listed(ids: Sequence[int]) -> str:
    return ", ".join(map(str, ids))
