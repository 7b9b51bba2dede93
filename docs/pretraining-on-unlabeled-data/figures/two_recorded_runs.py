"""The losses of two recorded runs: one learns a story by heart, one learns the rules of tales."""

import json
from math import log
from pathlib import Path

from drawing import Figure
from drawing.style import HEAVY, THIN

RUNS = Path(__file__).parents[2] / "runs"
TOP, DOWN, UP, ACROSS = 46.0, 222.0, 20.0, 134.0
"""The height of the line of the heading, that of a loss of 0, a loss of 1, and a whole run."""


def curves(name: str) -> tuple[list[tuple[int, float, float]], int]:
    """Read each measured step of a run: its number, both losses; and how large the vocabulary is.

    The training loss is the mean of what was recorded since the last measured step.
    """
    run = json.loads((RUNS / f"{name}.json").read_bytes())
    found, batches = [], []
    for step, _, training, validation in run["losses"]:
        batches.append(training)
        if validation is not None:
            found.append((step, sum(batches) / len(batches), validation))
            batches = []
    return found, run["settings"]["vocabulary_size"]


def draw() -> Figure:
    """Draw the curves of the story on the left, those of the tales on the right."""
    (story, words), (tales, few) = curves("story"), curves("tales")
    best = min(held_out for _, _, held_out in story)
    figure = Figure(
        "Two recorded runs",
        f"Two charts. The story, {story[-1][0]} steps: the training loss falls to "
        f"{story[-1][1]:.1f}; the validation loss falls to {best:.1f}, then rises to "
        f"{story[-1][2]:.1f}. Tales of animals, {tales[-1][0]} steps: both fall together, to "
        f"{tales[-1][1]:.2f} and {tales[-1][2]:.2f}. In each, a line marks the loss of a model "
        f"that knows nothing: {log(words):.1f} and {log(few):.1f}.",
    )
    for x, name, found, size in ((34.0, "The story", story, words), (222.0, "Tales", tales, few)):
        last = found[-1][0]
        figure.text((x, 16), name, "bold")
        for loss in (0, 2, 4, 6, 8):
            figure.line((x - 4, _y(loss)), (x, _y(loss)), weight=THIN)
            figure.text((x - 8, _y(loss) + 5), str(loss), "quiet", anchor="end")
        figure.line((x, TOP), (x, DOWN), (x + ACROSS, DOWN), weight=THIN)
        for step in (0, last):
            figure.text((x + step * ACROSS / last, DOWN + 20), str(step), "quiet", anchor="middle")
        figure.line((x, _y(log(size))), (x + ACROSS, _y(log(size))), weight=THIN)
        for which in (1, 2):
            points = [(x + row[0] * ACROSS / last, _y(row[which])) for row in found]
            figure.line(*points, weight=HEAVY)
    figure.text((54, _y(7.75)), "Validation", "bold")
    figure.text((42, _y(0.7)), "Training", "bold")
    figure.text((268, _y(1)), "Both", "bold")
    figure.text((268, _y(log(few)) - 8), f"ln {few}")
    figure.text((108, _y(log(words)) + 20), f"ln {words}")
    figure.text((4, DOWN + 44), "Steps across, loss upwards.", "quiet")
    return figure


def _y(loss: float) -> float:
    return DOWN - loss * UP
