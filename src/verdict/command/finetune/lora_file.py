"""LoRA in a file: the model with all products added, and beside it what goes on learning."""

from typing import Any

import numpy as np

from verdict.checks.arrays import Ids, Vectors
from verdict.model.gpt import GPT
from verdict.model.gpt2_names import OPTIMIZER_PREFIX
from verdict.tuning.classifier import Classifier
from verdict.tuning.low_rank import LoRA
from verdict.tuning.trainable import ParameterView

HEAD = ("class_head", "class_head_bias")
"""The weights that are new in a classifier."""

FROZEN_PREFIX, LORA_PREFIX = f"{OPTIMIZER_PREFIX}beside.", f"{OPTIMIZER_PREFIX}thin."
"""How the names of the frozen matrices begin in a file, and those of the two thin ones of each."""

Tuned = GPT | Classifier
"""The model that learns: an assistant, or a classifier."""


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
        """Compute what the model computes with LoRA."""
        return self._adapted(ids, generator)


class _MergedParameters(ParameterView):
    """Each matrix with its product added; beside it the frozen matrix, and both thin ones.

    A sum cannot be put in: it follows from the three others, so what is given for it is ignored.
    """

    def __init__(self, with_lora: WithLoRA) -> None:
        self._lora, self._tuned = with_lora.lora, with_lora.tuned.parameters
        thin = self._lora.parameters
        frozen_names = {FROZEN_PREFIX + name: name for name in self._lora.names}
        thin_names = {LORA_PREFIX + name: name for name in thin}
        owners = {
            **dict.fromkeys([*self._tuned, *frozen_names], self._tuned),
            **dict.fromkeys(thin_names, thin),
        }
        super().__init__(owners, frozen_names | thin_names)

    def __getitem__(self, name: str) -> Vectors:
        if name in self._lora.names:
            thin = self._lora.parameters
            merged: Vectors = self._tuned[name] + thin[f"{name}.A"] @ thin[f"{name}.B"]
            return merged
        return super().__getitem__(name)

    def __setitem__(self, name: str, array: Vectors) -> None:
        if name not in self._lora.names:
            super().__setitem__(name, array)
