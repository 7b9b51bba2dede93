"""A GPT of GPT-2's smallest size, and what PyTorch and transformers compute with its numbers.

The numbers were computed once, in float32 on one thread, with PyTorch 2.14.1 and transformers
5.24.0 on the CPU: `GPT2LMHeadModel(GPT2Config()).eval()`, which has 124,439,808 numbers. Its
arrays, in the alphabetical order of their names, were set to `scattered(shape, start=0)`,
`start=1` and so on, and 1 was added to the weights of all norms.
"""

import re
from math import prod
from typing import Any

import numpy as np

from verdict import GPT, GPTConfig
from verdict.model.gpt2_names import BLOCK_NAMES, NAMES

TEXTS = [[6109, 3626, 6100, 345, *range(7, 50_000, 1_111)], [*range(50_000, 2_000, -980)]]
"""Two texts of 49 tokens."""

PLACES, TOKENS = [0, 9, 31, 48], [0, 345, 6100, 25_000, 50_256]
"""Of which places and tokens the scores were typed in."""


TRANSFORMERS_SCORES = [
    [
        [0.8589251, -0.20164871, 0.07451528, -0.569926, -0.9984171],
        [2.138897, -0.7541816, 0.59914124, -1.139898, 0.109619915],
        [1.7246568, -0.37045953, -0.31647336, -2.2686806, -0.7925604],
        [0.7406089, -0.10954106, 0.37594593, 0.4274088, -0.15118837],
    ],
    [
        [0.16467607, -1.3050153, -0.32152295, -0.44942716, 0.113009065],
        [3.5421329, -1.0294566, 1.6261194, -1.0300574, -0.49027166],
        [2.01127, -0.1321379, 1.3285921, -0.6983332, -1.5606401],
        [2.5026803, -2.5359924, -0.5951628, -1.7054324, -0.6835066],
    ],
]
"""Of all scores the standard deviation is 1.28; those in float64 differ by 6.1e-6 at most."""


def scattered(shape: tuple[int, ...], start: int) -> Any:
    """Numbers from -0.08 to 0.08 without an order that meets the eye, the same on any machine."""
    mixed = np.arange(prod(shape), dtype=np.uint32) + np.uint32(start * 50_000_017 % 2**32)
    for shift, factor in ((16, 0x7FEB352D), (15, 0x846CA68B)):
        mixed ^= mixed >> np.uint32(shift)
        mixed *= np.uint32(factor)
    mixed ^= mixed >> np.uint32(16)
    return ((mixed / 2**32 - 0.5) * 0.16).astype(np.float32).reshape(shape)


def published() -> dict[str, Any]:
    """All arrays under the names that published files have."""
    theirs = {ours: name for name, ours in (NAMES | BLOCK_NAMES).items()}
    shapes = {}
    for name, array in GPT(GPTConfig.gpt2(), spread=0, dtype=np.float32).parameters.items():
        block = re.fullmatch(r"blocks\.(\d+)\.(.*)", name)
        shapes[f"h.{block[1]}.{theirs[block[2]]}" if block else theirs[name]] = array.shape
    arrays = {name: scattered(shapes[name], at) for at, name in enumerate(sorted(shapes))}
    for name in arrays:
        if re.search(r"ln_\w\.weight", name):
            arrays[name] += 1
    return arrays
