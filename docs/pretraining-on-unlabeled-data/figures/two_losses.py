"""The losses of training and validation, step by step, of the model on this page."""

import numpy as np

from drawing import Figure
from drawing.shapes import FULL, LEFT
from drawing.style import HEAVY, THIN
from verdict import (
    GPT,
    GPTConfig,
    SimpleTokenizerV1,
    build_vocabulary,
    evaluate,
    read_story,
    split_ids,
    split_words,
    train,
)

STEPS, EVERY = 300, 20
EDGE = LEFT + 24
ACROSS = (FULL - 130) / STEPS
DOWN = 230.0
UP = 24.0
"""How far a step goes to the right, and a loss of 1 up from the line of 0."""


def losses() -> tuple[int, list[tuple[int, float, float]]]:
    """Train as the page does: the size of the vocabulary; then step, training, validation."""
    words = split_words(read_story())[:600]
    vocabulary = build_vocabulary(words)
    ids = np.array(SimpleTokenizerV1(vocabulary).encode(" ".join(words)))
    training, validation = split_ids(ids, 0.1)
    config = GPTConfig(len(vocabulary), context_length=16, width=32, heads=4, layers=1)
    model = GPT(config, seed=123)
    found = [(0, evaluate(model, training), evaluate(model, validation))]
    for report in train(
        model,
        training,
        STEPS,
        validation_ids=validation,
        seed=123,
        peak=0.01,
        evaluate_every=EVERY,
    ):
        if (held_out := report.validation_loss) is not None:
            found += [(report.step, evaluate(model, training), held_out)]
    return len(vocabulary), found


def draw() -> Figure:
    """Draw both curves and the line of a model that knows nothing."""
    size, found = losses()
    nothing = float(np.log(size))
    (_, first, first_held), (_, last, last_held) = found[0], found[-1]
    figure = Figure(
        "Two losses",
        f"Two curves over {STEPS} steps. The training loss falls from {first:.1f} to {last:.1f}. "
        f"The validation loss begins at {first_held:.1f}, too, falls a little, and rises to "
        f"{last_held:.1f}. A line marks {nothing:.2f}, the loss of a model that knows nothing.",
    )
    for loss in (0, 2, 4, 6, 8):
        figure.line((EDGE - 4, _y(loss)), (EDGE, _y(loss)), weight=THIN)
        figure.text((EDGE - 8, _y(loss) + 5), str(loss), "quiet", anchor="end")
    for step in (0, 100, 200, 300):
        figure.text((_x(step), DOWN + 22), str(step), "quiet", anchor="middle")
    figure.line((EDGE, _y(8.5)), (EDGE, DOWN), (_x(STEPS), DOWN), weight=THIN)
    figure.text((EDGE, DOWN + 44), "Steps across, loss upwards.", "quiet")
    figure.line((EDGE, _y(nothing)), (_x(STEPS), _y(nothing)), weight=THIN)
    figure.line(*[(_x(step), _y(loss)) for step, loss, _ in found], weight=HEAVY)
    figure.line(*[(_x(step), _y(loss)) for step, _, loss in found], weight=HEAVY)
    figure.text((_x(STEPS) + 8, _y(last) + 5), "Training", "bold")
    figure.text((_x(STEPS) + 8, _y(last_held) + 5), "Validation", "bold")
    figure.text((_x(STEPS) + 8, _y(nothing) + 5), f"ln {size}")
    return figure


def _x(step: int) -> float:
    return EDGE + step * ACROSS


def _y(loss: float) -> float:
    return DOWN - loss * UP
