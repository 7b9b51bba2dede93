"""Looking up token embeddings: each token ID picks a row of the table."""

from drawing import Box, Figure
from drawing.shapes import LEFT, RIGHT, bottom, caption, label, numbers, token_id
from drawing.style import GAP, HEIGHT, LEADING
from verdict import embed_tokens, embedding_table

ROWS, WIDTH, SEED = 6, 3, 1
IDS = (2, 3, 5, 2)
NUMBER, CELL = 28, 40
SIDE = NUMBER + 4 + WIDTH * CELL
"""Width of a token ID with its vector."""


def draw() -> Figure:
    """Draw the table on the left, the looked-up vectors on the right, lines in between."""
    table = embedding_table(ROWS, WIDTH, seed=SEED, spread=1)
    rows = "; ".join(f"{number}: {_listed(row)}" for number, row in enumerate(table.tolist()))
    figure = Figure(
        "Token IDs pick rows of a table",
        f"An embedding table of {ROWS} rows with {WIDTH} numbers each. Its rows are {rows}. The "
        f"token IDs {', '.join(map(str, IDS))} are looked up: each becomes a copy of the row "
        "with its number, the same row for the same ID. Rows that no ID names are not used.",
    )
    label(figure, (LEFT, 0), "Embedding table")
    label(figure, (RIGHT - SIDE, 0), "Vectors")
    caption(figure, (LEFT, LEADING), f"({ROWS}, {WIDTH})")
    caption(figure, (RIGHT - SIDE, LEADING), f"({len(IDS)}, {WIDTH})")
    top = 2 * LEADING + GAP
    places = [_row(figure, LEFT, top, number, row) for number, row in enumerate(table.tolist())]
    inset = (bottom(places) - top - len(IDS) * HEIGHT - (len(IDS) - 1) * 3 * GAP) / 2
    vectors = embed_tokens(table, IDS).tolist()
    for place, (number, vector) in enumerate(zip(IDS, vectors, strict=True)):
        y = top + inset + place * (HEIGHT + 3 * GAP)
        box = _row(figure, RIGHT - SIDE, y, number, vector)
        end = RIGHT - SIDE, box.centre[1]
        figure.arrow(places[number].after, (end[0] - 10, end[1]), end)
    return figure


def _row(figure: Figure, x: float, y: float, number: int, values: list[float]) -> Box:
    """Draw a token ID with its vector, in a row of a table as high as the others."""
    y = y if x > LEFT else y + number * (HEIGHT + GAP)
    token_id(figure, (x, y), number, width=NUMBER)
    return numbers(figure, (x + NUMBER + 4, y), values, width=CELL)


def _listed(values: list[float]) -> str:
    return ", ".join(f"{value:.1f}" for value in values)
