"""LoRA in a file: the model with all products added, and beside it what goes on learning."""

from typing import Any

import numpy as np

from verdict.checks.arrays import Ids, Vectors
from verdict.model.gpt import GPT
from verdict.model.gpt2_names import OF_OPTIMIZER
from verdict.tuning.classifier import Classifier
from verdict.tuning.low_rank import LoRA
from verdict.tuning.trainable import ParameterView

HEAD = ("class_head", "class_head_bias")
"""What is new in a classifier."""

BESIDE, THIN = f"{OF_OPTIMIZER}beside.", f"{OF_OPTIMIZER}thin."
"""What stands in a file before the names of a matrix that LoRA leaves, and of what it learns."""

Tuned = GPT | Classifier
"""What learns: an assistant, or a classifier."""


class WithLoRA:
    """A model with LoRA; the new head of a classifier learns as it is."""

    def __init__(self, tuned: Tuned, rank: int, generator: np.random.Generator) -> None:
        self.tuned, self.lora = tuned, LoRA(tuned, rank, seed=generator)
        owners: dict[str, Any] = dict.fromkeys(self.lora.parameters, self.lora.parameters)
        owners |= {name: tuned.parameters for name in HEAD if name in tuned.parameters}
        self.parameters = ParameterView(owners)

    def __call__(self, ids: Ids, generator: np.random.Generator | None = None) -> Vectors:
        """Compute what the model computes with LoRA."""
        return self.lora(ids, generator)


class MergedWeights:
    """The arrays of a file with LoRA: a model that needs no LoRA, and what goes on learning."""

    def __init__(self, with_lora: WithLoRA) -> None:
        self.parameters = _MergedParameters(with_lora)
        self._adapted = with_lora

    def __call__(self, ids: Ids, generator: np.random.Generator | None = None) -> Vectors:
        """Compute the same."""
        return self._adapted(ids, generator)


class _MergedParameters(ParameterView):
    """Each matrix with its product added; beside it the matrix alone, and both thin ones.

    What is put in for a sum is left out: it follows from the rest.
    """

    def __init__(self, with_lora: WithLoRA) -> None:
        self._lora, self._tuned = with_lora.lora, with_lora.tuned.parameters
        thin = self._lora.parameters
        beside = {BESIDE + name: name for name in self._lora.names}
        learned = {THIN + name: name for name in thin}
        owners = {
            **dict.fromkeys([*self._tuned, *beside], self._tuned),
            **dict.fromkeys(learned, thin),
        }
        super().__init__(owners, beside | learned)

    def __getitem__(self, name: str) -> Vectors:
        if name in self._lora.names:
            thin = self._lora.parameters
            merged: Vectors = self._tuned[name] + thin[f"{name}.A"] @ thin[f"{name}.B"]
            return merged
        return super().__getitem__(name)

    def __setitem__(self, name: str, array: Vectors) -> None:
        if name not in self._lora.names:
            super().__setitem__(name, array)
