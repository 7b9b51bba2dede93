"""What enters a model: the vector of each token plus the vector of its position."""

from drawing import Box, Figure
from drawing.shapes import LEFT, caption, label, numbers, token_id
from drawing.style import GAP, HEIGHT, LEADING, THIN
from verdict import (
    SimpleTokenizerV1,
    build_vocabulary,
    embed_tokens,
    embedding_table,
    input_vectors,
    learned_positions,
    read_story,
    sliding_windows,
    split_words,
)

TEXT = "I had always thought so, you know."
CONTEXT_LENGTH, WIDTH = 3, 2
NUMBER, PLACE, CELL = 44, 22, 40
TOKEN, PLUS, POSITION, EQUALS, SUM = LEFT, 143, 154, 273, 284
"""Where the columns begin, and the middles of the signs between them."""


def draw() -> Figure:
    """Draw two examples below each other: the positions are the same in both."""
    vocabulary = build_vocabulary(split_words(read_story()))
    ids = SimpleTokenizerV1(vocabulary).encode(TEXT)
    inputs, _ = sliding_windows(ids, CONTEXT_LENGTH, CONTEXT_LENGTH)
    token_table = embedding_table(len(vocabulary), WIDTH, seed=10, spread=1)
    position_table = learned_positions(CONTEXT_LENGTH, WIDTH, seed=11, spread=1)
    tokens = embed_tokens(token_table, inputs).tolist()
    sums = input_vectors(inputs, token_table, position_table)
    shape = f"({', '.join(map(str, sums.shape))})"
    first = [_said(v) for v in (tokens[0][0], position_table.tolist()[0], sums.tolist()[0][0])]
    figure = Figure(
        "Token plus position",
        f"Two examples of {CONTEXT_LENGTH} tokens each. The vector of each token, of {WIDTH} "
        "numbers, is added to the vector of its position. The positions are 0, 1 and 2 in both "
        f"examples, and have the same vectors there. The first token: {first[0]} plus {first[1]} "
        f"is {first[2]}. The sums have the shape {shape}.",
    )
    for x, name in ((TOKEN, "Token"), (POSITION, "Position"), (SUM, "Sum")):
        label(figure, (x, 0), name)
    y: float = LEADING + GAP
    for example, rows in enumerate(inputs.tolist()):
        for place, number in enumerate(rows):
            token_id(figure, (TOKEN, y), number, width=NUMBER)
            numbers(figure, (TOKEN + NUMBER + 4, y), tokens[example][place], width=CELL)
            box = figure.rectangle(Box(POSITION, y, PLACE, HEIGHT - 4), weight=THIN)
            base = box.centre[1] + 5
            figure.text((box.centre[0], base), str(place), "code", anchor="middle")
            numbers(figure, (POSITION + PLACE + 4, y), position_table[place].tolist(), width=CELL)
            numbers(figure, (SUM, y), sums[example, place].tolist(), width=CELL)
            figure.text((PLUS, base), "+", "code", anchor="middle")
            figure.text((EQUALS, base), "=", "code", anchor="middle")
            y += HEIGHT
        y += GAP
    caption(figure, (LEFT, y), f"Shape of the sums: {shape},", "which is (batch, context, width).")
    return figure


def _said(vector: list[float]) -> str:
    return ", ".join(f"{value:.1f}" for value in vector)
