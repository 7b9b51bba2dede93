"""Training examples in batches: some at a time, in order or shuffled."""

from collections.abc import Iterator

import numpy as np

from verdict.checks.arrays import IdArray, Ids, checked_examples
from verdict.checks.numbers import checked_size
from verdict.checks.seeds import random_generator
from verdict.text.windows import Examples


def batches(
    inputs: Ids,
    targets: Ids,
    batch_size: int,
    *,
    seed: int | np.random.Generator | None = None,
    drop_last: bool = False,
) -> Iterator[Examples]:
    """Group examples into batches, in order or shuffled.

    Args:
        inputs: The inputs, one in each row.
        targets: Their targets, in the same order.
        batch_size: How many examples each batch has.
        seed: Shuffles. The same number gives the same order each time, a generator does not.
            Without it the order is that of the text, and nothing is copied.
        drop_last: Whether to leave out a last batch that is not full.

    Returns:
        An iterator over the batches: inputs and targets, each of shape (batch_size,
        context_length), the last one with fewer rows where the examples do not fill it.

    Raises:
        TypeError: If `batch_size`, `seed` or a token ID is no integer.
        ValueError: If `batch_size` is below 1, `seed` is negative, or there are not as many
            targets as inputs.

    Examples:
        >>> inputs, targets = sliding_windows(range(8), 2, stride=2)
        >>> for some_inputs, some_targets in batches(inputs, targets, batch_size=2):
        ...     print(some_inputs.tolist(), some_targets.tolist())
        [[0, 1], [2, 3]] [[1, 2], [3, 4]]
        [[4, 5]] [[5, 6]]
    """
    batch_size = checked_size("batch_size", batch_size)
    shuffle = None if seed is None else random_generator(seed)
    inputs, targets = checked_examples(inputs, targets)
    return _batches(inputs, targets, batch_size, shuffle, drop_last)


def _batches(
    inputs: IdArray,
    targets: IdArray,
    batch_size: int,
    shuffle: np.random.Generator | None,
    drop_last: bool,
) -> Iterator[Examples]:
    """Yield some rows at a time; the order is drawn when the first are asked for."""
    order = None if shuffle is None else shuffle.permutation(len(inputs))  # (examples,)
    end = len(inputs) - len(inputs) % batch_size if drop_last else len(inputs)
    for start in range(0, end, batch_size):
        rows = slice(start, start + batch_size)
        chosen = rows if order is None else order[rows]
        yield inputs[chosen], targets[chosen]  # each (batch_size, context_length)
