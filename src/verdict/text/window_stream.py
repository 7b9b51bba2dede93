"""Windows over token IDs that come piece by piece: for a text that does not fit into memory."""

from collections.abc import Iterable, Iterator

import numpy as np

from verdict.checks.arrays import IdArray, Ids, id_row
from verdict.checks.numbers import check_enough_tokens, checked_size
from verdict.text.windows import Examples, sliding_windows


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
    context_length = checked_size("context_length", context_length)
    stride = checked_size("stride", stride)
    return _stream(pieces, context_length, stride)


def _stream(pieces: Iterable[Ids], context_length: int, stride: int) -> Iterator[Examples]:
    """Yield the windows that each piece completes, and keep what the next ones need of it."""
    rest: IdArray | None = None  # (tokens,): from where the next window begins
    seen = 0  # how many tokens there were so far
    ahead = 0  # how many of the next tokens come before the next window, with a large stride
    for piece in pieces:
        tokens = id_row(piece)
        if rest is None:
            rest = tokens[:0]
        elif tokens.dtype != rest.dtype:
            raise TypeError(f"the pieces have several types: {rest.dtype}, now {tokens.dtype}")

        # Put the piece behind what is left of those before it.
        seen += len(tokens)
        rest = np.concatenate([rest, tokens[ahead:]])
        ahead = max(0, ahead - len(tokens))

        # Cut what is long enough, and keep what comes after the last window's beginning.
        if len(rest) > context_length:
            inputs, targets = sliding_windows(rest, context_length, stride)
            yield inputs, targets
            done = len(inputs) * stride
            ahead = max(0, done - len(rest))
            rest = rest[done:]
    check_enough_tokens(seen, context_length)
