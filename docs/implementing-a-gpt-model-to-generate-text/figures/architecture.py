"""A GPT from its token IDs to its scores, with the shapes and spreads of a real run."""

from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter

import numpy as np
from numpy.typing import NDArray

from drawing import Box, Figure
from drawing.layout import centred_text
from drawing.shapes import LEFT, caption
from drawing.style import GAP, HEIGHT, LEADING
from verdict import GPT, GPTConfig, block, feed_forward, normalize

IDS = [[6109, 3626, 6100, 345], [6109, 1110, 6622, 257]]
PITCH = HEIGHT + 16
BOX, SHAPE, SPREAD = LEFT + 44, LEFT + 200, LEFT + 316
"""Where the boxes, their shapes and their spreads stand, from left to right."""

Step = tuple[str, NDArray[np.floating] | None, tuple[int, ...], str]
"""A name, the numbers that leave, their shape, and what happens."""


def draw() -> Figure:
    """Draw each step below the one before; the first block is drawn in its parts."""
    steps = list(run())
    figure = Figure(
        "The architecture of a GPT",
        "From top to bottom, each step with the shape of its result and the spread of its "
        "numbers. "
        + " ".join(f"{name}: {shape}{_spread(out, ', ')}." for name, out, shape, _ in steps)
        + " Two shortcuts lead past the parts of the first block.",
    )
    for x, title in ((SHAPE, "shape"), (SPREAD, "spread")):
        figure.text((x, LEADING - 6), title, "bold")
    ends: dict[str, Box] = {}
    y = float(LEADING + GAP)
    for says, rows in groupby(steps, itemgetter(3)):
        with figure.next_step(says):
            for name, out, shape, _ in rows:
                box = Box(BOX, y, 136, HEIGHT)
                figure.rectangle(box, "token" if name.startswith("+") else "plain", radius=3)
                centred_text(figure, box, name)
                base = y + HEIGHT / 2 + 5
                figure.text((SHAPE, base), str(shape), "code")
                figure.text((SPREAD, base), _spread(out), "code")
                if name != steps[0][0]:
                    figure.arrow((box.centre[0], y - PITCH + HEIGHT), box.above)
                if name.startswith("+"):
                    _shortcut(figure, ends["before"], box)
                if name in ("embeddings", "+ attention"):
                    ends["before"] = box
                y += PITCH
    caption(figure, (LEFT, y - 8), "Spread: the standard deviation of all numbers.")
    return figure


def run() -> Iterator[Step]:
    """Run a small GPT step by step, as its code does."""
    config = GPTConfig(50_257, context_length=8, width=48, heads=4, layers=2)
    model = GPT(config, seed=123)
    p, ids = model.parameters, np.array(IDS)
    says = "Two texts of four tokens, as IDs: each gets a vector for itself and one for its place."
    yield "token IDs", None, ids.shape, says
    x = p["tokens"][ids] + p["positions"][:4]
    yield "embeddings", x, x.shape, says
    attention, rest = model.blocks[0]
    normal = normalize(x, rest["norm_1_scale"], rest["norm_1_shift"])
    yield "norm", normal, normal.shape, f"Each vector has spread 1. Parameters: {2 * 48}."
    found = attention(normal)
    count = _count(attention.parameters)
    says = f"What tokens find before them is added to what came in. Parameters: {count:,}."
    yield "attention", found, found.shape, says
    x = x + found
    yield "+ attention", x, x.shape, says
    normal = normalize(x, rest["norm_2_scale"], rest["norm_2_shift"])
    yield "norm", normal, normal.shape, f"Normalized again. Parameters: {2 * 48}."
    found = feed_forward(normal, rest)
    says = f"Each token is changed by itself; added too. Parameters: {_count(rest) - 4 * 48:,}."
    yield "feed-forward", found, found.shape, says
    x = x + found
    yield "+ feed-forward", x, x.shape, says
    attention, rest = model.blocks[1]
    x = block(x, attention, rest)
    count = _count(rest) + _count(attention.parameters)
    yield "second block", x, x.shape, f"The same parts with other numbers. Parameters: {count:,}."
    x = normalize(x, p["norm_scale"], p["norm_shift"])
    says = f"Normalized, then compared with each row of the table of tokens. Parameters: {2 * 48}."
    yield "last norm", x, x.shape, says
    scores = model(IDS)
    yield "scores", scores, scores.shape, says


def _count(parameters: object) -> int:
    assert hasattr(parameters, "values")
    return sum(array.size for array in parameters.values())


def _spread(out: NDArray[np.floating] | None, before: str = "") -> str:
    return "" if out is None else f"{before}{out.std():.3f}"


def _shortcut(figure: Figure, start: Box, end: Box) -> None:
    """Lead past the parts between two boxes, on their left."""
    x = BOX - 26
    (_, top), (right, bottom) = start.before, end.before
    figure.arrow((start.left, top + 5), (x, top + 5), (x, bottom - 5), (right, bottom - 5))
