"""The shapes of multi-head attention, taken from the running code."""

import numpy as np

from drawing import Figure
from drawing.shapes import FULL, LEFT, caption, step
from drawing.style import ARROW, GAP
from verdict import MultiHeadAttention, attention_weights, causal_mask, join_heads, split_heads

BATCH, TOKENS, WIDTH, HEADS = 2, 5, 768, 12
SIDE = 280


def draw() -> Figure:
    """Draw each step with the shape of what comes out of it."""
    attention = MultiHeadAttention(WIDTH, WIDTH, TOKENS, HEADS, seed=1)
    vectors = np.ones((BATCH, TOKENS, WIDTH))
    together = attention.parameters.project(vectors, "query_key_value")
    query, key, value = (split_heads(part, HEADS) for part in np.split(together, 3, axis=-1))
    weights = attention_weights(query, key, causal_mask(TOKENS))
    found = weights @ value
    joined = join_heads(found)
    rows = (
        ("vectors", vectors),
        ("one product", together),
        ("split: queries, keys, values, each", query),
        ("weights of each head", weights),
        ("weighted sums of each head", found),
        ("joined", joined),
        ("output projection", attention.parameters.project(joined, "output")),
    )
    figure = Figure(
        "Splitting and joining heads",
        "From top to bottom, each step with the shape of its result. "
        + " ".join(f"{name}: {array.shape}." for name, array in rows),
    )
    y: float = 4
    left = LEFT + (FULL - SIDE) / 2
    for place, (name, array) in enumerate(rows):
        box = step(figure, (left, y), name, str(array.shape), width=SIDE)
        y = box.bottom + ARROW - 10
        if place + 1 < len(rows):
            figure.arrow(box.below, (box.centre[0], y))
    caption(figure, (left, y - ARROW + 10 + GAP), "With four axes: (batch, heads, tokens, ...)")
    return figure
