"""A narrow valley seen from above, and the way that three methods take to its lowest point."""

from collections.abc import Callable
from math import cos, pi, sin, sqrt

import numpy as np
from numpy.typing import NDArray

from drawing import Figure
from drawing.shapes import LEFT, label
from drawing.style import LEADING, LINE, THIN

START = np.array([10.0, 1.0])
STEPS = 60
RIGHT, UP, PITCH = 30.0, 34.0, 124.0
"""A weight of 1 to the right and upwards, and from one picture to the next."""

Weights = NDArray[np.float64]
Move = Callable[[Weights, int], Weights]


def draw() -> Figure:
    """Draw the valley three times, with a way in each."""
    ways = {
        "Plain, rate 1.9": way(plain()),
        "Momentum, rate 0.3": way(momentum()),
        "Adam, rate 0.5": way(adam()),
    }
    figure = Figure(
        "Three ways down",
        "The same narrow valley three times, from above, with lines of equal loss. Plain: the way "
        "jumps from side to side and creeps along. Momentum: it swings out, then comes faster. "
        "Adam: it makes for the lowest point, passes it and comes back. Loss after 60 steps: "
        + ", ".join(
            f"{name.split(',')[0]} {_loss(points[-1]):.4f}" for name, points in ways.items()
        )
        + ".",
    )
    for row, (name, points) in enumerate(ways.items()):
        y = LEADING + 50 + row * PITCH
        label(figure, (LEFT, y - LEADING - 50), name)
        for loss in (0.06, 0.4, 1.0):
            long, short = sqrt(2 * loss / 0.01), sqrt(2 * loss)
            for side in (-1, 1):
                ring = [
                    _place(y, np.array([long * cos(turn), side * short * sin(turn)]))
                    for turn in np.linspace(0, pi / 2, 11)
                ]
                figure.line(*[point for point in ring if point[0] <= 372], weight=THIN / 2)
        figure.line(*[_place(y, weights) for weights in points], weight=1.5 * LINE)
        figure.dot(_place(y, START))
        figure.dot(_place(y, np.zeros(2)))
        figure.text((LEFT + 258, y - LEADING - 36), f"loss {_loss(points[-1]):.4f}", "code")
    return figure


def way(move: Move) -> list[Weights]:
    """Follow the gradient from the start."""
    points = [START]
    for step in range(1, STEPS + 1):
        points.append(points[-1] - move(np.array([0.01, 1.0]) * points[-1], step))
    return points


def plain() -> Move:
    """Return the gradient, times the rate."""
    return lambda gradient, step: 1.9 * gradient


def momentum() -> Move:
    """Add up the gradients, and forget a tenth each time."""
    average = np.zeros(2)

    def move(gradient: Weights, step: int) -> Weights:
        average[:] = 0.9 * average + gradient
        return 0.3 * average

    return move


def adam() -> Move:
    """Divide an average of the gradients by how large they usually are."""
    average, square = np.zeros(2), np.zeros(2)

    def move(gradient: Weights, step: int) -> Weights:
        average[:] = 0.9 * average + 0.1 * gradient
        square[:] = 0.99 * square + 0.01 * gradient**2
        usual = np.sqrt(square / (1 - 0.99**step)) + 1e-8
        return 0.5 * average / (1 - 0.9**step) / usual

    return move


def _loss(weights: Weights) -> float:
    return float((np.array([0.01, 1.0]) * weights * weights).sum() / 2)


def _place(y: float, weights: Weights) -> tuple[float, float]:
    return LEFT + 50 + float(weights[0]) * RIGHT, y - float(weights[1]) * UP
