"""A file of weights, and of all that a training needs to go on as if it had not stopped."""

import json
import os
from collections.abc import Mapping
from typing import Any

import numpy as np

from verdict.model.gpt2_names import OPTIMIZER_PREFIX
from verdict.model.safetensors_file import read_metadata, read_safetensors, write_safetensors
from verdict.model.safetensors_header import WeightsError
from verdict.training.gradients import Model
from verdict.training.optimizer import AdamW

AVERAGES, SQUARES = f"{OPTIMIZER_PREFIX}averages.", f"{OPTIMIZER_PREFIX}squares."
"""How the names of the optimizer's arrays begin in a file; the weight's own name follows."""

STATE = "training"
"""The name of the remark that has the rest of a training as JSON: steps, and the generator."""


def save_weights(
    path: str | os.PathLike[str],
    model: Model,
    optimizer: AdamW | None = None,
    generator: np.random.Generator | None = None,
    remarks: Mapping[str, str] | None = None,
) -> None:
    """Write a model's weights into a file, whole or not at all.

    With the optimizer and the generator, a training that goes on from the file ends with the
    same weights as one that did not stop.

    Args:
        path: Where to. The format is safetensors, which other programs read too.
        model: What has the weights.
        optimizer: Its averages, and how many steps it has made, are written too.
        generator: Its state is written too.
        remarks: Texts by name that the file shall have besides, for other programs too. "heads"
            tells `GPT.from_pretrained` how many there are.

    Raises:
        OSError: If the file cannot be written. What was there before is still there.

    Examples:
        >>> from tempfile import mkdtemp
        >>> from verdict import GPT, GPTConfig
        >>> config = GPTConfig(5, context_length=4, width=8, heads=2, layers=1)
        >>> model, other = GPT(config, seed=1), GPT(config, seed=2)
        >>> file = f"{mkdtemp()}/model.safetensors"
        >>> save_weights(file, model)
        >>> load_weights(file, other)
        >>> bool((other([1, 2]) == model([1, 2])).all())
        True
    """
    arrays = dict(model.parameters)
    state: dict[str, Any] = {}
    if optimizer is not None:
        arrays |= {AVERAGES + name: array for name, array in optimizer.averages.items()}
        arrays |= {SQUARES + name: array for name, array in optimizer.squares.items()}
        state["optimizer"] = {"steps": optimizer.steps, "beta_powers": optimizer.beta_powers}
    if generator is not None:
        state["generator"] = generator.bit_generator.state
    state_remark = {STATE: json.dumps(state)} if state else {}
    write_safetensors(path, arrays, {**(remarks or {}), **state_remark})


def load_weights(
    path: str | os.PathLike[str],
    model: Model,
    optimizer: AdamW | None = None,
    generator: np.random.Generator | None = None,
) -> None:
    """Read a model's weights from a file, all of them or none.

    Args:
        path: A file that `save_weights` has written.
        model: What gets the weights. It must have the same names and shapes.
        optimizer: Gets its averages and steps. It may be one that moves only some weights.
        generator: Gets its state.

    Raises:
        OSError: If the file cannot be read.
        WeightsError: If it is no such file or not whole, has weights of another model, or lacks
            what is asked for. Then nothing has changed.

    Examples:
        See `save_weights`.
    """
    arrays, state = read_safetensors(path), _state(path)
    weights = _weights_of(path, model.parameters, arrays, "")
    if optimizer is not None:
        averages = _weights_of(path, optimizer.parameters, arrays, AVERAGES)
        squares = _weights_of(path, optimizer.parameters, arrays, SQUARES)
        steps, beta_powers = _steps_and_beta_powers(path, state)
    if generator is not None:
        before = generator.bit_generator.state
        try:
            generator.bit_generator.state = state["generator"]
        except (KeyError, TypeError, ValueError, OverflowError) as error:
            generator.bit_generator.state = before
            raise WeightsError(f"{path} has no state of such a generator: {error}") from None
    model.parameters.update(weights)
    if optimizer is not None:
        optimizer.averages, optimizer.squares = averages, squares
        optimizer.steps, optimizer.beta_powers = steps, beta_powers


def _weights_of(
    path: str | os.PathLike[str], parameters: Any, arrays: dict[str, Any], prefix: str
) -> dict[str, Any]:
    """Copy what a file has for all parameters, under names with a prefix, if it fits."""
    found = {}
    for name, weight in parameters.items():
        array = arrays.get(prefix + name)
        if array is None:
            raise WeightsError(f"{path} has no {prefix + name}")
        if array.shape != weight.shape:
            raise WeightsError(
                f"{path} is of another model: its {name} has the shape {array.shape}, "
                f"and here it is {weight.shape}"
            )
        found[name] = array.astype(weight.dtype)  # a copy: the file may change later
    return found


def _state(path: str | os.PathLike[str]) -> dict[str, Any]:
    """Read the remark that has the rest of a training, or nothing if there is none."""
    try:
        found = json.loads(read_metadata(path).get(STATE, "{}"))
    except (ValueError, RecursionError) as error:
        raise WeightsError(f"{path} has a state that is no JSON: {error}") from None
    return found if isinstance(found, dict) else {}


def _steps_and_beta_powers(
    path: str | os.PathLike[str], state: dict[str, Any]
) -> tuple[int, tuple[float, float]]:
    """Read how far an optimizer has come."""
    try:
        steps, (first, second) = state["optimizer"]["steps"], state["optimizer"]["beta_powers"]
        if type(steps) is int and steps >= 0 and 0 <= first <= 1 and 0 <= second <= 1:
            return steps, (float(first), float(second))
    except (KeyError, TypeError, ValueError):
        pass
    raise WeightsError(f"{path} has no state of an optimizer: its weights can be used all the same")
