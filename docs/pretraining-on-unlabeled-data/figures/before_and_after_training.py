"""The shares that a small model gives to seven words, before its training and after it."""

import numpy as np

from drawing import Figure
from drawing.geometry import Box
from drawing.shapes import LEFT, caption, heat_map, label
from drawing.style import GAP, HEAVY, LEADING
from verdict import GPT, AdamW, GPTConfig, loss_and_gradients, softmax

WORDS = ("effort", "every", "I", "like", "moves", "really", "you")
INPUTS, TARGETS = np.array([[1, 0, 4], [2, 5, 3]]), np.array([[0, 4, 6], [5, 3, 6]])
STEPS = 15
CELL = (50, 30)
FIRST, SECOND = 60, 224


def draw() -> Figure:
    """Draw a row for each word, and a column for each of the three tokens of the first text."""
    model = GPT(GPTConfig(7, context_length=4, width=8, heads=2, layers=1), seed=123)
    before = softmax(model(INPUTS))[0]
    optimizer = AdamW(model.parameters)
    for _ in range(STEPS):
        _, gradients = loss_and_gradients(model, INPUTS, TARGETS)
        optimizer.step(gradients, rate=0.02)
    after = softmax(model(INPUTS))[0]
    tables = {"Untrained": before, f"After {STEPS} steps": after}
    figure = Figure(
        "Shares before and after training",
        "Seven words, and the share that a model gives to each after “every”, after “every "
        "effort” and after “every effort moves”. "
        + " ".join(f"{name}: {_described(rows)}" for name, rows in tables.items()),
    )
    for left, (name, rows) in zip((FIRST, SECOND), tables.items(), strict=True):
        _table(figure, left, name, rows)
    top, height = 2 * LEADING + 8, CELL[1]
    for row, word in enumerate(WORDS):
        figure.text((FIRST - 6, top + row * height + 20), word, anchor="end")
    y = top + len(WORDS) * height + GAP
    figure.rectangle(Box(LEFT + 1, y + 4, 20, 12), "bare", weight=HEAVY)
    caption(figure, (LEFT + 30, y), "the target: the word that came")
    return figure


def _table(figure: Figure, left: float, name: str, rows: np.ndarray) -> None:
    """Draw the shares after each token as a column, with a heavy outline for what came."""
    label(figure, (left, 0), name)
    top, (width, height) = 2 * LEADING + 8, CELL
    for column, (token, shares) in enumerate(zip(INPUTS[0], rows, strict=True)):
        x = left + column * width
        figure.text((x + width / 2, top - 6), WORDS[token], "quiet", anchor="middle")
        for row, share in enumerate(shares.tolist()):
            # The strongest that numbers can be read on is the fifth of seven.
            cell = heat_map(figure, (x, top + row * height), [[min(2 * share - 1, 0.34)]], CELL)
            figure.text((cell.centre[0], cell.top + 20), f"{share:.2f}", "code", anchor="middle")
    for column, target in enumerate(TARGETS[0].tolist()):
        x, y = left + column * width, top + target * height
        figure.rectangle(Box(x + 1, y + 1, width - 2, height - 2), "bare", weight=HEAVY)


def _described(rows: np.ndarray) -> str:
    return " ".join(
        f"after {WORDS[token]}, "
        + ", ".join(f"{word} {share:.2f}" for word, share in zip(WORDS, shares, strict=True))
        + f"; {WORDS[target]} came."
        for token, target, shares in zip(INPUTS[0], TARGETS[0], rows, strict=True)
    )
