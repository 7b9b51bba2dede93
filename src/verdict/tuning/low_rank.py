"""LoRA: the weights stay frozen, and products of two thin matrices beside them learn."""

from __future__ import annotations

from collections.abc import Collection
from math import sqrt

import numpy as np

from verdict.checks.arrays import Ids, Vectors
from verdict.checks.numbers import checked_size
from verdict.checks.seeds import random_generator
from verdict.model.gpt import GPT
from verdict.model.parameters import Parameters
from verdict.tuning.classifier import Classifier


class LoRA:
    """A model with frozen weights: some have the product of two thin matrices added to them.

    A matrix of shape (inputs, outputs) gets A of shape (inputs, rank) and B of shape (rank,
    outputs), and the model computes with W + A @ B (Hu et al., "LoRA: Low-Rank Adaptation of
    Large Language Models", 2021). B begins at 0, so at first nothing changes. Only A and B are
    parameters: training moves nothing else.

    Args:
        model: The model, or a `Classifier` over one. It is left as it is.
        rank: How many columns A has, and rows B.
        names: Which matrices. Without it, those of all blocks.
        seed: For the random numbers in A.

    Attributes:
        parameters: All A and B by name, such as "blocks.0.widen.A".

    Raises:
        TypeError: If `rank` is no integer.
        ValueError: If it is below 1, or larger than a side of a matrix; or if a name is that of
            no matrix.

    Examples:
        >>> from verdict import GPTConfig
        >>> model = GPT(GPTConfig(10, context_length=4, width=8, heads=2, layers=1), seed=1)
        >>> lora = LoRA(model, 2, names=["blocks.0.widen"], seed=1)
        >>> {name: array.shape for name, array in lora.parameters.items()}
        {'blocks.0.widen.A': (8, 2), 'blocks.0.widen.B': (2, 32)}
        >>> bool((lora([3, 5]) == model([3, 5])).all())
        True
    """

    def __init__(
        self,
        model: GPT | Classifier,
        rank: int,
        *,
        names: Collection[str] | None = None,
        seed: int | np.random.Generator | None = None,
    ) -> None:
        self.model, rank = model, checked_size("rank", rank)
        matrices = {name: w for name, w in model.parameters.items() if w.ndim == 2}
        if names is None:
            names = [name for name in matrices if name.startswith("blocks.")]
        self.names = tuple(dict.fromkeys(names))
        shapes: dict[str, tuple[int, ...]] = {}
        for name in self.names:
            if name not in matrices:
                raise ValueError(f"{name!r} is no matrix: there are {', '.join(matrices)}")
            inputs, outputs = matrices[name].shape
            if rank > min(inputs, outputs):
                raise ValueError(
                    f"rank {rank} is more than {name} has: its shape is {(inputs, outputs)}"
                )
            shapes |= {f"{name}.A": (inputs, rank), f"{name}.B": (rank, outputs)}
        dtype = model.parameters["tokens"].dtype.type
        self.parameters = Parameters(shapes, spread=0, dtype=dtype)
        random = random_generator(seed)
        for name in self.names:
            a = random.standard_normal(shapes[f"{name}.A"])  # (inputs, rank)
            self.parameters[f"{name}.A"] = (a / sqrt(len(a))).astype(dtype)

    def __call__(self, ids: Ids, generator: np.random.Generator | None = None) -> Vectors:
        """Compute scores as the model does, with the matrices that have something added.

        Args:
            ids: See `GPT`.
            generator: See `GPT`.

        Returns:
            The scores that it gives.
        """
        # For this one call the model has the sums as its weights.
        weights = self.model.parameters
        frozen = {name: weights[name] for name in self.names}
        try:
            weights.update(self.merged())
            return self.model(ids, generator)
        finally:
            weights.update(frozen)

    def merged(self) -> dict[str, Vectors]:
        """Add each product to its matrix.

        Returns:
            The sums by the names of the matrices. `model.parameters.update(lora.merged())` makes
            a model that needs no A and B.
        """
        p = self.parameters
        return {  # (inputs, outputs) + (inputs, rank) @ (rank, outputs)
            name: self.model.parameters[name] + p[f"{name}.A"] @ p[f"{name}.B"]
            for name in self.names
        }
