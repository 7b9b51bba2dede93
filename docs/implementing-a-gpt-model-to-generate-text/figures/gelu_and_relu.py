"""GELU and ReLU from -3 to 3, as curves."""

import numpy as np

from drawing import Figure
from drawing.shapes import FULL, LEFT
from drawing.style import HEAVY, LEADING, THIN
from verdict import gelu

REACH = 3.0
SCALE = (FULL - 20) / (2 * REACH)
ACROSS, DOWN = LEFT + 10 + REACH * SCALE, 8 + REACH * SCALE
"""Where 0, 0 is."""


def draw() -> Figure:
    """Draw both in one frame."""
    numbers = np.linspace(-REACH, REACH, 121)
    values = gelu(numbers)
    low = values.argmin()
    figure = Figure(
        "GELU and ReLU",
        "Two curves from -3 to 3. ReLU is 0 up to 0, has a corner there, and then rises evenly. "
        f"GELU is near 0 far to the left, falls to {values[low]:.2f} at {numbers[low]:.2f}, "
        "passes 0 at 0, and comes near to ReLU on the right.",
    )
    figure.line((LEFT, DOWN), (LEFT + FULL, DOWN), weight=THIN)
    figure.line((ACROSS, 8), (ACROSS, DOWN + 40), weight=THIN)
    for number in (-3, -2, -1, 1, 2, 3):
        x = ACROSS + number * SCALE
        figure.line((x, DOWN - 3), (x, DOWN + 3), weight=THIN)
        figure.text((x, DOWN + 28), str(number), "quiet", anchor="middle")
    for number in (1, 2):
        figure.text((ACROSS - 8, DOWN - number * SCALE + 5), str(number), "quiet", anchor="end")
    figure.line(_at(-REACH, 0), _at(0, 0), _at(REACH, REACH))
    figure.line(*map(_at, numbers.tolist(), values.tolist()), weight=HEAVY)
    figure.text((ACROSS + SCALE * 1.75, DOWN - SCALE * 1.25), "GELU", "bold")
    figure.text((ACROSS + SCALE * 0.2, DOWN - SCALE * 1.25 - LEADING), "ReLU")
    return figure


def _at(x: float, y: float) -> tuple[float, float]:
    return ACROSS + x * SCALE, DOWN - y * SCALE
