"""Training: a batch, its gradients, a step; and again."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from verdict.checks.arrays import IdArray, Ids, id_row
from verdict.checks.numbers import check_enough_tokens, checked_size
from verdict.checks.seeds import random_generator
from verdict.model.gpt import GPT
from verdict.text.windows import Examples
from verdict.training.gradients import loss_and_gradients
from verdict.training.loss import cross_entropy
from verdict.training.optimizer import AdamW
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
    text = _checked_text("ids", ids, model)
    held_out = None if validation_ids is None else id_row(validation_ids)
    steps = checked_size("steps", steps)
    warm_up = min(20, steps // 10) if warm_up is None else warm_up
    evaluate_every = checked_size("evaluate_every", evaluate_every)
    batch_size = checked_size("batch_size", batch_size)
    random = random_generator(seed)
    optimizer = AdamW(model.parameters) if optimizer is None else optimizer
    if optimizer.parameters is not model.parameters:
        raise ValueError("the optimizer moves other weights: AdamW(model.parameters) is for these")

    def rate_of(step: int) -> float:
        return learning_rate(step, steps, peak=peak, warm_up=warm_up, least=least)

    rate_of(1)  # says what is wrong at once, not when the first step is asked for
    clip_gradients({}, limit)
    if held_out is not None:
        _check_length(held_out)

    def all_steps() -> Iterator[Step]:
        while optimizer.steps < steps:
            step = optimizer.steps + 1
            rate = rate_of(step)
            inputs, targets = random_windows(text, model.config.context_length, batch_size, random)
            loss, gradients = loss_and_gradients(model, inputs, targets, random)
            gradients, _ = clip_gradients(gradients, limit, optimizer.digits)
            optimizer.step(gradients, rate)
            is_due = step % evaluate_every == 0 or step == steps
            measured = evaluate(model, held_out) if is_due and held_out is not None else None
            yield Step(step, rate, loss, measured)

    return all_steps()


def random_windows(
    ids: Ids, context_length: int, count: int, seed: int | np.random.Generator | None = None
) -> Examples:
    """Cut windows from random places of a text.

    Args:
        ids: The text.
        context_length: How many tokens each has.
        count: How many there are. Two may come from the same place.
        seed: For the places.

    Returns:
        The inputs, and their targets, which are one token further on: twice (count,
        context_length).

    Raises:
        TypeError: If a number or an ID is no integer.
        ValueError: If the text is too short, or a number below 1.

    Examples:
        >>> inputs, targets = random_windows(range(100), 4, 2, seed=1)
        >>> inputs
        array([[45, 46, 47, 48],
               [49, 50, 51, 52]])
        >>> targets
        array([[46, 47, 48, 49],
               [50, 51, 52, 53]])
    """
    text = id_row(ids if isinstance(ids, np.ndarray) else list(ids))
    context_length = checked_size("context_length", context_length)
    check_enough_tokens(len(text), context_length)
    starts = random_generator(seed).integers(
        0, len(text) - context_length, checked_size("count", count)
    )
    windows = text[starts[:, None] + np.arange(context_length + 1)]  # (count, context_length + 1)
    return windows[:, :-1], windows[:, 1:]


def evaluate(model: GPT, ids: Ids, batch_size: int = 8) -> float:
    """Measure a model's loss on a text: the mean over all its tokens but the first.

    The text is read in windows of the context's length that do not overlap; the last may be
    shorter. Nothing is dropped, and no gradient is computed.

    Args:
        model: The model.
        ids: The text.
        batch_size: How many windows are read at once. It changes the memory that is needed.

    Returns:
        The loss.

    Raises:
        TypeError: If an ID is no integer.
        ValueError: If the text has less than two tokens.
        IndexError: If the model does not know a token.
    """
    text = id_row(ids)
    _check_length(text)
    batch_size = checked_size("batch_size", batch_size)
    length = model.config.context_length
    inputs, targets = text[:-1], text[1:]
    whole = len(inputs) // length * length
    total = 0.0
    for start in range(0, whole, batch_size * length):
        part = slice(start, min(start + batch_size * length, whole))
        scores = model(inputs[part].reshape(-1, length))
        total += cross_entropy(scores, targets[part].reshape(-1, length)) * len(inputs[part])
    if whole < len(inputs):
        rest = cross_entropy(model(inputs[whole:]), targets[whole:])
        total += rest * (len(inputs) - whole)
    return float(total / len(inputs))


def _checked_text(name: str, ids: Ids, model: GPT) -> IdArray:
    text = id_row(ids)
    length = model.config.context_length
    if len(text) <= length:
        raise ValueError(
            f"{name} has {len(text)} tokens, and the model's context {length}: training needs a "
            f"text of {length + 1} tokens or more, or a model with a shorter context"
        )
    return text


def _check_length(text: IdArray) -> None:
    if len(text) < 2:
        raise ValueError(
            f"a text to measure needs two tokens or more, a token and what comes after it: "
            f"this one has {len(text)}"
        )
