"""Accuracy by the number of labels: a pretrained model, the same from scratch, and a rival."""

from statistics import mean

from drawing import Figure
from drawing.shapes import LEFT
from drawing.style import HEAVY, THIN
from verdict import recorded_table

LINES = {"last block": "Pretrained", "bag of words": "Bag of words", "from scratch": "From scratch"}
"""The rows of the table, and what they are called."""

EDGE, DOWN, UP, ACROSS = LEFT + 54, 190.0, 320.0, 45.0


def draw() -> Figure:
    """Draw for each of the three a line through the means, and what lies between the seeds."""
    table = recorded_table("labels")
    counts = list(table["last block"])
    figure = Figure(
        "Accuracy by labels",
        f"Three lines over {', '.join(counts)} labels, each with the range of five seeds. "
        + " ".join(
            f"{name}: {', '.join(f'{mean(found):.2f}' for found in table[row].values())}."
            for row, name in LINES.items()
        ),
    )
    for share in (0.5, 0.6, 0.7, 0.8, 0.9, 1.0):
        figure.line((EDGE - 4, _y(share)), (EDGE, _y(share)), weight=THIN)
        figure.text((EDGE - 8, _y(share) + 5), f"{share:.0%}", "quiet", anchor="end")
    last = _x(len(counts) - 1)
    figure.line((EDGE, _y(1)), (EDGE, DOWN), (last + 10, DOWN), weight=THIN)
    for place, count in enumerate(counts):
        figure.text((_x(place), DOWN + 22), count, "quiet", anchor="middle")
    figure.text((EDGE, DOWN + 44), "Labels across, accuracy upwards.", "quiet")
    for row, name in LINES.items():
        seeds = list(table[row].values())
        figure.line(*[(_x(at), _y(mean(found))) for at, found in enumerate(seeds)], weight=HEAVY)
        for at, found in enumerate(seeds):
            figure.line((_x(at), _y(min(found))), (_x(at), _y(max(found))), weight=THIN)
        figure.text((last + 12, _y(mean(seeds[-1])) + 5), name, "bold")
    return figure


def _x(place: int) -> float:
    return EDGE + 16 + place * ACROSS


def _y(share: float) -> float:
    return DOWN - (share - 0.5) * UP
