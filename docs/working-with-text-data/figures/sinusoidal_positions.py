"""Positions from sines and cosines, as a map of their numbers."""

from drawing import Figure
from drawing.shapes import LEFT, caption, heat_map, label
from drawing.style import GAP, LEADING
from verdict import sinusoidal_positions

POSITIONS, WIDTH = 32, 16
CELL = (20, 10)
EDGE = 48
"""Where the map begins, right of the positions."""


def draw() -> Figure:
    """Draw a row of cells for each position, with a key above."""
    figure = Figure(
        "Sinusoidal positions",
        f"A map of the vectors of the positions 0 to {POSITIONS - 1}, a row of {WIDTH} cells for "
        "each. The first two columns go up and down every six rows or so: they are the sine and "
        "the cosine of the fastest pair. To the right each pair of columns changes more slowly; "
        "in the last ones, all sines are near 0 and all cosines near 1.",
    )
    label(figure, (LEFT, 0), "Position", "one row each")
    _key(figure)
    top = 2 * LEADING + GAP
    across, down = CELL
    for number in range(0, WIDTH, 5):
        x = EDGE + (number + 0.5) * across
        figure.text((x, top), str(number), "code", "quiet", anchor="middle")
    rows = sinusoidal_positions(POSITIONS, WIDTH).tolist()
    map_ = heat_map(figure, (EDGE, top + 6), rows, CELL)
    for position in (*range(0, POSITIONS, 8), POSITIONS - 1):
        y = map_.top + (position + 0.5) * down + 5
        figure.text((EDGE - 6, y), str(position), "code", "quiet", anchor="end")
    caption(figure, (EDGE, map_.bottom + 4), "Across: the numbers 0 to 15 of each vector")
    return figure


def _key(figure: Figure) -> None:
    """Show what the strength of a cell means."""
    x: float = 196
    for value in (-1, 0, 1):
        box = heat_map(figure, (x, 4), [[value]], (18, 14))
        x = figure.text((box.right + 5, 16), str(value), "code", "quiet").right + 2 * GAP
