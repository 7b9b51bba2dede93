"""What a model has computed for the tokens of a text, kept for when the text goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from verdict.checks.arrays import IdArray, Vectors

if TYPE_CHECKING:
    from verdict.model.gpt import GPT

SAMPLE_SIZE = 1_024
"""At least how many numbers of a large array are looked at, to notice that a model has changed."""


class KeysAndValues:
    """The keys and values of the tokens that one layer of attention has seen.

    Args:
        room: For how many tokens it has room.

    Attributes:
        length: How many tokens are in it.
        both: The array of keys and values: shape (2, …, heads, room, width of a head).
    """

    def __init__(self, room: int) -> None:
        self.room, self.length = room, 0

    def extend(self, keys: Vectors, values: Vectors) -> tuple[Vectors, Vectors]:
        """Add those of new tokens, each (…, heads, new tokens, width of a head); return all."""
        *batch_and_heads, tokens, width = keys.shape
        if not self.length:
            self.both = np.empty((2, *batch_and_heads, self.room, width), keys.dtype)
        end = self.length + tokens
        self.both[0, ..., self.length : end, :] = keys
        self.both[1, ..., self.length : end, :] = values
        self.length = end
        return self.both[0, ..., :end, :], self.both[1, ..., :end, :]  # (…, heads, tokens, width)


class Cache:
    """The keys and values of all layers, and the text that they belong to.

    A model is always given the whole text. With a cache it computes only what comes after the
    longest beginning that this text has in common with the one before. Keys and values depend
    on nothing but the tokens up to theirs, so a cache changes the time it takes and no result:
    another text, a window that slides, or another model make it begin anew.

    Examples:
        >>> from verdict import GPT, GPTConfig
        >>> model = GPT(GPTConfig(5, context_length=4, width=8, heads=2, layers=1), seed=1)
        >>> cache = Cache()
        >>> for text in ([1, 2], [1, 2, 3]):  # of the second text, only the 3 is computed
        ...     scores = model.next_token_scores(text, cache)
        >>> bool(np.allclose(scores, model.next_token_scores([1, 2, 3])))
        True
    """

    def __init__(self) -> None:
        self.layers: list[KeysAndValues] = []
        self.ids: IdArray = np.empty(0, np.int64)
        self.model: GPT | None = None
        self.sampled: list[tuple[Vectors, float]] = []

    def begin(self, model: GPT, ids: IdArray) -> int:
        """Keep what is right for a text, forget the rest, and say how many tokens are known.

        Args:
            model: What is to read the text. If it is not the very model of before, or an array
                of its parameters is another, or holds other numbers, then nothing is known.
            ids: The whole text, or several of one length: shape (…, tokens).

        Returns:
            How many tokens need not be computed again: always less than there are.
        """
        sampled = [(array, _sample(array)) for array in model.parameters.values()]
        is_same_model = self.model is model and _are_same(sampled, self.sampled)
        known = 0
        if is_same_model and ids.shape[:-1] == self.ids.shape[:-1]:
            # As far as both texts go, all layers have come, and no token differs in any text.
            known = min(ids.shape[-1] - 1, *(layer.length for layer in self.layers))
            differ = ids[..., :known] != self.ids[..., :known]  # (…, known)
            differ = differ.any(axis=tuple(range(ids.ndim - 1)))  # (known,)
            known = int(differ.argmax()) if differ.any() else known
        else:
            self.layers = [KeysAndValues(model.config.context_length) for _ in model.blocks]
        for layer in self.layers:
            layer.length = known
        self.model, self.sampled, self.ids = model, sampled, ids.copy()
        return known


def _sample(array: Vectors) -> float:
    """Add up some numbers of an array, or all of a small one."""
    return float(array[..., :: max(1, array.size // SAMPLE_SIZE)].sum())


def _are_same(now: list[tuple[Vectors, float]], before: list[tuple[Vectors, float]]) -> bool:
    """Say whether these are the same arrays, and their samples have the same sums as before."""
    return len(now) == len(before) and all(
        array is other and total == other_total
        for (array, total), (other, other_total) in zip(now, before, strict=True)
    )
