"""GPT-2's published weights: where the files are, and what sizes their arrays have."""

import os
from pathlib import Path

import numpy as np

from verdict.checks.arrays import Vectors
from verdict.downloads import NotFetchedError, Published
from verdict.large_files import large_file
from verdict.model.gpt2_names import by_our_names
from verdict.model.gpt_config import GPT2_SIZES, GPTConfig
from verdict.model.safetensors_file import read_metadata, read_safetensors
from verdict.model.safetensors_header import WeightsError

_ADDRESS = "https://huggingface.co/openai-community/{}/resolve/{}/model.safetensors"
"""Where a model's file is published: its name and revision stand in the gaps."""

PUBLISHED = {
    "gpt2": (
        "607a30d783dfa663caf39e06633721c8d4cfcd7e",
        "248dfc3911869ec493c76e65bf2fcf7f615828b0254c12b473182f0f81d3a707",
    ),
    "gpt2-large": (
        "32b71b12589c2f8d625668d2335a01cac3249519",
        "5f47f3e12f91cd33b662ce7e433b6150ad5512b5884a2cee961b50e9c3bbebce",
    ),
    "gpt2-xl": (
        "15ea56dee5df4983c59b2538573817e1667135e2",
        "0f8b28eb05a8075f48b61b6f35332978c74fc7763fa9fb4051a1c30511736a6a",
    ),
}
"""The revision of each file, and its checksum. That of gpt2-medium we do not know."""


HEADS = "heads"
"""The remark in a file that says how many heads its model has: its arrays do not show it."""


class WeightsUnavailableError(RuntimeError):
    """The weights of a model could not be found or fetched; the message says where."""


def weights_path(name: str) -> Path:
    """Find the file with the weights of a GPT-2, or fetch it.

    Looked at in this order: the file, or the folder with files such as `gpt2.safetensors`, that
    the environment variable `VERDICT_GPT2_WEIGHTS` names; the user's cache folder; and the net.

    Args:
        name: One of "gpt2", "gpt2-medium", "gpt2-large" and "gpt2-xl".

    Raises:
        WeightsUnavailableError: If there is none, and the net does not have it either.
    """
    if named := os.environ.get("VERDICT_GPT2_WEIGHTS"):
        path = Path(named).expanduser()
        return path / f"{name}.safetensors" if path.is_dir() else path
    remedy = f"Set VERDICT_GPT2_WEIGHTS to a folder that has {name}.safetensors, or give a path."
    if name not in PUBLISHED:
        raise WeightsUnavailableError(f"{name} is not fetched: its checksum is not known. {remedy}")
    revision, sha256 = PUBLISHED[name]
    address = _ADDRESS.format(name, revision)
    try:
        return large_file(Published(f"gpt2/{name}.safetensors", sha256, (address,)))
    except NotFetchedError as error:
        tried = "\n  ".join(error.tried)
        raise WeightsUnavailableError(
            f"The weights of {name} could not be had. Tried:\n  {tried}\n{remedy}"
        ) from error


def read_weights(
    source: str | os.PathLike[str], heads: int | None = None
) -> tuple[GPTConfig, dict[str, Vectors]]:
    """Read the sizes and arrays of a GPT-2 by its name, or from a file; see `GPT.from_pretrained`.

    Raises:
        WeightsError: If the file has other arrays than a GPT-2.
    """
    named = isinstance(source, str) and source in GPT2_SIZES
    path = weights_path(str(source)) if named else Path(source)
    found = read_safetensors(path)
    try:
        arrays = by_our_names(found)
    except WeightsError as error:
        raise WeightsError(f"{path} {error}") from None
    arrays = {
        name: array if array.dtype.itemsize > 2 else array.astype(np.float32)
        for name, array in arrays.items()
    }
    try:
        (vocabulary_size, width), (context_length, _) = (
            arrays[name].shape for name in ("tokens", "positions")
        )
        layers = 1 + max(int(name.split(".")[1]) for name in arrays if name.startswith("blocks."))
        heads = heads or _noted_heads(path) or max(1, width // 64)
        config = GPTConfig(vocabulary_size, context_length, width, heads, layers)
    except (KeyError, ValueError) as error:
        raise WeightsError(f"{path} has not the arrays of a GPT-2: {error}") from None
    if named and config != GPTConfig.gpt2(str(source)):
        raise WeightsError(f"{path} is not {source}: it has the sizes of {config}")
    return config, arrays


def _noted_heads(path: Path) -> int:
    """Read how many heads a file says that its model has; 0 if it does not say."""
    noted = read_metadata(path).get(HEADS, "")
    return int(noted) if noted.isdecimal() and len(noted) < 9 else 0
