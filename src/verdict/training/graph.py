"""What an array was made from, and the walk back that finds all gradients."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

import numpy as np

from verdict.checks.arrays import Vectors
from verdict.checks.vectors import check_floats

Back: TypeAlias = Callable[[Vectors], tuple[Vectors, ...]]
"""A function from the gradient of an operation's result to the gradient of each of its inputs."""


class Node:
    """An array that knows what it was made from: the base of `Tensor`, which adds operations.

    Args:
        value: The numbers.
        parents: What it was made from; nothing, if this is where things begin.
        back: Takes the gradient of this array and returns that of each parent.

    Raises:
        TypeError: If `value` are no floating-point numbers.
    """

    __slots__ = ("back", "gradient", "parents", "value")

    def __init__(
        self, value: Any, parents: tuple[Node, ...] = (), back: Back | None = None
    ) -> None:
        self.value: Vectors = np.asarray(value)
        check_floats("value", self.value)
        self.parents, self.back = parents, back
        self.gradient: Vectors | None = None

    def backward(self) -> None:
        """Fill in the gradient of each tensor that this number was made from.

        Gradients of an earlier call are forgotten: a second one gives the same.

        Raises:
            ValueError: If this is not a single number, such as a loss.
        """
        if self.size != 1:
            raise ValueError(
                f"a gradient is that of one number, such as a loss, not of shape {self.shape}: "
                "take the mean or the sum first"
            )
        order = self._in_order()
        for node in order:
            node.gradient = None
        self.gradient = np.ones_like(self.value)
        # From the end to the beginning: all that was made from a node comes before it, so its
        # gradient is whole when its turn comes.
        for node in reversed(order):
            if node.back is None or node.gradient is None:
                continue
            parts = node.back(node.gradient)
            for parent, part in zip(node.parents, parts, strict=True):
                gradient = undo_broadcasting(part, parent.shape)
                # A new array for the sum: the old one may be another node's gradient too.
                before = parent.gradient
                parent.gradient = gradient if before is None else before + gradient
            node.gradient = None  # it has been passed on

    def _in_order(self) -> list[Node]:
        """List all that this node was made from, each after its own parents, itself last."""
        order: list[Node] = []
        seen: set[int] = set()
        stack = [(self, False)]  # a list, since a long chain is too deep for recursive calls
        while stack:
            node, parents_are_listed = stack.pop()
            if parents_are_listed:
                order.append(node)
            elif id(node) not in seen:
                seen.add(id(node))
                stack.append((node, True))
                stack.extend((parent, False) for parent in node.parents)
        return order

    @property
    def shape(self) -> tuple[int, ...]:
        """The shape of the value."""
        return self.value.shape

    @property
    def dtype(self) -> np.dtype[Any]:
        """The type of the numbers."""
        return self.value.dtype

    @property
    def ndim(self) -> int:
        """How many axes there are."""
        return self.value.ndim

    @property
    def size(self) -> int:
        """How many numbers there are."""
        return self.value.size

    def __len__(self) -> int:
        return len(self.value)

    def __float__(self) -> float:
        return float(self.value.item())

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.value})"


def undo_broadcasting(gradient: Vectors, shape: tuple[int, ...]) -> Vectors:
    """Add up a gradient along each axis that an array was repeated along.

    Args:
        gradient: The gradient in the shape of what was made.
        shape: The shape of the array that it was made from.

    Returns:
        The gradient in this shape.

    Examples:
        >>> undo_broadcasting(np.ones((4, 3)), (3,))
        array([4., 4., 4.])
        >>> undo_broadcasting(np.ones((4, 3)), (4, 1))
        array([[3.],
               [3.],
               [3.],
               [3.]])
    """
    if gradient.shape == shape:
        return gradient
    new = gradient.ndim - len(shape)  # axes that came before the array's own
    repeated = [
        new + axis
        for axis, size in enumerate(shape)
        if size == 1 and gradient.shape[new + axis] > 1
    ]
    added: Vectors = gradient.sum(axis=(*range(new), *repeated), keepdims=True)
    return added.reshape(shape)
