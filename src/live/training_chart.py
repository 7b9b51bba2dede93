"""The chart of a training: both losses step by step, in lines and in words.

It runs in the reader's browser, and once in the build of the site, for the recorded run.
"""

from collections.abc import Iterable, Sequence
from math import ceil
from typing import Any

Losses = Sequence[Sequence[Any]]
"""A row for each step: its number, its rate, the training loss, the validation loss or None."""

WIDTH, HEIGHT = 480.0, 250.0
LEFT, RIGHT, TOP, BOTTOM = 26.0, 470.0, 8.0, 224.0
TRAINING, VALIDATION = 2, 3
"""Where a row has them."""
NEAR = 14.0
"""How far apart the names of two lines are at least."""


def chart(
    losses: Losses, steps: int, vocabulary: int, nothing: float, recorded: Losses = ()
) -> str:
    """Draw both losses as SVG, and thinly those of the recorded run.

    Args:
        losses: What has been trained so far.
        steps: How many steps the training has.
        vocabulary: How many tokens there are.
        nothing: The loss of a model that knows nothing: the logarithm of their number.
        recorded: The run to compare with, if there is one.
    """
    highest = ceil(max([nothing, 1.0, *_of(losses, TRAINING), *_of(losses, VALIDATION)]) + 0.2)
    last = max(steps, 1)

    def x(step: float) -> float:
        return LEFT + (RIGHT - LEFT) * min(step, last) / last

    def y(loss: float) -> float:
        return BOTTOM - (BOTTOM - TOP) * loss / highest

    def line(rows: Losses, which: int, kind: str) -> str:
        points = " ".join(
            f"{x(row[0]):.1f},{y(row[which]):.1f}"
            for row in rows
            if row[which] is not None and row[0] <= last
        )
        return f'<polyline class="{kind}" points="{points}"/>' if points else ""

    marks = "".join(
        f'<text x="{LEFT - 6}" y="{y(loss) + 4:.1f}" text-anchor="end">{loss}</text>'
        for loss in range(0, highest + 1, 1 + highest // 6)
    )
    foot = "".join(
        f'<text x="{x(last * part):.1f}" y="{BOTTOM + 18}" text-anchor="{anchor}">{words}</text>'
        for part, anchor, words in (
            (0, "start", "step 0"),
            (0.5, "middle", f"{last // 2:,}"),
            (1, "end", f"{last:,}"),
        )
    )
    frame = f'<path class="frame" d="M{LEFT} {TOP}V{BOTTOM}H{RIGHT}"/>'
    floor = f'<path class="nothing" d="M{LEFT} {y(nothing):.1f}H{RIGHT}"/>'
    named = (
        f'<text class="of-nothing" x="{RIGHT}" y="{y(nothing) - 5:.1f}" text-anchor="end">'
        f"ln {vocabulary:,} = {nothing:.2f}</text>"
    )
    lines = (
        line(recorded, TRAINING, "recorded")
        + line(recorded, VALIDATION, "recorded")
        + line(losses, TRAINING, "training")
        + line(losses, VALIDATION, "validation")
    )
    names = "".join(_names(losses, x, y))
    return (
        f'<svg viewBox="0 0 {WIDTH:.0f} {HEIGHT:.0f}" role="img" '
        f'aria-label="{in_words(losses, steps, vocabulary, nothing)}">'
        f"{frame}{marks}{foot}{floor}{named}{lines}{names}</svg>"
    )


def in_words(losses: Losses, steps: int, vocabulary: int, nothing: float) -> str:
    """Say what the chart shows."""
    begin = f"A line marks {nothing:.2f}, the loss of a model that knows nothing of {vocabulary:,} "
    begin += "tokens."
    if not losses:
        return f"A chart of two losses over {steps:,} steps, with no step yet. {begin}"
    made = f"A chart of two losses over {steps:,} steps, of which {losses[-1][0]:,} are made."
    return f"{made} {begin} {result(losses)}"


def result(losses: Losses) -> str:
    """Say how both losses have gone, of which there is one at least."""
    first, last = losses[0], losses[-1]
    said = f"The training loss goes from {first[TRAINING]:.2f} to {last[TRAINING]:.2f}."
    measured = [row for row in losses if row[VALIDATION] is not None]
    if not measured:
        return said
    lowest = min(measured, key=lambda row: float(row[VALIDATION]))
    return (
        f"{said} The validation loss goes from {measured[0][VALIDATION]:.2f} at step "
        f"{measured[0][0]:,} to {measured[-1][VALIDATION]:.2f} at step {measured[-1][0]:,}; its "
        f"lowest is {lowest[VALIDATION]:.2f}, at step {lowest[0]:,}."
    )


def table(losses: Losses) -> str:
    """The losses as rows of a table: where both were measured."""
    rows = "".join(
        f"<tr><td>{step:,}</td><td>{rate:.5f}</td><td>{training:.4f}</td>"
        f"<td>{validation:.4f}</td></tr>"
        for step, rate, training, validation in losses
        if validation is not None
    )
    heads = "".join(
        f'<th scope="col">{name}</th>' for name in ("step", "rate", "training", "validation")
    )
    return f'<table class="small"><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>'


def _of(losses: Losses, which: int) -> Iterable[float]:
    return (float(row[which]) for row in losses if row[which] is not None)


def _names(losses: Losses, x: Any, y: Any) -> Iterable[str]:
    """The names of both lines, at their ends, and not one on the other."""
    ends = [
        (which, kind, next((row for row in reversed(losses) if row[which] is not None), None))
        for which, kind in ((VALIDATION, "validation"), (TRAINING, "training"))
    ]
    found = [(y(row[which]), x(row[0]), kind) for which, kind, row in ends if row]
    if len(found) == 2:
        (upper, lower) = sorted(found)
        middle = (upper[0] + lower[0]) / 2
        found = [(middle - NEAR, *upper[1:]), (middle + NEAR + 4, *lower[1:])]
    for height, across, kind in found:
        where = f'x="{min(across, RIGHT):.1f}" y="{min(height, BOTTOM - 6):.1f}"'
        anchor = "end" if across > LEFT + 70 else "start"
        yield f'<text class="of-{kind}" {where} text-anchor="{anchor}">{kind}</text>'
