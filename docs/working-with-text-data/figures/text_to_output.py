"""The way of a text through a model: tokens, token IDs, vectors, the model, and text again."""

from drawing import Box, Figure, Point
from drawing.shapes import CELL, RIGHT, model, step, text_box, token, token_id, token_width, vector
from drawing.shapes import side_label as label
from drawing.style import HEIGHT, STEP
from verdict import SimpleTokenizerV1, build_vocabulary, split_words

TEXT = "This is an example."
CELLS = 4
SIDE = 28
LEFT = 108
WIDTH = RIGHT - LEFT


def draw() -> Figure:
    """Draw each stage of the data below the one before."""
    words = split_words(TEXT)
    ids = SimpleTokenizerV1(build_vocabulary(words)).encode(TEXT)
    figure = Figure(
        "text_to_output",
        "From input text through a model to output text",
        f"From top to bottom. The input text “{TEXT}” is split into the tokens "
        f"{' '.join(words)} They become the token IDs {', '.join(map(str, ids))}. Each token ID "
        "becomes a vector, its token embedding. The vectors go into a GPT-like decoder. "
        "Postprocessing turns what comes out of it into output text.",
    )
    box = text_box(figure, (LEFT, 4), TEXT, width=WIDTH)
    label(figure, box, "Input text")

    y = box.bottom + STEP
    widths = [max(token_width(word), SIDE) for word in words]
    gap = (WIDTH - sum(widths)) / (len(words) - 1)
    lefts = [LEFT + sum(widths[:place]) + gap * place for place in range(len(words))]
    boxes = [
        token(figure, (left, y), word, width=width)
        for left, word, width in zip(lefts, words, widths, strict=True)
    ]
    _fan(figure, box, boxes)
    label(figure, boxes[0], "Tokens")

    below = [
        token_id(figure, _under(above, SIDE), number, width=SIDE)
        for above, number in zip(boxes, ids, strict=True)
    ]
    _each(figure, boxes, below)
    label(figure, below[0], "Token IDs")

    cells = [vector(figure, _under(above, CELL), CELLS, upright=True) for above in below]
    _each(figure, below, cells)
    label(figure, cells[0], "Token", "embeddings")

    y = cells[0].bottom + STEP
    decoder = model(figure, (LEFT, y), "GPT-like decoder", width=WIDTH, height=64)
    for above in cells:
        figure.arrow(above.below, (above.centre[0], y))

    after = step(figure, (LEFT, decoder.bottom + STEP), "postprocessing", width=WIDTH)
    figure.arrow(decoder.below, after.above)

    output = Box(LEFT, after.bottom + STEP, WIDTH, HEIGHT)
    figure.rectangle(output, "plain", weight=1)
    for left, right in ((16, 66), (74, 98), (106, 170), (178, 226), (234, 252)):
        x, y = output.left, output.centre[1]
        figure.line((x + left, y), (x + right, y), weight=3)
    label(figure, output, "Output text")
    figure.arrow(after.below, output.above)
    return figure


def _under(above: Box, width: float) -> Point:
    return above.centre[0] - width / 2, above.bottom + STEP


def _each(figure: Figure, above: list[Box], below: list[Box]) -> None:
    for start, end in zip(above, below, strict=True):
        figure.arrow(start.below, end.above)


def _fan(figure: Figure, above: Box, below: list[Box]) -> None:
    for box in below:
        figure.arrow((box.centre[0], above.bottom), box.above)
