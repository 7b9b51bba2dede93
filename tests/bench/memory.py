"""The peak memory of a step of training: ours, and PyTorch's in its eager mode, where it is.

Each runs in a process of its own: what a step takes is the most that it had, less what it had
before there was a model. Only Linux can forget an earlier peak, so elsewhere nothing is measured.
"""

import subprocess
import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np

from tests import PATIENCE
from tests.bench.training import step_of, step_there
from tests.verdict.training.pytorch_gpt import PyTorchGPT
from verdict import GPT, GPTConfig

GOAL = 1.5
"""How many times as much as PyTorch a step may take."""

SHAPES = ((1_130, 32, 64, 4, 2, 16), (1_130, 128, 128, 4, 4, 16), (5_000, 256, 128, 4, 4, 8))
"""Vocabulary, context, width, heads, layers, and windows in a batch."""

STEPS = 3
OURS, THERE = "ours, 32 bits", "PyTorch, 32 bits"


def tables() -> Iterator[str]:
    """Compare the peaks of both."""
    if sys.platform != "linux":
        yield "memory of a step: skipped, for only Linux tells it"
        return
    lines = [f"peak memory of a step, MB: wanted at most {GOAL} times PyTorch's"]
    ways = [OURS, *([THERE] if find_spec("torch") else [])]
    for shape in SHAPES:
        found = [_measured(way, shape) for way in ways]
        vocabulary, context, width, _, layers, batch = shape
        row = f"width {width:3}, layers {layers}, {batch} windows of {context:3}, {vocabulary:5,}"
        lines.append(f"  {row} tokens" + "".join(f"{megabytes:10.1f}" for megabytes in found))
        if len(found) > 1:
            ratio = found[0] / found[1]
            word = "reached" if ratio <= GOAL else "NOT REACHED"
            lines[-1] += f"{ratio:8.2f}  {word}"
    if len(ways) == 1:
        lines.append("  PyTorch is not installed: there is nothing to compare with")
    yield "\n".join(lines)


def _measured(way: str, shape: tuple[int, ...]) -> float:
    """Measure in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.memory", way, *map(str, shape)],
        stdout=subprocess.PIPE,
        check=True,
        timeout=PATIENCE,
    )
    return float(done.stdout)


def main(way: str, *shape: int) -> float:
    """Make some steps; return by how many megabytes the peak lies above what was there before."""
    vocabulary, context, width, heads, layers, batch = shape
    windows = np.random.default_rng(1).integers(0, vocabulary, (2, batch, context))
    if way == THERE:
        import_module("torch").set_num_threads(1)
    # A small step first: what is imported, or set up once, is no part of what a step takes.
    _step(way, GPTConfig(9, 8, 8, 2, 1, tied=False), np.zeros((2, 1, 8), int))()
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    before = _kilobytes("VmRSS")
    step = _step(way, GPTConfig(vocabulary, context, width, heads, layers, tied=False), windows)
    for _ in range(STEPS):
        step()
    return (_kilobytes("VmHWM") - before) / 1024


def _step(way: str, config: GPTConfig, windows: Any) -> Callable[[], float]:
    model = GPT(config, seed=1, dtype=np.float32)
    if way == OURS:
        return step_of(model, windows)
    there = PyTorchGPT(model)
    optimizer = there.optimizer()
    del model
    return lambda: step_there(there, optimizer, windows)


def _kilobytes(name: str) -> int:
    """Read a number that Linux tells of this process."""
    for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
        if line.startswith(f"{name}:"):
            return int(line.split()[1])
    raise LookupError(name)


if __name__ == "__main__":
    print(main(sys.argv[1], *map(int, sys.argv[2:])))
