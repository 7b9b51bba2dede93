"""Training on a text: windows from random places of it, step after step."""

from collections.abc import Iterator

import numpy as np

from verdict.checks.arrays import Ids, id_row
from verdict.checks.numbers import checked_size
from verdict.checks.seeds import random_generator
from verdict.checks.training import check_measurable, check_trainable
from verdict.model.gpt import GPT
from verdict.training.evaluation import evaluate
from verdict.training.optimizer import AdamW
from verdict.training.random_windows import random_windows
from verdict.training.steps import Step, train_on


def train(  # noqa: PLR0913 - all but the first three have a value that will do
    model: GPT,
    ids: Ids,
    steps: int,
    *,
    validation_ids: Ids | None = None,
    optimizer: AdamW | None = None,
    seed: int | np.random.Generator | None = None,
    batch_size: int = 8,
    peak: float = 1e-3,
    warm_up: int | None = None,
    least: float = 0.1,
    limit: float = 1.0,
    evaluate_every: int = 25,
) -> Iterator[Step]:
    """Train a model, a step each time that the next one is asked for.

    Each step takes windows from random places of the text, finds the gradients of all weights,
    shortens them if need be, and lets the optimizer move the weights. Between two steps the
    model can be used, and the loop may end after any of them. A second call with the same model,
    optimizer and generator goes on from there as if nothing had been between.

    Args:
        model: The model. Its weights are replaced in each step.
        ids: The text to learn, as token IDs.
        steps: How many steps the training has in all, those that the optimizer has made before
            among them.
        validation_ids: A text to measure the loss of, which is not learned.
        optimizer: What moves the weights: without one, an `AdamW` with its usual numbers.
        seed: For the places of the windows, and for dropout.
        batch_size: How many windows a step takes.
        peak: See `learning_rate`.
        warm_up: See `learning_rate`: without it, 20 steps, or a tenth of all if that is less.
        least: See `learning_rate`.
        limit: The longest that all gradients together may be, see `clip_gradients`.
        evaluate_every: After how many steps the loss of the validation text is measured. After
            the last one it is in any case.

    Returns:
        An iterator over the steps that are left. Each is made when it is asked for.

    Raises:
        TypeError: If a number or an ID is of another type.
        ValueError: If a text is too short for the model's context, a number is out of range, or
            the optimizer is that of another model.
        IndexError: If the model does not know a token.

    Examples:
        >>> from verdict import GPT, GPTConfig
        >>> model = GPT(GPTConfig(vocabulary_size=5, context_length=4, width=8, heads=2, layers=1))
        >>> steps = train(model, [0, 1, 2, 3, 4] * 4, steps=3, seed=1)
        >>> [step for step, rate, training_loss, validation_loss in steps]
        [1, 2, 3]
    """
    text = id_row(ids)
    check_trainable(len(text), model.config.context_length)
    held_out = None if validation_ids is None else id_row(validation_ids)
    steps = checked_size("steps", steps)
    evaluate_every = checked_size("evaluate_every", evaluate_every)
    batch_size = checked_size("batch_size", batch_size)
    random = random_generator(seed)
    if held_out is not None:
        check_measurable(len(held_out))

    def measure(step: int) -> float | None:
        is_due = step % evaluate_every == 0 or step == steps
        return evaluate(model, held_out) if is_due and held_out is not None else None

    return train_on(
        model,
        lambda: random_windows(text, model.config.context_length, batch_size, random),
        steps,
        measure=measure,
        optimizer=optimizer,
        generator=random,
        peak=peak,
        warm_up=warm_up,
        least=least,
        limit=limit,
    )
