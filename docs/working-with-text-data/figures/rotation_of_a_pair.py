"""Rotary positions: a query and a key, turned by their positions, keep the angle between them."""

from math import cos, degrees, pi, radians, sin, tau

from drawing import Figure, Point
from drawing.asked import check_range
from drawing.geometry import steady
from drawing.shapes import FULL, LEFT, caption
from drawing.style import GAP, LEADING, MARGIN, THIN

ONE = degrees(1)
"""By how many degrees `rotate_by_position` turns the first pair from one position to the next."""

PLACES = ((1, 0), (4, 3))
"""Positions of a query and of a key that it looks at."""

RADIUS = 56
ARC = 22
"""Radius of the arc that marks the angle between two vectors."""

NAME = 12
"""From the end of a vector to the middle of its name."""

APART = 0.34
"""Radians between two names, at least, so that neither lies on the other."""


def draw(angle: float = ONE) -> Figure:
    """Draw a circle for each pair of positions, with both vectors and the angle between them.

    Args:
        angle: By how many degrees one position turns a vector.

    Raises:
        FigureError: It is more than a whole turn.
    """
    check_range("angle", angle, -360, 360)
    turn = radians(angle)
    products = [
        sum(a * b for a, b in zip(turned(query, turn), turned(key, turn), strict=True))
        for query, key in PLACES
    ]
    figure = Figure(
        "A query and a key, turned by their positions",
        "Two circles, each with two arrows from its middle. "
        + " ".join(
            f"The query q at position {query} is turned by {query * angle:.0f} degrees, the key "
            f"k at position {key} by {key * angle:.0f}: their dot product is {rounded(product)}."
            for (query, key), product in zip(PLACES, products, strict=True)
        )
        + f" In both circles the angle between them is {shown(angle)} degrees.",
        f"At {shown(angle)} degrees a position, the dot product is {rounded(products[0])} in both "
        "circles.",
    )
    half = FULL / len(PLACES)
    for side, ((query, key), product) in enumerate(zip(PLACES, products, strict=True)):
        middle = LEFT + (side + 0.5) * half, MARGIN + RADIUS + NAME
        figure.circle(middle, RADIUS, "quiet", weight=THIN)
        arc(figure, middle, key * turn, query * turn)
        ends = [query * turn, key * turn]
        for name, end, place in zip("qk", ends, names_apart(*ends), strict=True):
            arrow(figure, middle, end)
            figure.text(
                (
                    middle[0] + (RADIUS + NAME) * cos(place),
                    middle[1] - (RADIUS + NAME) * sin(place) + 5,
                ),
                name,
                "bold",
                anchor="middle",
            )
        y = middle[1] + RADIUS + NAME + LEADING + GAP
        lines = f"query q at {query}, key k at {key}", f"dot product {rounded(product)}"
        for number, line in enumerate(lines):
            figure.text((middle[0], y + number * LEADING), line, anchor="middle")
    caption(figure, (LEFT, y + LEADING + GAP), said(angle))
    return figure


def turned(position: int, turn: float) -> Point:
    """Turn the pair (1, 0) by as many radians at each position: by 1, as the package does."""
    return cos(position * turn), sin(position * turn)


def rounded(number: float) -> str:
    """Write a number with two digits, and none as -0.00."""
    return f"{round(steady(number), 2) + 0.0:.2f}"


def shown(angle: float) -> str:
    """Write an angle with one digit after the point, if it has any."""
    return f"{round(steady(angle), 1) + 0.0:g}"


def said(angle: float) -> str:
    """Say how far one position turns.

    >>> said(90)
    'One position is 1.57 radians, 90 degrees.'
    """
    turn = f"{round(steady(radians(angle)), 2) + 0.0:g}"
    return f"One position is {turn} radian{'s' * (turn != '1')}, {shown(angle)} degrees."


def names_apart(query: float, key: float) -> tuple[float, float]:
    """Angles at which two names stand: those of their vectors, unless these are too close."""
    between = (query - key + pi) % tau - pi
    if abs(between) >= APART:
        return query, key
    middle = key + between / 2
    side = APART / 2 if between >= 0 else -APART / 2
    return middle + side, middle - side


def arrow(figure: Figure, middle: Point, angle: float) -> None:
    """Draw a vector from the middle of its circle."""
    figure.arrow(middle, (middle[0] + RADIUS * cos(angle), middle[1] - RADIUS * sin(angle)))


def arc(figure: Figure, middle: Point, start: float, end: float) -> None:
    """Mark the angle from one vector to the other."""
    angles = [start + (end - start) * part / 24 for part in range(25)]
    figure.line(*((middle[0] + ARC * cos(a), middle[1] - ARC * sin(a)) for a in angles))
