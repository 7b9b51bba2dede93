"""The parameters of the four GPT-2 models by part, as bars of one length."""

from drawing import Box, Figure
from drawing.figure import Kind
from drawing.shapes import FULL, LEFT
from drawing.style import GAP, HEIGHT, LEADING
from verdict import GPTConfig, count_parameters

NAMES = ("gpt2", "gpt2-medium", "gpt2-large", "gpt2-xl")
PARTS: dict[str, tuple[Kind, str]] = {
    "token embeddings": ("id", "table of tokens"),
    "self-attention": ("token", "attention"),
    "feed-forward": ("vector", "feed-forward"),
}
"""The three that can be seen; positions and norms are thinner than a line."""


def draw() -> Figure:
    """Draw a bar for each model, and what the colours mean."""
    counts = {name: _count(GPTConfig.gpt2(name)) for name in NAMES}
    figure = Figure(
        "Parameters by part",
        "A bar for each of four models. "
        + " ".join(
            f"{name}, {sum(parts.values()) / 1e6:.0f} million: "
            + ", ".join(
                f"{said} {parts[part] / sum(parts.values()):.0%}"
                for part, (_, said) in PARTS.items()
            )
            + "."
            for name, parts in counts.items()
        ),
    )
    y = 0.0
    for name, parts in counts.items():
        total = sum(parts.values())
        note = f"{total / 1e6:,.0f} million"
        figure.text((LEFT, y + LEADING - 4), name, "bold", note=note)
        x, y = float(LEFT), y + LEADING + 4
        for part, (kind, _) in PARTS.items():
            share = parts[part] / total
            box = figure.rectangle(Box(x, y, share * (FULL - 2), HEIGHT), kind)
            if box.width > 34:
                figure.text(
                    (box.centre[0], y + HEIGHT / 2 + 5), f"{share:.0%}", anchor="middle", within=box
                )
            x = box.right
        y += HEIGHT + GAP
    x = float(LEFT)
    for kind, said in PARTS.values():
        figure.rectangle(Box(x, y + 6, 14, 14), kind)
        x = figure.text((x + 20, y + 18), said).right + 16
    return figure


def _count(config: GPTConfig) -> dict[str, int]:
    return count_parameters(
        config.vocabulary_size, config.context_length, config.width, config.layers
    )
