"""The way of a text through a model: tokens, token IDs, vectors, the model, and text again."""

from collections.abc import Sequence

from drawing import Box, Figure, Point
from drawing.shapes import (
    CELL,
    RIGHT,
    caption,
    key,
    model,
    spread,
    step,
    text_box,
    text_to_come,
    token,
    token_id,
    token_width,
    vector,
)
from drawing.shapes import side_label as label
from drawing.style import ARROW, GAP, HEIGHT
from verdict import SimpleTokenizerV1, build_vocabulary, split_words

TEXT = "This is an example."
CELLS = 4
SIDE = 28
LEFT = 108
WIDTH = RIGHT - LEFT


def draw() -> Figure:
    """Draw each stage of the data below the one before; readers can step through."""
    words = split_words(TEXT)
    ids = SimpleTokenizerV1(build_vocabulary(words)).encode(TEXT)
    figure = Figure(
        "From input text through a model to output text",
        f"From top to bottom. The input text “{TEXT}” is split into the tokens "
        f"{' '.join(words)} They become the token IDs {', '.join(map(str, ids))}. Each token ID "
        "becomes a vector, its token embedding. The vectors go into a GPT-like decoder. "
        "Postprocessing turns what comes out of it into output text, the next word. It is empty, "
        "as no model has run here.",
    )
    with figure.next_step("A text goes in."):
        text = text_box(figure, (LEFT, 4), TEXT, width=WIDTH)
        label(figure, text, "Input text")

    with figure.next_step("The text is split into tokens."):
        boxes = _tokens(figure, text.bottom + ARROW, words)
        for box in boxes:
            figure.arrow((box.centre[0], text.bottom), box.above)
        label(figure, boxes[0], "Tokens")

    with figure.next_step("Each token becomes a token ID."):
        numbers = [
            token_id(figure, _under(above, SIDE), number, width=SIDE)
            for above, number in zip(boxes, ids, strict=True)
        ]
        _each(figure, boxes, numbers)
        label(figure, numbers[0], "Token IDs")

    with figure.next_step("Each token ID becomes a vector."):
        cells = [vector(figure, _under(above, CELL), CELLS, upright=True) for above in numbers]
        _each(figure, numbers, cells)
        label(figure, cells[0], "Token", "embeddings")

    with figure.next_step("The vectors go through the model."):
        top = cells[0].bottom + ARROW
        decoder = model(figure, (LEFT, top), "GPT-like decoder", width=WIDTH, height=64)
        for above in cells:
            figure.arrow(above.below, (above.centre[0], top))

    with figure.next_step("What comes out is made into text."):
        after = step(figure, (LEFT, decoder.bottom + ARROW), "postprocessing", width=WIDTH)
        figure.arrow(decoder.below, after.above)
        place = LEFT, after.bottom + ARROW
        output = text_to_come(figure, place, "the next word", width=WIDTH)
        figure.arrow(after.below, output.above)
        label(figure, output, "Output text")
    y = output.bottom + 2 * GAP
    word = key(figure, (LEFT, y), "is", meaning="word")
    key(figure, (word.right + 2 * GAP, y), ".", meaning="punctuation mark")
    caption(figure, (LEFT, y + HEIGHT + GAP), "The output is empty: no model", "has run here.")
    return figure


def _tokens(figure: Figure, y: float, words: Sequence[str]) -> list[Box]:
    """Draw the tokens over the whole width, none narrower than a token ID."""
    widths = [max(token_width(word), SIDE) for word in words]
    lefts = spread(LEFT, WIDTH, widths)
    return [
        token(figure, (left, y), word, width=width)
        for left, word, width in zip(lefts, words, widths, strict=True)
    ]


def _under(above: Box, width: float) -> Point:
    return above.centre[0] - width / 2, above.bottom + ARROW


def _each(figure: Figure, above: list[Box], below: list[Box]) -> None:
    for start, end in zip(above, below, strict=True):
        figure.arrow(start.below, end.above)
