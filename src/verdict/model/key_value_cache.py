"""What a model has computed for the tokens of a text, kept for when the text goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from verdict.checks.arrays import IdArray, Vectors

if TYPE_CHECKING:
    from verdict.model.gpt import GPT

SAMPLE = 1_024
"""About how many numbers of each array are looked at, to notice that a model has changed."""


class KeysAndValues:
    """The keys and values of the tokens that one layer of attention has seen.

    Args:
        room: For how many tokens there is to be room.
    """

    def __init__(self, room: int) -> None:
        self.room, self.length = room, 0

    def extend(self, keys: Vectors, values: Vectors) -> tuple[Vectors, Vectors]:
        """Add those of new tokens, each (…, heads, new tokens, width of a head); return all."""
        *before, tokens, width = keys.shape
        if not self.length:
            self.both = np.empty((2, *before, self.room, width), keys.dtype)
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
    """

    def __init__(self) -> None:
        self.layers: list[KeysAndValues] = []
        self.ids: IdArray = np.empty(0, np.int64)
        self.model: GPT | None = None
        self.seen: list[tuple[Vectors, float]] = []

    def begin(self, model: GPT, ids: IdArray) -> int:
        """Keep what is right for a text, forget the rest, and say how many tokens are known.

        Args:
            model: What is to read the text. If it is not the very model of before, or an array
                of its parameters is another, or holds other numbers, then nothing is known.
            ids: The whole text, or several of one length: shape (…, tokens).

        Returns:
            How many tokens need not be computed again: always less than there are.
        """
        seen = [(array, _sample(array)) for array in model.parameters.values()]
        known = 0
        if self.model is model and _same(seen, self.seen) and ids.shape[:-1] == self.ids.shape[:-1]:
            known = min(ids.shape[-1] - 1, *(layer.length for layer in self.layers))
            differ = ids[..., :known] != self.ids[..., :known]  # (…, known)
            differ = differ.any(axis=tuple(range(ids.ndim - 1)))  # (known,)
            known = int(differ.argmax()) if differ.any() else known
        else:
            self.layers = [KeysAndValues(model.config.context_length) for _ in model.blocks]
        for layer in self.layers:
            layer.length = known
        self.model, self.seen, self.ids = model, seen, ids.copy()
        return known


def _sample(array: Vectors) -> float:
    """Add up some numbers of an array, or all of a small one."""
    return float(array[..., :: max(1, array.size // SAMPLE)].sum())


def _same(now: list[tuple[Vectors, float]], before: list[tuple[Vectors, float]]) -> bool:
    """Say whether these are the same arrays, with the same numbers as far as they were seen."""
    return len(now) == len(before) and all(
        array is other and total == kept
        for (array, total), (other, kept) in zip(now, before, strict=True)
    )
