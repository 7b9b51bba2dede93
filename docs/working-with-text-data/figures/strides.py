"""One row of tokens, cut into windows at three strides."""

from drawing import Box, Figure
from drawing.shapes import LEFT, label, token_id
from drawing.style import GAP, LEADING, THIN
from verdict import count_dropped, sliding_windows

LENGTH, CONTEXT_LENGTH, STRIDES = 11, 4, (1, 2, 4)
CELL, PITCH = 30, 34
BAR = 10
"""Height of the bar of a window."""


def draw() -> Figure:
    """Draw the tokens and, for each stride, a bar for each of its windows."""
    counts = {
        stride: len(sliding_windows(range(LENGTH), CONTEXT_LENGTH, stride)[0]) for stride in STRIDES
    }
    dropped = {stride: count_dropped(LENGTH, CONTEXT_LENGTH, stride) for stride in STRIDES}
    figure = Figure(
        "Three strides over one row of tokens",
        f"A row of {LENGTH} tokens is cut into windows of {CONTEXT_LENGTH} tokens and the one "
        "that follows. "
        + " ".join(
            f"A stride of {stride} gives {counts[stride]} windows and drops {dropped[stride]} "
            "tokens at the end."
            for stride in STRIDES
        ),
    )
    label(figure, (LEFT, 0), f"{LENGTH} tokens", "numbered by their places")
    for place in range(LENGTH):
        token_id(figure, (_left(place), LEADING + GAP), place, width=CELL)
    y = 2 * LEADING + 3 * GAP + 4
    for stride in STRIDES:
        windows = "windows, no token dropped"
        if dropped[stride]:
            windows = f"windows, {dropped[stride]} tokens dropped"
        label(figure, (LEFT, y), f"Stride {stride}", f"{counts[stride]} {windows}")
        y += LEADING + GAP
        inputs, _ = sliding_windows(range(LENGTH), CONTEXT_LENGTH, stride)
        for start in inputs[:, 0].tolist():
            _bar(figure, start, y)
            y += BAR + 4
        end = LENGTH - dropped[stride]
        if dropped[stride]:
            left = _left(end)
            figure.rectangle(
                Box(left, y, _left(LENGTH - 1) + CELL - left, BAR), "quiet", dashed=True
            )
            y += BAR + 4
        y += GAP
    _key(figure, y)
    return figure


def _bar(figure: Figure, start: int, y: float) -> None:
    """Draw a window: a bar over its input, and a square at the last answer."""
    width = _left(start + CONTEXT_LENGTH - 1) + CELL - _left(start)
    figure.rectangle(Box(_left(start), y, width, BAR), "id", weight=THIN)
    figure.rectangle(Box(_left(start + CONTEXT_LENGTH), y, BAR, BAR), "bare", weight=THIN)


def _key(figure: Figure, y: float) -> None:
    """Say what the marks mean."""
    x: float = LEFT
    for width, kind, name in (
        (30, "id", "input"),
        (BAR, "bare", "last answer"),
        (30, "", "dropped"),
    ):
        box = Box(x, y + 4, width, BAR)
        if kind == "id":
            figure.rectangle(box, "id", weight=THIN)
        elif kind == "bare":
            figure.rectangle(box, "bare", weight=THIN)
        else:
            figure.rectangle(box, "quiet", dashed=True)
        x = figure.text((box.right + 6, y + 14), name, "quiet").right + 2 * GAP


def _left(place: int) -> float:
    return LEFT + place * PITCH
