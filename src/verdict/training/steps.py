"""A step of training: a batch, its gradients, a move of the weights; and again."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

import numpy as np

from verdict.checks.numbers import checked_size
from verdict.text.windows import Examples
from verdict.training.gradients import Model, loss_and_gradients
from verdict.training.optimizer import AdamW
from verdict.training.schedule import clip_gradients, learning_rate


class Step(NamedTuple):
    """What is known of a step of training once it is made.

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
        measure: Is called with the number of each step after it, and may return a loss.
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
