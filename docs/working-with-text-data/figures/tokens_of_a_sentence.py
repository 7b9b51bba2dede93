"""A sentence as GPT-2 reads it: common words whole, rare ones in parts, spaces with their words."""

from drawing import Figure
from drawing.geometry import steady
from drawing.shapes import FULL, LEFT, caption, key, label, text_box, token, token_id, token_width
from drawing.style import ARROW, GAP, HEIGHT
from verdict import BytePairTokenizer, split_gpt2

SENTENCE = "Teapots outsold saxophones in 2019, didn't they?"
WITHIN = 2
"""Between the tokens of one word."""

ROW = 2 * HEIGHT + 3 * GAP


def draw() -> Figure:
    """Draw the sentence and its tokens, those of a word close together, each above its ID."""
    tokenizer = BytePairTokenizer.gpt2()
    words = [tokenizer.encode(word) for word in split_gpt2(SENTENCE)]
    shown = [[tokenizer.decode([token_id]).replace(" ", "␣") for token_id in ids] for ids in words]
    parts = [(" ".join(tokens), len(tokens)) for tokens in shown if len(tokens) > 1]
    ids = [token_id for word in words for token_id in word]
    figure = Figure(
        "The tokens of a sentence",
        f"The sentence “{SENTENCE}” becomes {len(ids)} tokens of GPT-2, from {len(words)} words: "
        f"{' '.join(part for tokens in shown for part in tokens)}, where ␣ is a space. In parts "
        f"are {', '.join(f'{tokens} ({number})' for tokens, number in parts)}. Below each token "
        f"stands its token ID: {', '.join(map(str, ids))}.",
    )
    label(figure, (LEFT, 0), "Text")
    text = text_box(figure, (LEFT, 24), SENTENCE)
    y = text.bottom + ARROW
    label(figure, (LEFT, y - 4), "Tokens", f"{len(ids)}, with their IDs")
    x, y = float(LEFT), y + 24
    for tokens, numbers in zip(shown, words, strict=True):
        widths = [
            max(token_width(part), token_width(str(number)))
            for part, number in zip(tokens, numbers, strict=True)
        ]
        if steady(x + sum(widths) + WITHIN * (len(widths) - 1)) > LEFT + FULL:
            x, y = LEFT, y + ROW
        for part, number, width in zip(tokens, numbers, widths, strict=True):
            token(figure, (x, y), part, width=width)
            token_id(figure, (x, y + HEIGHT + 4), number, width=width)
            x += width + WITHIN
        x += GAP
    y += ROW
    space = key(figure, (LEFT, y), "␣", meaning="a space, part of the token that it is in")
    caption(figure, (LEFT, space.bottom + GAP), "Tokens that touch are parts of one word.")
    return figure
