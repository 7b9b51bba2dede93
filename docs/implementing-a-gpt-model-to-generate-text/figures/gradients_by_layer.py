"""The mean gradient of five layers, without and with shortcuts, found by nudging."""

from math import log10

import numpy as np

from drawing import Box, Figure
from drawing.shapes import LEFT, caption
from drawing.style import GAP, HEIGHT, LEADING
from verdict import gelu

WEIGHTS = (
    "-.235430 .217727 -.419641 .019124 -.491934 -.459018 -.286746 .423223 -.364820",
    "-.490014 -.113461 -.136157 -.350292 -.440439 .185322 -.211989 .378044 .408269",
    "-.260390 .412603 .492853 .182876 .461105 .275693 -.256872 -.532301 .251590",
    "-.488264 .038167 -.052493 -.165670 -.107796 .546984 -.406613 -.309682 -.045539",
    ".514426 .353046 .204937",
)
BIASES = (
    (0.261478, -0.213326, 0.216052),
    (0.107564, 0.157877, 0.557292),
    (0.237681, 0.479951, -0.076233),
    (0.018331, -0.090044, 0.090764),
    (0.125464,),
)
"""The notes' network, as the page has it."""

LEAST, DECADE = -4, 54
"""The power of ten at the left edge, and how wide a factor of ten is."""
BARS = LEFT + 74


def draw() -> Figure:
    """Draw two bars for each layer on a scale of powers of ten."""
    means = {"without": gradients(shortcuts=False), "with": gradients(shortcuts=True)}
    figure = Figure(
        "Gradients of five layers",
        "Two bars for each layer on a scale of powers of ten. "
        + " ".join(
            f"{name} shortcuts, from the first layer: {', '.join(f'{m:.4f}' for m in found)}."
            for name, found in means.items()
        ),
    )
    y = 4.0
    for layer in range(5):
        figure.text((LEFT, y + 22), f"Layer {layer + 1}", "bold")
        for name in means:
            mean = means[name][layer]
            width = (log10(mean) - LEAST) * DECADE
            bar = figure.rectangle(
                Box(BARS, y, width, 16), "quiet" if name == "without" else "token", weight=1
            )
            figure.text((bar.right + 6, y + 13), f"{mean:.4f}", note=name if layer == 0 else "")
            y += 17
        y += GAP
    figure.line((BARS, 0), (BARS, y))
    for power in range(LEAST, 1):
        x = BARS + (power - LEAST) * DECADE
        figure.line((x, y), (x, y + 5))
        label = f"{10.0**power:g}" if power > LEAST else "0.0001"
        figure.text((x, y + LEADING + 2), label, "quiet", anchor="middle")
    caption(figure, (LEFT, y + LEADING + HEIGHT / 2), "The mean size of a layer's gradients")
    return figure


def gradients(*, shortcuts: bool) -> list[float]:
    """Nudge every weight of every layer, and return the mean change of the loss."""
    weights = [np.array(row.split(), float).reshape(3, -1) for row in WEIGHTS]
    found = []
    for weight in weights:
        sizes = []
        for place in np.ndindex(*weight.shape):
            losses = []
            for step in (1e-5, -1e-5):
                weight[place] += step
                losses.append(loss(weights, shortcuts=shortcuts))
                weight[place] -= step
            sizes.append(abs(losses[0] - losses[1]) / 2e-5)
        found.append(float(np.mean(sizes)))
    return found


def loss(weights: list[np.ndarray], *, shortcuts: bool) -> float:
    """Run the network on the notes' sample, and return the square of what comes out."""
    vector = np.array([1.0, 0.0, -1.0])
    for weight, bias in zip(weights, BIASES, strict=True):
        out = gelu(vector @ weight + np.array(bias))
        vector = vector + out if shortcuts and out.shape == vector.shape else out
    return float(vector[0] ** 2)
