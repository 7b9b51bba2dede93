"""A prompt on its way through the untrained model of the page, and back to text."""

import numpy as np

from drawing import Box, Figure
from drawing.shapes import FULL, LEFT, label, step, text_box, token_id
from drawing.style import ARROW, HEIGHT, LEADING
from verdict import (
    GPT,
    GPTConfig,
    SimpleTokenizerV1,
    build_vocabulary,
    generate,
    read_story,
    split_words,
)

PROMPT, ADDED = "I HAD always thought", 10
IN_ROW = 5
PITCH = FULL / IN_ROW
LINE = HEIGHT + 2


def draw() -> Figure:
    """Draw the text, its token IDs, the model and its scores, the new IDs, and the text again."""
    vocabulary = build_vocabulary(split_words(read_story()))
    tokenizer = SimpleTokenizerV1(vocabulary)
    model = GPT(GPTConfig(len(vocabulary), 256, width=64, heads=4, layers=2, dropout=0.1), seed=123)
    ids = tokenizer.encode(PROMPT)
    best = float(np.max(model.next_token_scores(ids)))
    new = list(generate(model, ids, ADDED))
    written = tokenizer.decode(ids + new)
    figure = Figure(
        "From text to text",
        f"From top to bottom. The text “{PROMPT}” becomes the token IDs {_listed(ids)}. The model "
        f"gives each of {len(vocabulary):,} tokens a score to come next, the largest {best:.2f}, "
        f"that of {new[0]}. Ten times the best is added: {_listed(new)}. They become text again: "
        f"“{written}”.",
    )
    with figure.next_step("A text goes in."):
        box = text_box(figure, (LEFT, 4), PROMPT, width=FULL)
    with figure.next_step("The tokenizer turns it into token IDs: the model knows nothing else."):
        box = _ids(figure, box, "encode", ids)
    with figure.next_step("The model gives each token a score to come next."):
        box = _below(figure, box, "model", f"{len(vocabulary):,} scores, the largest {best:.2f}")
    with figure.next_step("The token with the best score is added, and so on, ten times."):
        box = _ids(figure, box, "generate", new)
    with figure.next_step("The tokenizer turns all of them into text again."):
        y = box.bottom + ARROW
        figure.arrow(box.below, (box.below[0], y))
        label(figure, (LEFT, y + 4), "decode")
        text_box(figure, (LEFT, y + 4 + LEADING), written, width=FULL)
    return figure


def _below(figure: Figure, above: Box, name: str, note: str) -> Box:
    y = above.bottom + ARROW
    figure.arrow((LEFT + FULL / 2, above.bottom), (LEFT + FULL / 2, y))
    return step(figure, (LEFT, y), name, note)


def _ids(figure: Figure, above: Box, name: str, ids: list[int]) -> Box:
    """Draw a row of token IDs below a box; return the place of the whole row."""
    y = above.bottom + ARROW
    figure.arrow((LEFT + FULL / 2, above.bottom), (LEFT + FULL / 2, y))
    label(figure, (LEFT, y + 4), name)
    top = y + 4 + LEADING
    for place, number in enumerate(ids):
        row, column = divmod(place, IN_ROW)
        left = LEFT + (FULL - PITCH * min(len(ids), IN_ROW)) / 2 + column * PITCH
        last = token_id(figure, (left + 4, top + row * LINE), number, width=PITCH - 8)
    return Box(LEFT, y, FULL, last.bottom - y)


def _listed(ids: list[int]) -> str:
    return ", ".join(map(str, ids))
