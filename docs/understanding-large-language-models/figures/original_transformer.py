"""The original transformer translates: its encoder reads, its decoder writes word by word."""

from drawing import Box, Figure
from drawing.shapes import (
    CELL,
    LEFT,
    bracket,
    numbered,
    spread,
    text_box,
    token,
    token_width,
    vector,
)
from drawing.style import ARROW, GAP, HEAVY, HEIGHT, LEADING
from verdict import split_words

TEXT = "This is an example"
TRANSLATION = "Das ist ein Beispiel"
CELLS = 3

ENCODER = Box(LEFT, 0, 198, 60)
"""Place and width of the encoder's side; the height is that of the encoder."""

DECODER = Box(216, 0, 138, 0)
LOOP = 366
"""Where the road runs from a word that was written back to the input."""


def draw() -> Figure:
    """Draw the encoder's side on the left and the decoder's on the right, in eight steps."""
    words, written = split_words(TEXT), split_words(TRANSLATION)
    so_far, new = written[:-1], written[-1]
    figure = Figure(
        "The original transformer translates a sentence",
        f"Eight steps. On the left: 1, the text to translate, “{TEXT}”; 2, preprocessing splits it "
        f"into the tokens {', '.join(words)}; 3, the encoder reads all of it; 4, it gives an "
        "embedding for each token, and they go to the decoder. On the right: 5, the translation "
        f"so far, “{' '.join(so_far)}”; 6, preprocessing splits it into tokens too; 7, the decoder "
        f"adds one word, {new}, which returns to step 5, again and again until the translation is "
        f"complete; 8, at the end, the complete output, “{TRANSLATION}”.",
    )
    tokens, y = _input(figure, ENCODER, 1, "Text to translate", TEXT)
    encoder = figure.rectangle(Box(LEFT, y, ENCODER.width, ENCODER.height), radius=3, weight=HEAVY)
    _named(figure, encoder, 3, "encoder", "reads all of it")
    cells = []
    for box in tokens:
        x = box.centre[0]
        figure.arrow(box.below, (x, encoder.top))
        place = (x - CELL / 2, encoder.bottom + ARROW)
        cells.append(vector(figure, place, CELLS, upright=True))
        figure.arrow((x, encoder.bottom), cells[-1].above)
    _, joined = bracket(figure, [Box(LEFT, 0, ENCODER.width, cells[0].bottom)], below=True)
    figure.arrow((encoder.right, joined), (DECODER.left, joined))
    _named(figure, Box(LEFT, joined, ENCODER.width, LEADING + 2 * GAP), 4, "Embeddings")

    tokens, y = _input(figure, DECODER, 5, "Output so far", " ".join(so_far))
    decoder = figure.rectangle(
        Box(DECODER.left, y, DECODER.width, joined + 2 * GAP - y), radius=3, weight=HEAVY
    )
    _named(figure, decoder, 7, "decoder", "adds one", "word at a", "time")
    for box in tokens:
        figure.arrow(box.below, (box.centre[0], decoder.top))

    box = token(figure, (decoder.left, decoder.bottom + ARROW), new, state="new")
    x, y = box.centre
    figure.arrow((x, decoder.bottom), box.above)
    figure.text((box.left - 10, y + 5), "next word", "quiet", anchor="end")
    back = 30 + HEIGHT / 2
    figure.arrow(box.after, (LOOP, y), (LOOP, back), (decoder.right, back))
    ways = ("again, until", "the translation", "is complete")
    for row, line in enumerate(ways, 1):
        figure.text((LOOP + GAP, y + LEADING * row + 6), line, "quiet", anchor="end")

    top = box.bottom + LEADING * len(ways) + ARROW
    result = text_box(figure, (LEFT, top), TRANSLATION, width=decoder.right - LEFT)
    figure.arrow(box.below, (x, result.top))
    figure.text((x - 12, box.bottom + LEADING + GAP), "at the end", "quiet", anchor="end")
    _named(figure, Box(LEFT, top - 2 - 26, ENCODER.width, 26), 8, "Complete output")
    return figure


def _named(figure: Figure, box: Box, number: int, name: str, *notes: str) -> None:
    """Write inside a box its number, its name, and lines that say more."""
    lines = 1 + len(notes)
    base = box.centre[1] + 5 - LEADING * (lines - 1) / 2
    numbered(figure, (box.left + 15, base - 5), number)
    figure.text((box.left + 31, base), name, "bold")
    for place, note in enumerate(notes, 1):
        figure.text((box.left + 31, base + LEADING * place), note, "quiet")


def _input(
    figure: Figure, side: Box, number: int, name: str, content: str
) -> tuple[list[Box], float]:
    """Draw a text and its tokens; return these, and where the model below begins."""
    _named(figure, Box(side.left, 0, side.width, 26), number, name)
    text = text_box(figure, (side.left, 30), content, width=side.width)
    split = figure.rectangle(
        Box(side.left, text.bottom + ARROW, side.width, LEADING + 14), radius=3
    )
    figure.arrow(text.below, split.above)
    numbered(figure, (split.left + 15, split.centre[1]), number + 1)
    figure.text((split.left + 30, split.centre[1] + 5), "preprocessing", within=split)
    words = split_words(content)
    lefts = spread(side.left, side.width, list(map(token_width, words)))
    boxes = [
        token(figure, (left, split.bottom + ARROW), word)
        for left, word in zip(lefts, words, strict=True)
    ]
    for box in boxes:
        figure.arrow((box.centre[0], split.bottom), box.above)
    return boxes, boxes[0].bottom + ARROW
