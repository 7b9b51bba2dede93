"""The chart of a training: both losses step by step, in lines and in words.

It runs in the reader's browser, and once in the build of the site, for the recorded run.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from math import ceil, inf
from typing import Any, TypeAlias

Losses = Sequence[Sequence[Any]]
"""A row for each step: its number, its rate, the training loss, the validation loss or None."""

Line: TypeAlias = Sequence[tuple[float, float]]
"""The points of a line, in the units of the drawing, from the left to the right."""

WIDTH, HEIGHT = 480.0, 250.0
"""The size of the drawing, in its own units."""

LEFT, RIGHT, TOP, BOTTOM = 26.0, 470.0, 8.0, 224.0
"""The edges of the field that the lines are in."""

TRAINING, VALIDATION = 2, 3
"""The places of both losses in a row."""
NAME, ABOVE, BELOW = 82.0, 13.0, 4.0
"""What the name of a line takes: its width, and from its base line up and down. On a narrow screen
its letters are this large; on a wide one they are smaller."""


def chart(
    losses: Losses, steps: int, vocabulary: int, uniform_loss: float, recorded: Losses = ()
) -> str:
    """Draw both losses as SVG, and thinly those of the recorded run.

    Args:
        losses: What has been trained so far.
        steps: How many steps the training has.
        vocabulary: How many tokens there are.
        uniform_loss: The loss of a model that knows nothing: the logarithm of their number.
        recorded: The run to compare with, if there is one.
    """
    highest = ceil(max([uniform_loss, 1.0, *_of(losses, TRAINING), *_of(losses, VALIDATION)]) + 0.2)
    last = max(steps, 1)

    def x(step: float) -> float:
        return LEFT + (RIGHT - LEFT) * min(step, last) / last

    def y(loss: float) -> float:
        return BOTTOM - (BOTTOM - TOP) * loss / highest

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
    floor = f'<path class="nothing" d="M{LEFT} {y(uniform_loss):.1f}H{RIGHT}"/>'
    named = (
        f'<text class="of-nothing" x="{RIGHT}" y="{y(uniform_loss) - 5:.1f}" text-anchor="end">'
        f"ln {vocabulary:,} = {uniform_loss:.2f}</text>"
    )
    drawn = [
        [(x(row[0]), y(row[which])) for row in rows if row[which] is not None and row[0] <= last]
        for rows, which in (
            (recorded, TRAINING),
            (recorded, VALIDATION),
            (losses, TRAINING),
            (losses, VALIDATION),
        )
    ]
    kinds = ("recorded", "recorded", "training", "validation")
    lines = "".join(map(_line, drawn, kinds))
    # The line of a model that knows nothing, and where its name ends above.
    floors = [
        [(left, y(uniform_loss) - up), (RIGHT, y(uniform_loss) - up)]
        for left, up in ((LEFT, 0), (RIGHT - 1.5 * NAME, ABOVE + 3))
    ]
    names = "".join(_names(dict(zip(kinds[2:], drawn[2:], strict=True)), drawn + floors))
    return (
        f'<svg viewBox="0 0 {WIDTH:.0f} {HEIGHT:.0f}" role="img" '
        f'aria-label="{in_words(losses, steps, vocabulary, uniform_loss)}">'
        f"{frame}{marks}{foot}{floor}{named}{lines}{names}</svg>"
    )


def in_words(losses: Losses, steps: int, vocabulary: int, uniform_loss: float) -> str:
    """Say what the chart shows."""
    begin = (
        f"A line marks {uniform_loss:.2f}, the loss of a model that knows nothing of "
        f"{vocabulary:,} tokens."
    )
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


def _line(points: Line, kind: str) -> str:
    if not points:
        return ""
    return f'<polyline class="{kind}" points="{" ".join(f"{x:.1f},{y:.1f}" for x, y in points)}"/>'


def _names(named: dict[str, Line], lines: Iterable[Line]) -> Iterable[str]:
    """The names of lines, each at the end of its own, and neither on a line nor on another name."""
    taken: list[tuple[float, float]] = []
    for kind, points in sorted(named.items(), key=lambda each: [y for _, y in each[1][-1:]]):
        if not points:
            continue
        across, down = points[-1]
        # To the right of the end no line of this training has come yet.
        has_room = across + NAME <= RIGHT
        left, right = (across, across + NAME) if has_room else (across - NAME, across)
        bands = [band for line in lines if (band := _band(line, left, right))] + taken
        places = [place for low, high in bands for place in (low - BELOW, high + ABOVE)]
        free = [
            place
            for place in places
            if TOP + ABOVE <= place <= BOTTOM - BELOW
            and not any(low < place + BELOW and place - ABOVE < high for low, high in bands)
        ]
        height = min(free or places, key=lambda place: abs(place - down))
        taken.append((height - ABOVE, height + BELOW))
        where = f'x="{across + 4 if has_room else across:.1f}" y="{height:.1f}"'
        anchor = "start" if has_room else "end"
        yield f'<text class="of-{kind}" {where} text-anchor="{anchor}">{kind}</text>'


def _band(line: Line, left: float, right: float) -> tuple[float, float] | None:
    """The lowest and the highest y that a line has between two x; nothing where it has none."""
    begin, end = bisect_left(line, (left, -inf)), bisect_right(line, (right, inf))
    heights = [y for _, y in line[begin:end]]
    for place, edge in ((begin, left), (end, right)):
        if 0 < place < len(line):
            (x0, y0), (x1, y1) = line[place - 1 : place + 1]
            heights.append(y0 + (y1 - y0) * (edge - x0) / (x1 - x0))
    return (min(heights), max(heights)) if heights else None
