"""Fine-tuning: the steps of training, on examples that have their targets."""

from collections.abc import Iterator

import numpy as np

from verdict.checks.arrays import IdArray, Ids, checked_examples
from verdict.checks.numbers import checked_size
from verdict.checks.seeds import random_generator
from verdict.training.gradients import Model, loss_and_gradients
from verdict.training.loop import Step
from verdict.training.loss import IGNORED
from verdict.training.optimizer import AdamW
from verdict.training.schedule import clip_gradients, learning_rate


def fine_tune(  # noqa: PLR0913 - all but the first four have a value that will do
    model: Model,
    inputs: Ids,
    targets: Ids,
    steps: int,
    *,
    optimizer: AdamW | None = None,
    seed: int | np.random.Generator | None = None,
    batch_size: int = 16,
    peak: float = 1e-3,
    warm_up: int | None = None,
    least: float = 0.1,
    limit: float = 1.0,
) -> Iterator[Step]:
    """Train a model on examples, a step each time that the next one is asked for.

    A step is that of `train`; only what it sees differs. All examples are seen once in random
    order, then once more in another, and so on.

    Args:
        model: The model: a `GPT`, a `Classifier`, or a `Trainable` part of one. Its weights are
            replaced in each step.
        inputs: Token IDs, a row for each example, as `pad_rows` makes them.
        targets: What is right: for a classifier the class of each row; for a GPT the next token
            at each place of the row, or -100 where none counts.
        steps: How many steps the training has in all, those that the optimizer has made before
            among them.
        optimizer: What moves the weights: without one, an `AdamW` with its usual numbers.
        seed: For the order of the examples, and for dropout.
        batch_size: How many examples a step takes.
        peak: See `learning_rate`.
        warm_up: See `learning_rate`: without it, 20 steps, or a tenth of all if that is less.
        least: See `learning_rate`.
        limit: The longest that all gradients together may be, see `clip_gradients`.

    Returns:
        An iterator over the steps that are left. Each is made when it is asked for.

    Raises:
        TypeError: If a number or an ID is of another type.
        ValueError: If there is no example, there are not as many targets as inputs, a number is
            out of range, or the optimizer is that of another model.
        IndexError: If the model does not know a token, or a class.

    Examples:
        >>> from verdict import GPT, Classifier, GPTConfig
        >>> model = GPT(GPTConfig(9, context_length=4, width=8, heads=2, layers=1), seed=1)
        >>> classifier = Classifier(model, padding=0, seed=1)
        >>> rows, labels = [[1, 2, 0], [3, 4, 5], [1, 3, 0], [4, 2, 2]], [1, 0, 1, 0]
        >>> steps = fine_tune(classifier, rows, labels, 30, seed=1, peak=0.03)
        >>> losses = [step.training_loss for step in steps]
        >>> print(f"{losses[0]:.2f} {losses[-1]:.2f}")
        0.69 0.00
    """
    inputs, targets = checked_examples(inputs, targets)
    if not len(inputs):
        raise ValueError("inputs must have one example at least")
    steps, batch_size = checked_size("steps", steps), checked_size("batch_size", batch_size)
    warm_up = min(20, steps // 10) if warm_up is None else warm_up
    random = random_generator(seed)
    optimizer = AdamW(model.parameters) if optimizer is None else optimizer
    if optimizer.parameters is not model.parameters:
        raise ValueError("the optimizer moves other weights: AdamW(model.parameters) is for these")

    def rate_of(step: int) -> float:
        return learning_rate(step, steps, peak=peak, warm_up=warm_up, least=least)

    rate_of(1)  # says what is wrong at once, not when the first step is asked for
    clip_gradients({}, limit)

    def all_steps() -> Iterator[Step]:
        order = np.empty(0, int)
        while optimizer.steps < steps:
            while len(order) < batch_size:
                order = np.concatenate([order, random.permutation(len(inputs))])
            chosen, order = order[:batch_size], order[batch_size:]
            some, right = _shortened(inputs[chosen], targets[chosen])
            rate = rate_of(optimizer.steps + 1)
            loss, gradients = loss_and_gradients(model, some, right, random)
            gradients, _ = clip_gradients(gradients, limit, optimizer.digits)
            optimizer.step(gradients, rate)
            yield Step(optimizer.steps, rate, loss, None)

    return all_steps()


def _shortened(inputs: IdArray, targets: IdArray) -> tuple[IdArray, IdArray]:
    """Leave out the places at the end at which no target counts: no token sees what follows it."""
    if targets.ndim == 1:  # a class for each row
        return inputs, targets
    counts = np.flatnonzero((targets != IGNORED).any(axis=0))
    end = int(counts[-1]) + 1 if len(counts) else inputs.shape[1]
    return inputs[:, :end], targets[:, :end]
