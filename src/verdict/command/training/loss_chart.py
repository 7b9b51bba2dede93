"""The chart of the losses of a training: for a terminal, and as SVG."""

from itertools import pairwise
from math import ceil, floor

from verdict.command.training.loss_curve import Losses

WIDE, NARROW, HIGH = 60, 24, 12
"""Of the chart at a terminal: its columns at most and at least, and its rows."""

TRAINING, VALIDATION = "*", "o"
"""What each line is drawn with there. Where they meet, it is the second."""


def terminal_chart(noted: list[Losses], columns: int = 80) -> list[str]:
    r"""Draw the losses with characters that every terminal has.

    Args:
        noted: The losses, one step at least.
        columns: How wide the terminal is.

    Returns:
        The lines.

    Examples:
        >>> chart = terminal_chart([Losses(1, 4.0, None), Losses(9, 2.0, 2.5)])
        >>> print(chart[0], chart[-4], chart[-1], sep="\n")
        4.0000 |***
        2.0000 |                                                         ***
                * training  o validation
    """
    lines = _lines(noted)
    high, low = _range(noted)
    labels = {0: f"{high:.4f}", HIGH - 1: f"{low:.4f}"}
    edge = max(map(len, labels.values()))
    wide = max(NARROW, min(WIDE, columns - edge - 2))
    rows = [[" "] * wide for _ in range(HIGH)]
    first, last = noted[0].step, noted[-1].step

    def row_of(loss: float) -> int:
        return round((high - loss) / (high - low) * (HIGH - 1)) if high > low else HIGH - 1

    def column_of(step: int) -> int:
        return round((step - first) / (last - first) * (wide - 1)) if last > first else 0

    for mark, points in zip((TRAINING, VALIDATION), lines, strict=True):
        at = [(column_of(step), row_of(loss)) for step, loss in points]
        for column, row in at[:1]:
            rows[row][column] = mark
        for (column, before), (end, after) in pairwise(at):
            row = before
            for here in range(column + 1, end + 1) or (end,):
                along = (here - column) / (end - column) if end > column else 1
                lower = round(before + (after - before) * along)
                # All rows on the way there, so that a steep line has no gaps.
                for each in range(min(row, lower), max(row, lower) + 1):
                    if each != row or lower == row:
                        rows[each][here] = mark
                row = lower
    shown = [f"{labels.get(n, ''):>{edge}} |{''.join(row)}".rstrip() for n, row in enumerate(rows)]
    steps = f"step {first}"
    shown.append(f"{'':{edge}} +{'-' * wide}")
    names = f"{TRAINING} training" + (f"  {VALIDATION} validation" if lines[1] else "")
    shown.append(f"{'':{edge}}  {steps}{f'step {last:,}':>{wide - len(steps)}}")
    shown.append(f"{'':{edge}}  {names}")
    return shown


def svg_chart(noted: list[Losses]) -> str:
    """Draw the losses as a picture in SVG, for light and dark surroundings.

    Args:
        noted: The losses, one step at least.

    Returns:
        The text of the file.
    """
    lines = _lines(noted)
    highest, lowest = _range(noted)
    low = floor(lowest)
    high = max(ceil(highest), low + 1)
    first, last = noted[0].step, noted[-1].step
    left, right, top, bottom = 50, 620, 40, 310

    def x(step: int) -> float:
        return left + (right - left) * ((step - first) / (last - first) if last > first else 0)

    def y(loss: float) -> float:
        return bottom - (bottom - top) * (loss - low) / (high - low)

    parts = []
    for loss in range(low, high + 1, max(1, ceil((high - low) / 8))):
        parts.append(f'<path class="grid" d="M{left} {y(loss):.1f}H{right}"/>')
        parts.append(f'<text x="{left - 8}" y="{y(loss) + 4:.1f}" class="end">{loss}</text>')
    parts.append(f'<text x="{left}" y="{bottom + 22}">step {first:,}</text>')
    parts.append(f'<text x="{right}" y="{bottom + 22}" class="end">step {last:,}</text>')
    for number, (name, points) in enumerate(zip(("training", "validation"), lines, strict=True)):
        if not points:
            continue
        path = " ".join(f"{x(step):.1f},{y(loss):.1f}" for step, loss in points)
        parts.append(f'<polyline class="{name}" points="{path}"/>')
        at = left + 190 * number
        parts.append(f'<path class="{name}" d="M{at} 20h24"/>')
        parts.append(f'<text x="{at + 32}" y="24">{name} {points[-1][1]:.4f}</text>')
    told = ", ".join(
        f"of {name} from {points[0][1]:.4f} to {points[-1][1]:.4f}"
        for name, points in zip(("training", "validation"), lines, strict=True)
        if points
    )
    return SVG.format(title=f"The loss {told}", parts="\n".join(parts))


SVG = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 350" role="img">
<title>{title}</title>
<style>
svg {{ background: #fff; font: 14px system-ui, sans-serif; fill: #333 }}
.end {{ text-anchor: end }}
.grid, .training, .validation {{ fill: none; stroke: #ddd }}
.training, .validation {{ stroke: #1f6fb4; stroke-width: 2.5; stroke-linejoin: round }}
.validation {{ stroke: #b5500c; stroke-dasharray: 7 4 }}
@media (prefers-color-scheme: dark) {{
svg {{ background: #1b1d22; fill: #ddd }}
.grid {{ stroke: #3a3d44 }}
.training {{ stroke: #6fb3ee }}
.validation {{ stroke: #f0a060 }}
}}
</style>
{parts}
</svg>
"""


def _lines(noted: list[Losses]) -> tuple[list[tuple[int, float]], list[tuple[int, float]]]:
    """List the points of both lines."""
    return (
        [(row.step, row.training) for row in noted],
        [(row.step, row.validation) for row in noted if row.validation is not None],
    )


def _range(noted: list[Losses]) -> tuple[float, float]:
    """Find the highest and the lowest loss."""
    losses = [loss for line in _lines(noted) for _, loss in line]
    return max(losses), min(losses)
