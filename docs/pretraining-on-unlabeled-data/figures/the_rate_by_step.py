"""The learning rate of each of 300 steps: a line up, a cosine down."""

from drawing import Figure
from drawing.shapes import LEFT
from drawing.style import HEAVY, THIN
from verdict import learning_rate

STEPS, WARM_UP, PEAK = 300, 20, 0.01
EDGE, DOWN, HIGH = LEFT + 48, 190.0, 160.0
ACROSS = 300 / STEPS


def draw() -> Figure:
    """Draw the curve, and mark the end of the warm-up and the last step."""
    rates = [learning_rate(step, STEPS, peak=PEAK, warm_up=WARM_UP) for step in range(1, STEPS + 1)]
    figure = Figure(
        "The rate by step",
        f"A curve over {STEPS} steps. It rises in a line from {rates[0]} to the peak of "
        f"{max(rates)} at step {WARM_UP}, then falls along half a wave to {rates[-1]}.",
    )
    for rate in (0, PEAK / 2, PEAK):
        figure.line((EDGE - 4, _y(rate)), (EDGE, _y(rate)), weight=THIN)
        figure.text((EDGE - 8, _y(rate) + 5), f"{rate:g}", "quiet", anchor="end")
    for step in (0, WARM_UP, STEPS):
        figure.text((_x(step), DOWN + 20), str(step), "quiet", anchor="middle")
    figure.line((EDGE, _y(PEAK) - 10), (EDGE, DOWN), (_x(STEPS), DOWN), weight=THIN)
    figure.line((_x(WARM_UP), _y(PEAK)), (_x(WARM_UP), DOWN), weight=THIN)
    points = [(_x(step), _y(rate)) for step, rate in enumerate(rates, 1)]
    figure.line(*points[:WARM_UP], *points[WARM_UP::10], points[-1], weight=HEAVY)
    figure.text((_x(WARM_UP) + 12, _y(PEAK) - 4), "the peak", "bold")
    figure.text((_x(165), _y(PEAK * 0.62)), "a cosine", "bold")
    figure.text((_x(250), _y(PEAK * 0.22)), "a tenth", "bold")
    figure.text((EDGE, DOWN + 42), "Steps across, rate upwards.", "quiet")
    return figure


def _x(step: int) -> float:
    return EDGE + step * ACROSS


def _y(rate: float) -> float:
    return DOWN - rate / PEAK * HIGH
