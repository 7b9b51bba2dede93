"""One sentence on its way from text to vectors, with the numbers that the story gives it."""

from collections.abc import Sequence

from drawing import Box, Figure
from drawing.shapes import RIGHT, numbers, spread, text_box, token, token_id, token_width
from drawing.shapes import side_label as label
from drawing.style import HEIGHT, THIN
from verdict import (
    SimpleTokenizerV1,
    build_vocabulary,
    embedding_table,
    input_vectors,
    learned_positions,
    read_story,
    sliding_windows,
    split_words,
)

TEXT = "I had always thought so."
CONTEXT_LENGTH, WIDTH = 4, 256
SHOWN = 3
"""How many of the numbers of each vector are drawn."""

LEFT, CELL, ARROW = 78, 40, 22


def draw() -> Figure:
    """Draw the text and, below it, what each step makes of it, a column for each token."""
    vocabulary = build_vocabulary(split_words(read_story()))
    words, ids = split_words(TEXT), SimpleTokenizerV1(vocabulary).encode(TEXT)
    inputs, targets = (rows[0] for rows in sliding_windows(ids, CONTEXT_LENGTH, CONTEXT_LENGTH))
    tokens = embedding_table(len(vocabulary), WIDTH, seed=7, spread=1)
    positions = learned_positions(CONTEXT_LENGTH, WIDTH, seed=8, spread=1)
    vectors = input_vectors(inputs, tokens, positions)[:, :SHOWN].tolist()
    figure = Figure(
        "From a text to vectors",
        f"From top to bottom. The text “{TEXT}” is split into the tokens {' '.join(words)} "
        f"Each becomes the token ID that it has in the vocabulary of the story: {_listed(ids)}. "
        f"The first {CONTEXT_LENGTH} are the input, {_listed(inputs)}, and the target is one "
        f"token further on, {_listed(targets)}. Each token ID of the input becomes a vector of "
        f"{WIDTH} numbers, of which the first {SHOWN} are shown. That of the first token begins "
        f"with {', '.join(f'{value:.1f}' for value in vectors[0])}.",
    )
    text = text_box(figure, (LEFT, 4), TEXT, width=RIGHT - LEFT)
    label(figure, text, "Text")
    needed = [
        max(token_width(word), token_width(str(n))) for word, n in zip(words, ids, strict=True)
    ]
    needed[:CONTEXT_LENGTH] = [max(CELL, width) for width in needed[:CONTEXT_LENGTH]]
    lefts = spread(LEFT, RIGHT - LEFT, needed)
    columns = [
        token(figure, (left, text.bottom + ARROW), word, width=width)
        for left, word, width in zip(lefts, words, needed, strict=True)
    ]
    label(figure, columns[0], "Tokens")
    for column in columns:
        figure.arrow((column.centre[0], text.bottom), column.above)

    row = _ids(figure, columns, columns[0].bottom + ARROW, ids)
    label(figure, row[0], "Token", "IDs")
    _arrows(figure, columns, row)
    window = _ids(figure, columns, row[0].bottom + ARROW, inputs.tolist())
    label(figure, window[0], "Input")
    _arrows(figure, row, window[:CONTEXT_LENGTH])
    cells = [
        numbers(
            figure,
            (above.centre[0] - CELL / 2, above.bottom + ARROW),
            values,
            width=CELL,
            upright=True,
        )
        for above, values in zip(window, vectors, strict=False)
    ]
    label(figure, cells[0], "Vectors")
    _arrows(figure, window, cells)
    for box in cells:
        figure.text((box.centre[0], box.bottom + 12), "…", anchor="middle")
    label(
        figure,
        _ids(figure, columns, cells[0].bottom + HEIGHT, targets.tolist(), start=1)[0],
        "Target",
    )
    return figure


def _ids(
    figure: Figure, columns: Sequence[Box], y: float, ids: Sequence[int], start: int = 0
) -> list[Box]:
    """Draw token IDs in the columns of their tokens, from one on; the others stay empty."""
    boxes = [Box(column.left, y, column.width, HEIGHT - 4) for column in columns]
    for place, box in enumerate(boxes):
        if start <= place < start + len(ids):
            token_id(figure, (box.left, y), ids[place - start], width=box.width)
        else:
            figure.rectangle(box, "quiet", weight=THIN, dashed=True)
    return boxes


def _arrows(figure: Figure, above: Sequence[Box], below: Sequence[Box]) -> None:
    for start, end in zip(above, below, strict=False):
        figure.arrow(start.below, end.above)


def _listed(ids: Sequence[int]) -> str:
    return ", ".join(map(str, ids))
