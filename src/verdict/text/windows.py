"""Token IDs to training examples: windows over the text, each with what comes next."""

from typing import TypeAlias

import numpy as np

from verdict.checks.arrays import IdArray, Ids, id_row
from verdict.checks.numbers import check_enough_tokens, checked_size

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
    context_length = checked_size("context_length", context_length)
    stride = checked_size("stride", stride)
    check_enough_tokens(len(tokens), context_length)
    # (windows, context_length + 1): each window has one token more than an input.
    windows = np.lib.stride_tricks.sliding_window_view(tokens, context_length + 1)[::stride]
    return windows[:, :-1], windows[:, 1:]  # each (windows, context_length)


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
    context_length = checked_size("context_length", context_length)
    stride = checked_size("stride", stride)
    beyond_the_first = length - context_length - 1
    return beyond_the_first % stride if beyond_the_first >= 0 else length
