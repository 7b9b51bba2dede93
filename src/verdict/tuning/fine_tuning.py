"""Fine-tuning: the steps of training, on examples that have their targets."""

from collections.abc import Iterator

import numpy as np

from verdict.checks.arrays import IdArray, Ids, checked_examples, id_row
from verdict.checks.numbers import check_rate, checked_int, checked_size
from verdict.checks.seeds import random_generator
from verdict.checks.training import check_trainable
from verdict.text.windows import Examples
from verdict.training.gradients import Model
from verdict.training.loss import IGNORED
from verdict.training.optimizer import AdamW
from verdict.training.random_windows import random_windows
from verdict.training.steps import Step, train_on


def fine_tune(  # noqa: PLR0913 - all but the first four have a value that will do
    model: Model,
    inputs: Ids,
    targets: Ids,
    steps: int,
    *,
    rehearsal: Ids | None = None,
    rehearsed: float = 0.25,
    optimizer: AdamW | None = None,
    seed: int | np.random.Generator | None = None,
    batch_size: int = 16,
    peak: float = 1e-3,
    warm_up: int | None = None,
    least: float = 0.1,
    limit: float = 1.0,
    unseen: list[int] | None = None,
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
        rehearsal: A text, such as that of pretraining, of which windows join each batch, so that
            a GPT does not forget it.
        rehearsed: Which share of a batch are windows of the rehearsal; rounded to whole rows.
        optimizer: What moves the weights: without one, an `AdamW` with its usual numbers.
        seed: For the order of the examples, and for dropout.
        batch_size: How many examples a step takes.
        peak: See `learning_rate`.
        warm_up: See `learning_rate`: without it, 20 steps, or a tenth of all if that is less.
        least: See `learning_rate`.
        limit: The longest that all gradients together may be, see `clip_gradients`.
        unseen: The numbers of the examples that are still to be seen before all begin again. Each
            step takes its own out of the list. With the same list, optimizer and generator, a
            second call goes on as if nothing had been between.

    Returns:
        An iterator over the steps that are left. Each is made when it is asked for.

    Raises:
        TypeError: If a number or an ID is of another type.
        ValueError: If there is no example, there are not as many targets as inputs, the text to
            rehearse is too short, a batch has no place for it and for an example, a classifier is
            to rehearse, a number is out of range, or the optimizer is that of another model.
        IndexError: If the model does not know a token, or a class, or `unseen` has a number that
            no example has.

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
    batch_size, random = checked_size("batch_size", batch_size), random_generator(seed)
    check_rate("rehearsed", rehearsed)
    # A batch is made of examples, and of windows of the text that is rehearsed.
    text = id_row(rehearsal) if rehearsal is not None and rehearsed else None
    window_count = 0 if text is None else round(batch_size * rehearsed)
    example_count = batch_size - window_count
    if text is not None:
        _check_rehearsal(len(text), inputs, targets, window_count, example_count)
    queue = [] if unseen is None else unseen
    queue[:] = [checked_int("unseen", number) for number in queue]
    if outside := [number for number in queue if not 0 <= number < len(inputs)]:
        raise IndexError(f"unseen has {outside[0]}, and there are {len(inputs):,} examples")

    def next_batch() -> Examples:
        while len(queue) < example_count:
            queue.extend(random.permutation(len(inputs)).tolist())
        chosen = queue[:example_count]
        del queue[:example_count]
        rows, right = _shortened(inputs[chosen], targets[chosen])
        if text is None:
            return rows, right
        windows, following = random_windows(text, rows.shape[1], window_count, random)
        # Both have the shape (batch_size, tokens).
        return np.concatenate([rows, windows]), np.concatenate([right, following])

    return train_on(
        model,
        next_batch,
        steps,
        optimizer=optimizer,
        generator=random,
        peak=peak,
        warm_up=warm_up,
        least=least,
        limit=limit,
    )


def _check_rehearsal(
    text_length: int, inputs: IdArray, targets: IdArray, window_count: int, example_count: int
) -> None:
    """Make sure that a batch can have windows of a text beside its examples.

    Raises:
        ValueError: If it cannot.
    """
    if targets.ndim == 1:
        raise ValueError("rehearsal is for a GPT: a classifier writes no text, so it forgets none")
    check_trainable(text_length, inputs.shape[-1])
    if not (window_count and example_count):
        raise ValueError(
            f"a batch of {window_count + example_count} has {example_count} examples and "
            f"{window_count} windows of the rehearsal: it needs one of each at least, so make "
            "batch_size larger"
        )


def _shortened(inputs: IdArray, targets: IdArray) -> tuple[IdArray, IdArray]:
    """Leave out the places at the end at which no target counts: no token sees what follows it."""
    if targets.ndim == 1:  # a class for each row
        return inputs, targets
    counting = np.flatnonzero((targets != IGNORED).any(axis=0))  # the places where one counts
    end = int(counting[-1]) + 1 if len(counting) else inputs.shape[1]
    return inputs[:, :end], targets[:, :end]
