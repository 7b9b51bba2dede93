"""Training: a batch, its gradients, a step; and again."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

import numpy as np

from verdict.checks.arrays import Ids, id_row
from verdict.checks.numbers import checked_size
from verdict.checks.seeds import random_generator
from verdict.checks.training import check_measurable, check_trainable
from verdict.model.gpt import GPT
from verdict.text.windows import Examples
from verdict.training.evaluation import evaluate
from verdict.training.gradients import Model, loss_and_gradients
from verdict.training.optimizer import AdamW
from verdict.training.random_windows import random_windows
from verdict.training.schedule import clip_gradients, learning_rate


class Step(NamedTuple):
    """What a step of training tells of itself.

    Attributes:
        step: Which step it was, counted from 1.
        rate: Its learning rate.
        training_loss: The loss of its batch, before the weights moved.
        validation_loss: The loss of the validation text after it, where that was measured.
    """

    step: int
    rate: float
    training_loss: float
    validation_loss: float | None


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


def train_on(  # noqa: PLR0913 - see `train`
    model: Model,
    next_batch: Callable[[], Examples],
    steps: int,
    *,
    measure: Callable[[int], float | None] = lambda step: None,
    optimizer: AdamW | None,
    generator: np.random.Generator,
    peak: float,
    warm_up: int | None,
    least: float,
    limit: float,
) -> Iterator[Step]:
    """Train a model on batches that come from anywhere: what `train` and `fine_tune` share.

    Args:
        model: What has the weights that move.
        next_batch: Gives the inputs and targets of a step.
        steps: See `train`.
        measure: Is told each step, and may measure the model after it.
        optimizer: See `train`.
        generator: For dropout.
        peak: See `train`.
        warm_up: See `train`.
        least: See `train`.
        limit: See `train`.

    Returns:
        An iterator over the steps that are left. Each is made when it is asked for.

    Raises:
        TypeError: If a number is of another type.
        ValueError: If one is out of range, or the optimizer is that of another model.
    """
    steps = checked_size("steps", steps)
    warm_up = min(20, steps // 10) if warm_up is None else warm_up
    optimizer = AdamW(model.parameters) if optimizer is None else optimizer
    if optimizer.parameters is not model.parameters:
        raise ValueError("the optimizer moves other weights: AdamW(model.parameters) is for these")

    def rate_of(step: int) -> float:
        return learning_rate(step, steps, peak=peak, warm_up=warm_up, least=least)

    rate_of(1)  # says what is wrong at once, not when the first step is asked for
    clip_gradients({}, limit)

    def all_steps() -> Iterator[Step]:
        while optimizer.steps < steps:
            step = optimizer.steps + 1
            rate = rate_of(step)
            inputs, targets = next_batch()
            loss, gradients = loss_and_gradients(model, inputs, targets, generator)
            gradients, _ = clip_gradients(gradients, limit, optimizer.digits)
            optimizer.step(gradients, rate)
            yield Step(step, rate, loss, measure(step))

    return all_steps()
