"""The gradients of all weights of a model, by one pass forward and one back."""

from collections.abc import MutableMapping
from typing import Any, Protocol

import numpy as np

from verdict.checks.arrays import Ids, Vectors
from verdict.training.freed_memory import keep_freed_memory
from verdict.training.loss import IGNORED, cross_entropy
from verdict.training.tensor import Tensor


class Model(Protocol):
    """What can be trained: named weights, and a call from token IDs to scores."""

    @property
    def parameters(self) -> MutableMapping[str, Any]:
        """The weights by name."""

    def __call__(self, ids: Any, generator: np.random.Generator | None = None) -> Vectors:
        """Compute the scores of the next token at each place: shape (…, tokens, vocabulary)."""


def loss_and_gradients(
    model: Model,
    inputs: Ids,
    targets: Ids,
    generator: np.random.Generator | None = None,
    ignored: int = IGNORED,
) -> tuple[float, dict[str, Vectors]]:
    """Compute a model's loss, and how it changes with each weight.

    The weights become tensors for the length of the call; the model does not notice. They are
    arrays again when it ends, however it ends.

    Args:
        model: The model. Its weights stay as they are.
        inputs: Token IDs, shape (…, tokens).
        targets: The token that came after each, in the same shape.
        generator: For dropout. Without one, nothing is dropped.
        ignored: A target of this number does not count.

    Returns:
        The loss, and by the name of each weight its gradient, in the weight's shape.

    Raises:
        TypeError: If the IDs are no integers.
        ValueError: If shapes do not fit, or no target counts.
        IndexError: If the model does not know a token.

    Examples:
        >>> from verdict import GPT, GPTConfig
        >>> model = GPT(GPTConfig(5, context_length=4, width=8, heads=2, layers=1), seed=1)
        >>> loss, gradients = loss_and_gradients(model, [[0, 1, 2]], [[1, 2, 3]])
        >>> gradients["tokens"].shape == model.parameters["tokens"].shape
        True
    """
    keep_freed_memory()
    arrays = dict(model.parameters)
    tensors: dict[str, Any] = {name: Tensor(array) for name, array in arrays.items()}
    try:
        model.parameters.update(tensors)
        loss = cross_entropy(model(inputs, generator), targets, ignored)
    finally:
        model.parameters.update(arrays)
    loss.backward()
    gradients = {
        # A weight that the model did not use has no gradient: it changes nothing.
        name: np.zeros_like(tensor.value) if tensor.gradient is None else tensor.gradient
        for name, tensor in tensors.items()
    }
    return float(loss), gradients
