"""What a model computes for each new token, with a cache and without."""

from drawing import Box, Figure
from drawing.shapes import caption, label
from drawing.style import GAP, LEADING
from verdict import GPT, Cache, GPTConfig

TOKENS = 6
SIDE, X, RIGHT_X = 22.0, 40.0, 226.0


def computed() -> tuple[list[int], list[int]]:
    """Count the tokens that are new to the model at each length, without a cache and with one."""
    model = GPT(GPTConfig(10, context_length=TOKENS, width=8, heads=2, layers=1), seed=1)
    cache, new = Cache(), []
    for length in range(1, TOKENS + 1):
        known = cache.layers[0].length if cache.layers else 0
        model.next_token_scores(list(range(length)), cache)
        new.append(length - known)
    return list(range(1, TOKENS + 1)), new


def draw() -> Figure:
    """Draw a row for each length of the text: filled is computed, empty is kept."""
    without, with_cache = computed()
    figure = Figure(
        "Keys and values kept",
        f"Two triangles of squares, a row for each length of a text from 1 to {TOKENS}, a square "
        f"for each token. Without a cache all {sum(without)} are computed. With one, "
        f"{sum(with_cache)} are, the last of each row; the others are kept.",
    )
    for x, name, new in ((X, "Without a cache", without), (RIGHT_X, "With a cache", with_cache)):
        label(figure, (x, 0), name)
        for row, count in enumerate(new):
            y = LEADING + GAP + row * (SIDE + 4)
            for place in range(row + 1):
                is_new = place > row - count
                box = Box(x + place * (SIDE + 2), y, SIDE, SIDE)
                figure.rectangle(box, "vector" if is_new else "quiet", dashed=not is_new)
        total = f"{sum(new)} computed"
        figure.text((x, LEADING + GAP + TOKENS * (SIDE + 4) + 18), total, "bold")
    foot = LEADING + GAP + TOKENS * (SIDE + 4) + 26
    caption(figure, (X, foot), "Each row is longer by a token.")
    return figure
