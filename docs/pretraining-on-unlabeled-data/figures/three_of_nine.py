"""Nine scores, the three largest of them, and the shares that softmax makes of those."""

import numpy as np

from drawing import Box, Figure
from drawing.shapes import LEFT, label, token
from drawing.style import GAP, HEIGHT, LEADING
from verdict import softmax

WORDS = ("closer", "every", "effort", "forward", "inches", "moves", "pizza", "toward", "you")
SCORES = np.array([4.51, 0.89, -1.90, 6.75, 1.63, -1.62, -1.89, 6.28, 1.79])
K = 3
COLUMNS = (96.0, 186.0, 276.0)


def draw() -> Figure:
    """Draw a row for each word: its score, what is left of it, and its share."""
    least = np.sort(SCORES)[-K]
    kept = np.where(least <= SCORES, SCORES, -np.inf)
    shares = softmax(kept)
    figure = Figure(
        "Three of nine",
        "A row for each word: its score, the score after all but three became minus infinity, "
        "and its share. "
        + "; ".join(
            f"{word}: {score:.2f}, {'kept' if rest > -np.inf else 'left out'}, {share:.2f}"
            for word, score, rest, share in zip(WORDS, SCORES, kept, shares, strict=True)
        )
        + ".",
    )
    pitch = HEIGHT + GAP - 4
    with figure.next_step("Each of nine words has a score."):
        label(figure, (COLUMNS[0], 0), "score")
        for row, word in enumerate(WORDS):
            y = LEADING + GAP + row * pitch
            token(figure, (LEFT, y), word, state="there" if kept[row] > -np.inf else "unread")
            _cell(figure, COLUMNS[0], y, f"{SCORES[row]:5.2f}", True)
    with figure.next_step("The three largest stay, all others become minus infinity."):
        label(figure, (COLUMNS[1], 0), "largest")
        for row, rest in enumerate(kept):
            y = LEADING + GAP + row * pitch
            _cell(
                figure, COLUMNS[1], y, f"{rest:5.2f}" if rest > -np.inf else "-inf", rest >= least
            )
    with figure.next_step("Softmax shares 1 among the three."):
        label(figure, (COLUMNS[2], 0), "share")
        for row, share in enumerate(shares):
            _cell(figure, COLUMNS[2], LEADING + GAP + row * pitch, f"{share:.2f}", share > 0)
    return figure


def _cell(figure: Figure, x: float, y: float, content: str, is_kept: bool) -> None:
    box = figure.rectangle(Box(x, y + 2, 70, HEIGHT - 4), "vector" if is_kept else "quiet")
    styles = ("code",) if is_kept else ("code", "quiet")
    figure.text((box.right - 8, y + 19), content, *styles, anchor="end", within=box)
