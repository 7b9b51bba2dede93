"""A text of two parts: its token IDs, windows over them, and shuffled batches of two."""

import numpy as np

from drawing import Box, Figure
from drawing.figure import Kind
from drawing.layout import centred_text
from drawing.shapes import LEFT, RIGHT, label, text_box
from drawing.style import GAP, HEIGHT, LEADING, THIN
from verdict import (
    SimpleTokenizerV1,
    batches,
    build_vocabulary,
    sliding_windows,
    split_ids,
    split_words,
)

TEXT = (
    "The cat sat on the mat. The dog lay on the rug. The owl sat in the tree. The hen ran. "
    "The fox hid in the barn."
)
HELD_OUT = 0.22
CONTEXT_LENGTH, BATCH_SIZE, SEED = 6, 2, 0
CELL, ROW = 27, HEIGHT - 4
NUMBER = 26
"""Width of the column with the numbers of the windows."""

INPUTS = LEFT + NUMBER
TARGETS = RIGHT - CONTEXT_LENGTH * CELL


def draw() -> Figure:
    """Draw the text, its token IDs, the windows, and the batches that they go into."""
    words = split_words(TEXT)
    tokenizer = SimpleTokenizerV1(build_vocabulary(words))
    training, validation = split_ids(np.array(tokenizer.encode(TEXT)), HELD_OUT)
    inputs, targets = sliding_windows(training, CONTEXT_LENGTH, stride=CONTEXT_LENGTH)
    order = [
        [inputs.tolist().index(row.tolist()) for row in batch]
        for batch, _ in batches(inputs, targets, BATCH_SIZE, seed=SEED)
    ]
    pairs = [*zip(inputs.tolist(), targets.tolist(), strict=True)]
    figure = Figure(
        "From a text to batches",
        f"A text of {len(words)} tokens. The first {len(training)} are for training, the last "
        f"{len(validation)} for validation. Those for training have the token IDs "
        f"{', '.join(map(str, training))}. Windows of {CONTEXT_LENGTH}: "
        + "; ".join(f"{number}, input {i}, target {t}" for number, (i, t) in enumerate(pairs, 1))
        + ". Shuffled batches: "
        + "; ".join(f"windows {' and '.join(str(each + 1) for each in batch)}" for batch in order)
        + ".",
    )
    with figure.next_step("The end of the text is put aside, and never trained on."):
        label(figure, (LEFT, 0), "For training")
        box = text_box(figure, (LEFT, LEADING), tokenizer.decode(training.tolist()))
        label(figure, (LEFT, box.bottom + GAP), "For validation")
        at = (LEFT, box.bottom + GAP + LEADING)
        y = text_box(figure, at, tokenizer.decode(validation.tolist())).bottom
    with figure.next_step("The training part becomes a row of token IDs."):
        y += GAP
        label(figure, (LEFT, y), "Token IDs", "of the training part")
        half = -(-len(training) // 2)
        y += LEADING
        for line in (training[:half], training[half:]):
            _cells(figure, (LEFT, y), line.tolist(), "id")
            y += ROW + 4
    with figure.next_step("Windows are cut from it, each with targets one token further on."):
        label(figure, (INPUTS, y + 4), f"Windows of {CONTEXT_LENGTH}")
        label(figure, (TARGETS, y + 4), "Their targets")
        y += 4 + LEADING
        for number in range(len(pairs)):
            _window(figure, y, number, *pairs[number])
            y += ROW + 4
    with figure.next_step("Two of them make a batch, in a shuffled order."):
        for place, batch in enumerate(order, 1):
            label(figure, (INPUTS, y + 4), f"Batch {place}")
            y += 4 + LEADING
            for number in batch:
                _window(figure, y, number, *pairs[number])
                y += ROW
            y += 4
    return figure


def _window(figure: Figure, y: float, number: int, ids: list[int], next_ids: list[int]) -> None:
    """Draw a window and its targets in one row, its number before them."""
    figure.text((LEFT, y + 17), str(number + 1), "bold")
    _cells(figure, (INPUTS, y), ids, "id")
    _cells(figure, (TARGETS, y), next_ids, "bare")


def _cells(figure: Figure, at: tuple[float, float], ids: list[int], kind: Kind) -> None:
    x, y = at
    for place, number in enumerate(ids):
        cell = Box(x + place * CELL, y, CELL, ROW)
        figure.rectangle(cell, kind, weight=THIN)
        centred_text(figure, cell, str(number), "code")
