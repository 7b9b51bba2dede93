"""Frozen weights: only those that are named may move."""

from collections.abc import Iterable, Iterator, Mapping, MutableMapping
from types import MappingProxyType
from typing import Any

import numpy as np

from verdict.checks.arrays import Ids, Vectors
from verdict.training.gradients import Model


class ParameterView(MutableMapping[str, Vectors]):
    """A dictionary of some parameters, which stay in the dictionaries that they come from.

    Args:
        owners: By the name of each parameter, the dictionary that has it.
        renamed: By a parameter's name in the view, its name in its own dictionary, where the two
            differ.

    Raises:
        KeyError: If the view has no parameter of a name, or one is to be taken away.

    Examples:
        >>> everything = {"one": np.zeros(1), "two": np.zeros(2)}
        >>> view = ParameterView({"two": everything})
        >>> view["two"] = np.ones(2)
        >>> everything["two"]
        array([1., 1.])
    """

    def __init__(
        self,
        owners: Mapping[str, MutableMapping[str, Any]],
        renamed: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        self.owners, self.renamed = dict(owners), renamed

    def __getitem__(self, name: str) -> Vectors:
        parameter: Vectors = self.owners[name][self.renamed.get(name, name)]
        return parameter

    def __setitem__(self, name: str, array: Vectors) -> None:
        self.owners[name][self.renamed.get(name, name)] = array

    def __delitem__(self, name: str) -> None:
        raise KeyError(f"{name!r} cannot be taken away: a model needs all of its parameters")

    def __iter__(self) -> Iterator[str]:
        return iter(self.owners)

    def __len__(self) -> int:
        return len(self.owners)


class Trainable:
    """A model of which only some weights are trained; all others are frozen.

    What trains a model sees the weights in `parameters`, and no others. So no gradient of a
    frozen weight is computed.

    Args:
        model: The model. It is not copied.
        names: The names of the weights that may move.

    Attributes:
        parameters: These weights by name.

    Raises:
        KeyError: If the model has no weight of a name.
        ValueError: If no weight is named.

    Examples:
        >>> from verdict import GPT, GPTConfig
        >>> model = GPT(GPTConfig(5, context_length=4, width=8, heads=2, layers=1), seed=1)
        >>> list(Trainable(model, ["norm_scale", "norm_shift"]).parameters)
        ['norm_scale', 'norm_shift']
    """

    def __init__(self, model: Model, names: Iterable[str]) -> None:
        wanted = list(names)
        if not wanted:
            raise ValueError(
                "names must have one name at least: a model without any learns nothing"
            )
        if unknown := [name for name in wanted if name not in model.parameters]:
            raise KeyError(
                f"there is no parameter {unknown[0]!r}: list(model.parameters) names all"
            )
        self.model = model
        self.parameters = ParameterView(dict.fromkeys(wanted, model.parameters))

    def __call__(self, ids: Ids, generator: np.random.Generator | None = None) -> Vectors:
        """Compute what the model computes, frozen or not: see `GPT`."""
        return self.model(ids, generator)
