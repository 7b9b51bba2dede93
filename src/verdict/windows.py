"""Token IDs to training examples: windows over the text, each with what comes next."""

from collections.abc import Iterable, Iterator
from typing import TypeAlias

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from verdict.id_arrays import IdArray, Ids, id_row
from verdict.sizes import checked_size

Examples: TypeAlias = tuple[IdArray, IdArray]
"""Inputs and targets, each with one row for each example."""


def sliding_windows(ids: Ids, context_length: int, stride: int) -> Examples:
    """Cut token IDs into inputs and their targets, which are one token further on.

    A window begins at every `stride`-th token. It takes `context_length + 1` tokens: all but
    the last are the input, all but the first the target. Where fewer are left, at the end of
    the text, there is no window: `count_dropped` says how many tokens that leaves out.

    Args:
        ids: The token IDs of a text, in order. An array is not copied, not even a memory map
            of a file; a list is, once.
        context_length: How many tokens each input has.
        stride: How many tokens further each window begins.

    Returns:
        Inputs and targets, each of shape (windows, context_length), with the type of `ids`,
        or 64-bit integers for a list. They are views: however much the windows overlap, each
        token is in memory once. So they are read-only.

    Raises:
        TypeError: If `ids` are no integers, or a length is none.
        ValueError: If a length is below 1, or there are too few tokens for one window.

    Examples:
        >>> inputs, targets = sliding_windows([53, 44, 149, 1003, 57, 38], 4, stride=1)
        >>> inputs
        array([[  53,   44,  149, 1003],
               [  44,  149, 1003,   57]])
        >>> targets
        array([[  44,  149, 1003,   57],
               [ 149, 1003,   57,   38]])
    """
    tokens = id_row(ids)
    context_length, stride = _checked(context_length, stride)
    _check_length(len(tokens), context_length)
    windows = sliding_window_view(tokens, context_length + 1)[::stride]
    return windows[:, :-1], windows[:, 1:]


def count_dropped(length: int, context_length: int, stride: int) -> int:
    """Count the tokens at the end of a text that are in no window.

    Args:
        length: How many tokens the text has.
        context_length: How many tokens each input has.
        stride: How many tokens further each window begins.

    Returns:
        How many tokens come after the last window: all of them where there is none. With a
        stride above `context_length + 1`, there are others between the windows.

    Raises:
        TypeError: If a length is no integer.
        ValueError: If `length` is below 0, or another length below 1.

    Examples:
        >>> count_dropped(10, context_length=4, stride=4)
        1
    """
    length = checked_size("length", length, 0)
    context_length, stride = _checked(context_length, stride)
    beyond_the_first = length - context_length - 1
    return beyond_the_first % stride if beyond_the_first >= 0 else length


def stream_windows(pieces: Iterable[Ids], context_length: int, stride: int) -> Iterator[Examples]:
    """Cut token IDs that come piece by piece, so that a text need not fit into memory.

    Args:
        pieces: Token IDs in order, in pieces of any length. Where a piece ends means nothing.
        context_length: How many tokens each input has.
        stride: How many tokens further each window begins.

    Returns:
        An iterator over blocks of inputs and targets, a block for each piece that completes a
        window. One below the other, they are what `sliding_windows` gives for the whole text.
        In memory are one piece, and what the next window needs of those before it.

    Raises:
        TypeError: If IDs or lengths are no integers, or a piece has another type than the
            first one.
        ValueError: If a length is below 1, or, at the end, there were too few tokens for one
            window.

    Examples:
        >>> for inputs, targets in stream_windows([[1, 2], [3, 4, 5], [6]], 3, stride=1):
        ...     print(inputs.tolist(), targets.tolist())
        [[1, 2, 3], [2, 3, 4]] [[2, 3, 4], [3, 4, 5]]
        [[3, 4, 5]] [[4, 5, 6]]
    """
    context_length, stride = _checked(context_length, stride)
    return _stream(pieces, context_length, stride)


def split_ids(ids: Ids, validation_fraction: float) -> Examples:
    """Split a text into a training part and, after it, a validation part.

    Split before cutting windows: overlapping windows that are split share tokens.

    Args:
        ids: The token IDs of a text, in order. An array is not copied.
        validation_fraction: The share of the tokens that goes to validation, between 0 and 1.

    Returns:
        The token IDs for training and those for validation, as read-only views.

    Raises:
        TypeError: If `ids` are no integers.
        ValueError: If the fraction is not between 0 and 1, or leaves one part empty.

    Examples:
        >>> split_ids([10, 11, 12, 13, 14], validation_fraction=0.2)
        (array([10, 11, 12, 13]), array([14]))
    """
    tokens = id_row(ids).view()
    tokens.flags.writeable = False
    if not 0 < validation_fraction < 1:
        raise ValueError(
            f"validation_fraction must be between 0 and 1, such as 0.1, not {validation_fraction}"
        )
    held_out = round(len(tokens) * validation_fraction)
    if not 0 < held_out < len(tokens):
        raise ValueError(
            f"validation_fraction {validation_fraction} of {len(tokens):,} tokens leaves one part "
            "empty: use a longer text, or another fraction"
        )
    return tokens[:-held_out], tokens[-held_out:]


def batches(
    inputs: IdArray,
    targets: IdArray,
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
        seed: Shuffles. The same number gives the same order, a generator another one each
            time. Without it the order is that of the text, and nothing is copied.
        drop_last: Whether to leave out a last batch that is not full.

    Returns:
        An iterator over the batches: inputs and targets, each of shape (batch_size,
        context_length), the last one with fewer rows where the examples do not fill it.

    Raises:
        TypeError: If `batch_size` is no integer.
        ValueError: If `batch_size` is below 1, or there are not as many targets as inputs.

    Examples:
        >>> inputs, targets = sliding_windows(range(8), 2, stride=2)
        >>> for some_inputs, some_targets in batches(inputs, targets, batch_size=2):
        ...     print(some_inputs.tolist(), some_targets.tolist())
        [[0, 1], [2, 3]] [[1, 2], [3, 4]]
        [[4, 5]] [[5, 6]]
    """
    batch_size = checked_size("batch_size", batch_size)
    if len(inputs) != len(targets):
        raise ValueError(f"each input needs a target: got {len(inputs)} and {len(targets)}")
    return _batches(inputs, targets, batch_size, seed, drop_last)


def _stream(pieces: Iterable[Ids], context_length: int, stride: int) -> Iterator[Examples]:
    rest: IdArray | None = None  # what the next window needs of the pieces so far
    seen = ahead = 0  # tokens so far; how many of the next ones come before the next window
    for piece in pieces:
        tokens = id_row(piece)
        if rest is None:
            rest = tokens[:0]
        elif tokens.dtype != rest.dtype:
            raise TypeError(f"the pieces have several types: {rest.dtype}, now {tokens.dtype}")
        seen += len(tokens)
        rest = np.concatenate([rest, tokens[ahead:]])
        ahead = max(0, ahead - len(tokens))
        if len(rest) > context_length:
            inputs, targets = sliding_windows(rest, context_length, stride)
            yield inputs, targets
            done = len(inputs) * stride
            ahead = max(0, done - len(rest))
            rest = rest[done:]
    _check_length(seen, context_length)


def _batches(
    inputs: IdArray,
    targets: IdArray,
    batch_size: int,
    seed: int | np.random.Generator | None,
    drop_last: bool,
) -> Iterator[Examples]:
    order = None if seed is None else np.random.default_rng(seed).permutation(len(inputs))
    end = len(inputs) - len(inputs) % batch_size if drop_last else len(inputs)
    for start in range(0, end, batch_size):
        rows = slice(start, start + batch_size)
        chosen = rows if order is None else order[rows]
        yield inputs[chosen], targets[chosen]


def _checked(context_length: int, stride: int) -> tuple[int, int]:
    return checked_size("context_length", context_length), checked_size("stride", stride)


def _check_length(length: int, context_length: int) -> None:
    if length <= context_length:
        raise ValueError(
            f"context_length {context_length} needs a text of {context_length + 1} tokens or more, "
            f"not {length}"
        )
