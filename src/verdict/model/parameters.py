"""The parameters of a layer: arrays that have names, and shapes that do not change."""

from collections import UserDict
from collections.abc import Iterator, Mapping, MutableMapping

import numpy as np

from verdict.checks.arrays import Vectors
from verdict.checks.numbers import checked_size
from verdict.checks.seeds import random_generator
from verdict.checks.vectors import check_floats


class Parameters(UserDict[str, Vectors]):
    """Named arrays: small random numbers at first, 0 for each bias, and 1 for each scale.

    It is a dictionary in all but one thing: what is put into it must fit.

    Args:
        shapes: The shape of each array. One with two axes is a matrix, one with one a bias,
            or a scale if its name ends so.
        spread: The standard deviation of the random numbers. With 0, matrices are all 0.
        seed: For the random numbers, see `embedding_table`.
        dtype: The type of the numbers.

    Raises:
        TypeError: If something else than floating-point numbers is put in.
        KeyError: If there is no parameter of that name.
        ValueError: If an array has another shape than the parameter.

    Examples:
        >>> parameters = Parameters({"query": (3, 2), "query_bias": (2,)}, seed=1)
        >>> parameters["query"] = np.ones((3, 2))
        >>> parameters["query"] = np.ones((2, 3))
        Traceback (most recent call last):
        ValueError: query has the shape (3, 2), and not (2, 3)
    """

    def __init__(
        self,
        shapes: Mapping[str, tuple[int, ...]],
        *,
        spread: float = 0.02,
        seed: int | np.random.Generator | None = None,
        dtype: type[np.floating] = np.float64,
    ) -> None:
        super().__init__()
        self.shapes = {
            name: tuple(checked_size("width", width) for width in shape)
            for name, shape in shapes.items()
        }
        random = random_generator(seed)
        for name, shape in self.shapes.items():
            if name.endswith("scale"):
                self[name] = np.ones(shape, dtype)
            elif len(shape) == 1 or not spread:
                self[name] = np.zeros(shape, dtype)  # takes no memory before it is looked at
            else:
                self[name] = (random.standard_normal(shape) * spread).astype(dtype)

    def __setitem__(self, name: str, array: Vectors) -> None:
        if name not in self.shapes:
            known = ", ".join(self.shapes)
            raise KeyError(f"there is no parameter {name!r}: this layer has {known}")
        check_floats(name, array)
        if array.shape != self.shapes[name]:
            raise ValueError(f"{name} has the shape {self.shapes[name]}, and not {array.shape}")
        super().__setitem__(name, array)

    def project(self, vectors: Vectors, name: str) -> Vectors:
        """Multiply vectors by the matrix of a name, and add its bias, if it has one.

        Args:
            vectors: Shape (…, inputs).
            name: The name of a matrix of shape (inputs, outputs).

        Returns:
            Shape (…, outputs).
        """
        projected = vectors @ self[name]  # (…, inputs) @ (inputs, outputs): (…, outputs)
        if f"{name}_bias" in self:
            projected = projected + self[f"{name}_bias"]  # (…, outputs) + (outputs,)
        return projected


class JoinedParameters(MutableMapping[str, Vectors]):
    """The parameters of several layers as one dictionary, in which each name begins with its layer.

    Args:
        parts: The parameters of each layer by its name. The layer "" adds nothing to the names.

    Raises:
        KeyError: If there is no parameter of a name, or one is to be taken away.

    Examples:
        >>> layer = Parameters({"query": (3, 2)}, seed=1)
        >>> joined = JoinedParameters({"blocks.0": layer})
        >>> joined["blocks.0.query"] is layer["query"]
        True
    """

    def __init__(self, parts: Mapping[str, Parameters]) -> None:
        self._places = {
            f"{layer}.{own}".lstrip("."): (part, own)
            for layer, part in parts.items()
            for own in part.shapes
        }

    def __getitem__(self, name: str) -> Vectors:
        part, own = self._place(name)
        return part[own]

    def __setitem__(self, name: str, array: Vectors) -> None:
        part, own = self._place(name)
        part[own] = array

    def __delitem__(self, name: str) -> None:
        raise KeyError(f"{name!r} cannot be taken away: a model needs all of its parameters")

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)

    def _place(self, name: str) -> tuple[Parameters, str]:
        """Find the layer of a name, and what the parameter is called there."""
        try:
            return self._places[name]
        except KeyError:
            raise KeyError(f"there is no parameter {name!r}: list(parameters) names all") from None


def with_biases(
    matrices: Mapping[str, tuple[int, int]], *, bias: bool
) -> dict[str, tuple[int, ...]]:
    """List the shapes of matrices, each followed by that of its bias, if there are to be any.

    Examples:
        >>> with_biases({"query": (3, 2)}, bias=True)
        {'query': (3, 2), 'query_bias': (2,)}
    """
    shapes: dict[str, tuple[int, ...]] = {}
    for name, shape in matrices.items():
        shapes[name] = shape
        if bias:
            shapes[f"{name}_bias"] = shape[1:]
    return shapes
