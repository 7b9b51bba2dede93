"""One sentence on its way from text to token IDs, with the numbers that the story gives it."""

from drawing import Figure
from drawing.shapes import RIGHT, spread, text_box, token, token_id, token_width
from drawing.shapes import side_label as label
from drawing.style import STEP
from verdict import SimpleTokenizerV1, build_vocabulary, read_story, split_words

TEXT = "I had always thought so."
LEFT = 78
WIDTH = RIGHT - LEFT


def draw() -> Figure:
    """Draw the text, its tokens below it, and the token ID below each token."""
    tokenizer = SimpleTokenizerV1(build_vocabulary(split_words(read_story())))
    words, ids = split_words(TEXT), tokenizer.encode(TEXT)
    figure = Figure(
        "pipeline",
        "From a text to token IDs",
        f"From top to bottom. The text “{TEXT}” is split into the tokens {' '.join(words)} "
        f"Each becomes the token ID that it has in the vocabulary of the story: "
        f"{', '.join(map(str, ids))}.",
    )
    text = text_box(figure, (LEFT, 4), TEXT, width=WIDTH)
    label(figure, text, "Text")
    widths = [
        max(token_width(word), token_width(str(number)))
        for word, number in zip(words, ids, strict=True)
    ]
    lefts = spread(LEFT, WIDTH, widths)
    tokens = [
        token(figure, (left, text.bottom + STEP), word, width=width)
        for left, word, width in zip(lefts, words, widths, strict=True)
    ]
    label(figure, tokens[0], "Tokens")
    numbers = [
        token_id(figure, (above.left, above.bottom + STEP), number, width=above.width)
        for above, number in zip(tokens, ids, strict=True)
    ]
    label(figure, numbers[0], "Token", "IDs")
    for above, below in zip(tokens, numbers, strict=True):
        figure.arrow((above.centre[0], text.bottom), above.above)
        figure.arrow(above.below, below.above)
    return figure
