"""The four sizes of GPT-2, to scale: how wide each is, and how many blocks it has."""

from drawing import Box, Figure
from drawing.figure import Style
from drawing.shapes import LEFT
from drawing.style import LEADING
from verdict import GPTConfig, count_parameters

NAMES = ("gpt2", "gpt2-medium", "gpt2-large", "gpt2-xl")
COLUMN, TALLEST = 94.0, 192.0


def draw() -> Figure:
    """Draw a pile of blocks for each size."""
    configs = [GPTConfig.gpt2(name) for name in NAMES]
    totals = [
        sum(count_parameters(50_257, 1_024, config.width, config.layers).values()) / 1e6
        for config in configs
    ]
    figure = Figure(
        "Four sizes of one plan",
        "Four piles of blocks, one plan. "
        + "; ".join(
            f"{name}: {config.layers} blocks, {config.heads} heads, {config.width} wide, "
            f"{total:,.0f} million parameters"
            for name, config, total in zip(NAMES, configs, totals, strict=True)
        )
        + ".",
    )
    for place, (name, config, total) in enumerate(zip(NAMES, configs, totals, strict=True)):
        middle = LEFT + 45 + place * COLUMN
        wide, high = config.width / 20, TALLEST / 48
        for layer in range(config.layers):
            top = TALLEST + 8 - (layer + 1) * high
            figure.rectangle(Box(middle - wide / 2, top, wide, high), "vector", weight=0.5)
        lines = [name.removeprefix("gpt2-") if "-" in name else "small", f"{config.layers} blocks"]
        lines += [f"{config.heads} heads", f"{config.width:,} wide", f"{total:,.0f} M"]
        for row, line in enumerate(lines):
            y = TALLEST + 8 + LEADING * (row + 1) + 4
            style: list[Style] = [] if row else ["bold"]
            figure.text((middle, y), line, *style, anchor="middle")
    return figure
