"""What a model still knows: before tuning, after it, and with rehearsal; the mean of five seeds."""

from statistics import mean

from drawing import Box, Figure
from drawing.shapes import LEFT, label
from drawing.style import HEAVY, LEADING
from verdict import recorded_table

STATES = {
    "not tuned": "Before",
    "all weights": "Tuned",
    "rehearsal": "Tuned, with rehearsal",
}
"""The rows of the table, and what they are called."""

KINDS = {"towns known": "Towns", "opposites known": "Opposites", "plurals known": "Plurals"}
PITCH, LONGEST, BARS = LEADING + 10, 150, 90


def draw() -> Figure:
    """Draw three bars for each state, each with a line from the worst seed to the best."""
    table = recorded_table("three tasks")
    figure = Figure(
        "What is forgotten",
        "For each state of a model, the mean share of towns, opposites and plurals that it knows. "
        + " ".join(
            f"{name}: "
            + ", ".join(
                f"{kind.lower()} {mean(table[row][what]):.2f}" for what, kind in KINDS.items()
            )
            + "."
            for row, name in STATES.items()
        ),
    )
    y = 0.0
    for row, name in STATES.items():
        label(figure, (LEFT, y), name)
        y += LEADING + 6
        for what, kind in KINDS.items():
            found = table[row][what]
            figure.text((LEFT, y + 15), kind, "code")
            width, middle = max(1.0, mean(found) * LONGEST), y + LEADING / 2
            figure.rectangle(Box(LEFT + BARS, y, width, LEADING), "heat-4")
            least, most = (LEFT + BARS + share * LONGEST for share in (min(found), max(found)))
            if most - least > 1:
                figure.line((least, middle), (most, middle), weight=HEAVY)
            figure.text((LEFT + BARS + LONGEST + 12, y + 15), f"{mean(found):.2f}", "code")
            y += PITCH
        y += 8
    return figure
