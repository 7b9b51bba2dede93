"""What the arrays of a GPT-2 are called in published files, and what they are called here."""

import os
import re
from collections.abc import Mapping

import numpy as np

from verdict.checks.arrays import Vectors
from verdict.model.safetensors_file import write_safetensors
from verdict.model.safetensors_header import WeightsError

BLOCK_NAMES = {
    "ln_1.weight": "norm_1_scale",
    "ln_1.bias": "norm_1_shift",
    "attn.c_attn.weight": "attention.query_key_value",
    "attn.c_attn.bias": "attention.query_key_value_bias",
    "attn.c_proj.weight": "attention.output",
    "attn.c_proj.bias": "attention.output_bias",
    "ln_2.weight": "norm_2_scale",
    "ln_2.bias": "norm_2_shift",
    "mlp.c_fc.weight": "widen",
    "mlp.c_fc.bias": "widen_bias",
    "mlp.c_proj.weight": "narrow",
    "mlp.c_proj.bias": "narrow_bias",
}
"""Of each array of a block, its name in published files and here; the shapes are the same."""

NAMES = {
    "wte.weight": "tokens",
    "wpe.weight": "positions",
    "ln_f.weight": "norm_scale",
    "ln_f.bias": "norm_shift",
}
"""Of each other array, its name in published files and here."""

OPTIMIZER_PREFIX = "optimizer."
"""How the names of the arrays begin that our files have for a training, beside the weights."""

_OUR_BLOCK = re.compile(r"blocks\.(0|[1-9]\d{0,3})\.(.+)")
_THEIR_BLOCK = re.compile(r"h\.(0|[1-9]\d{0,3})\.(.+)")
_MASKS = {"attn.bias", "attn.masked_bias"}  # some files have them: they are no parameters


def by_our_names(arrays: Mapping[str, Vectors]) -> dict[str, Vectors]:
    """Give the arrays of a file our names, and leave out what is no parameter.

    A file that `save_weights` wrote has our names already.

    Raises:
        WeightsError: If an array has no place in a GPT-2.
    """
    if "tokens" in arrays:
        return _parameters_only(arrays)
    ours: dict[str, Vectors] = {}
    head = None
    for full_name, array in arrays.items():
        name = full_name.removeprefix("transformer.")
        block = _THEIR_BLOCK.fullmatch(name)
        if name == "lm_head.weight":
            head = array
        elif name in NAMES:
            ours[NAMES[name]] = array
        elif block and block[2] in BLOCK_NAMES:
            ours[f"blocks.{block[1]}.{BLOCK_NAMES[block[2]]}"] = array
        elif not (block and block[2] in _MASKS):
            raise _unknown(full_name)
    if head is not None and not np.array_equal(head, ours.get("tokens", head[:0])):
        raise WeightsError("has an output of its own: GPT-2 uses its table of tokens")
    return ours


def _parameters_only(arrays: Mapping[str, Vectors]) -> dict[str, Vectors]:
    """Leave the arrays of a training out of a file of ours, and refuse what no GPT-2 has."""
    found = {name: each for name, each in arrays.items() if not name.startswith(OPTIMIZER_PREFIX)}
    for name in found:
        block = _OUR_BLOCK.fullmatch(name)
        if name not in NAMES.values() and not (block and block[2] in BLOCK_NAMES.values()):
            raise _unknown(name)
    return found


def _unknown(name: str) -> WeightsError:
    return WeightsError(f"has {name!r:.80}, which no GPT-2 has")


def write_gpt2(path: str | os.PathLike[str], parameters: Mapping[str, Vectors]) -> None:
    """Write the parameters of a `GPT` into a file in the layout of GPT-2's published ones.

    Args:
        path: Where to.
        parameters: Those of a model whose queries, keys and values have biases, and whose
            output is tied.

    Raises:
        KeyError: If there is a parameter that no GPT-2 has.
        OSError: If the file cannot be written.

    Examples:
        >>> from pathlib import Path
        >>> from tempfile import mkdtemp
        >>> from verdict import GPT, GPTConfig
        >>> model = GPT(GPTConfig(10, 8, width=6, heads=3, layers=1), seed=1)
        >>> file = Path(mkdtemp(), "model.safetensors")
        >>> write_gpt2(file, model.parameters)
        >>> bool((GPT.from_pretrained(file, heads=3)([5]) == model([5])).all())
        True
    """
    write_safetensors(path, {_their_name(name): array for name, array in parameters.items()})


def _their_name(name: str) -> str:
    """Return the name in published files of an array that has one of our names."""
    block = _OUR_BLOCK.fullmatch(name)
    prefix, names, own = (f"h.{block[1]}.", BLOCK_NAMES, block[2]) if block else ("", NAMES, name)
    for theirs, ours in names.items():
        if ours == own:
            return prefix + theirs
    raise KeyError(
        f"no GPT-2 has the parameter {name!r}: its published files have room for a model with "
        "GPTConfig(..., bias=True, tied=True) only"
    )
