"""Rotary positions: a query and a key, turned by their positions, keep the angle between them."""

from math import atan2, cos, degrees, sin

import numpy as np

from drawing import Figure, Point
from drawing.shapes import FULL, LEFT, caption
from drawing.style import GAP, LEADING, MARGIN, THIN
from verdict import rotate_by_position
from verdict.checks.arrays import Vectors

PAIR = np.array([1.0, 0.0])
"""What query and key are before they are turned."""

PLACES = ((1, 0), (4, 3))
"""Positions of a query and of a key that it looks at."""

RADIUS = 56
ARC = 22
"""Radius of the arc that marks the angle between two vectors."""


def draw() -> Figure:
    """Draw a circle for each pair of positions, with both vectors and the angle between them."""
    products = [float(_turned(query) @ _turned(key)) for query, key in PLACES]
    figure = Figure(
        "A query and a key, turned by their positions",
        "Two circles, each with two arrows from its middle. "
        + " ".join(
            f"The query at position {query} is turned by {query} radians, the key at position "
            f"{key} by {key}: their dot product is {product:.2f}."
            for (query, key), product in zip(PLACES, products, strict=True)
        )
        + f" In both circles the angle between them is 1 radian, {degrees(1):.0f} degrees.",
    )
    half = FULL / len(PLACES)
    for side, ((query, key), product) in enumerate(zip(PLACES, products, strict=True)):
        middle = LEFT + (side + 0.5) * half, MARGIN + RADIUS
        figure.circle(middle, RADIUS, "quiet", weight=THIN)
        _arc(figure, middle, key, query)
        for name, position in (("query", query), ("key", key)):
            _arrow(figure, middle, name, position)
        y = middle[1] + RADIUS + LEADING + 2 * GAP
        lines = f"query at {query}, key at {key}", f"dot product {product:.2f}"
        for number, line in enumerate(lines):
            figure.text((middle[0], y + number * LEADING), line, anchor="middle")
    caption(
        figure, (LEFT, y + LEADING + GAP), f"One position is 1 radian, {degrees(1):.0f} degrees."
    )
    return figure


def _turned(position: int) -> Vectors:
    return rotate_by_position(PAIR, position)


def _arrow(figure: Figure, middle: Point, name: str, position: int) -> None:
    """Draw a turned vector from the middle of its circle, its name beyond its end."""
    x, y = _turned(position).tolist()
    figure.arrow(middle, (middle[0] + RADIUS * x, middle[1] - RADIUS * y))
    beyond = RADIUS + 6
    at = middle[0] + beyond * x, middle[1] - beyond * y + 5
    figure.text(at, name, "bold", anchor="start" if x > 0 else "end")


def _arc(figure: Figure, middle: Point, start: int, end: int) -> None:
    """Mark the angle from one turned vector to the other."""
    (x, y), turn = _turned(start).tolist(), end - start
    angles = [atan2(y, x) + turn * part / 12 for part in range(13)]
    figure.line(*((middle[0] + ARC * cos(a), middle[1] - ARC * sin(a)) for a in angles))
