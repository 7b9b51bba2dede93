"""The original transformer translates: its encoder reads, its decoder writes word by word."""

from drawing import Box, Figure
from drawing.shapes import (
    CELL,
    LEFT,
    RIGHT,
    model,
    numbered,
    spread,
    text_box,
    token,
    token_width,
    vector,
)
from drawing.style import HEIGHT, LEADING, STEP
from verdict import split_words

TEXT = "This is an example"
TRANSLATION = "Das ist ein Beispiel"
CELLS = 3

ENCODER = Box(LEFT, 0, 196, 60)
"""Place and width of the encoder's side; the height is that of the encoder."""

DECODER = Box(214, 0, 142, 0)
LOOP = RIGHT - 4
"""Where the road runs from a word that was written back to the input."""


def draw() -> Figure:
    """Draw the encoder's side on the left and the decoder's on the right, in eight steps."""
    words, written = split_words(TEXT), split_words(TRANSLATION)
    so_far, new = written[:-1], written[-1]
    figure = Figure(
        "original_transformer",
        "The original transformer translates a sentence",
        f"Eight steps. On the left: 1, the text to translate, “{TEXT}”; 2, preprocessing splits it "
        f"into the tokens {', '.join(words)}; 3, the encoder reads all of it; 4, it gives an "
        "embedding for each token, and they go to the decoder. On the right: 5, the translation "
        f"so far, “{' '.join(so_far)}”; 6, preprocessing splits it into tokens too; 7, the decoder "
        f"adds one word, {new}, which returns to step 5 until the translation is complete; "
        f"8, the complete translation, “{TRANSLATION}”.",
    )
    tokens, y = _input(figure, ENCODER, 1, "Text to translate", TEXT)
    encoder = model(
        figure,
        (LEFT, y),
        "encoder",
        "reads all of it",
        width=ENCODER.width,
        height=ENCODER.height,
    )
    numbered(figure, (encoder.left + 20, encoder.centre[1]), 3)
    cells = []
    for box in tokens:
        x = box.centre[0]
        figure.arrow(box.below, (x, encoder.top))
        place = (x - CELL / 2, encoder.bottom + STEP)
        cells.append(vector(figure, place, CELLS, upright=True))
        figure.arrow((x, encoder.bottom), cells[-1].above)
    joined = cells[0].bottom + 12
    for box in cells:
        figure.line(box.below, (box.centre[0], joined))
    figure.arrow((cells[0].centre[0], joined), (DECODER.left, joined))
    numbered(figure, (LEFT + 12, joined + 26), 4)
    figure.text((LEFT + 30, joined + 31), "Embeddings", "bold")

    tokens, y = _input(figure, DECODER, 5, "Output so far", " ".join(so_far))
    decoder = model(
        figure,
        (DECODER.left, y),
        "decoder",
        "adds one word",
        "at a time",
        width=DECODER.width,
        height=joined + 14 - y,
    )
    numbered(figure, (decoder.centre[0], decoder.top + 30), 7)
    for box in tokens:
        figure.arrow(box.below, (box.centre[0], decoder.top))

    width = token_width(new)
    x = decoder.centre[0]
    box = token(figure, (x - width / 2, decoder.bottom + STEP), new, width=width, state="new")
    figure.arrow(decoder.below, box.above)
    figure.text((box.left - 10, box.centre[1] + 5), "next word", "quiet", anchor="end")
    back = 30 + HEIGHT / 2
    figure.arrow(box.after, (LOOP, box.centre[1]), (LOOP, back), (DECODER.right, back))

    result = Box(LEFT + 140, box.bottom + STEP + 8, DECODER.right - LEFT - 140, HEIGHT)
    text_box(figure, (result.left, result.top), TRANSLATION, width=result.width)
    figure.arrow(box.below, (x, result.top))
    numbered(figure, (LEFT + 12, result.centre[1]), 8)
    for line, base in (("Complete", -5), ("output", LEADING - 5)):
        figure.text((LEFT + 30, result.centre[1] + base), line, "bold")
    return figure


def _input(
    figure: Figure, side: Box, number: int, name: str, content: str
) -> tuple[list[Box], float]:
    """Draw a text and its tokens; return these, and where the model below begins."""
    numbered(figure, (side.left + 12, 13), number)
    figure.text((side.left + 30, 18), name, "bold")
    text = text_box(figure, (side.left, 30), content, width=side.width)
    split = figure.rectangle(Box(side.left, text.bottom + STEP, side.width, LEADING + 14), radius=3)
    figure.arrow(text.below, split.above)
    numbered(figure, (split.left + 15, split.centre[1]), number + 1)
    figure.text((split.left + 32, split.centre[1] + 5), "preprocessing", within=split)
    words = split_words(content)
    widths = [token_width(word) for word in words]
    lefts = spread(side.left, side.width, widths)
    boxes = [
        token(figure, (left, split.bottom + STEP), word)
        for left, word in zip(lefts, words, strict=True)
    ]
    for box in boxes:
        figure.arrow((box.centre[0], split.bottom), box.above)
    return boxes, boxes[0].bottom + STEP
