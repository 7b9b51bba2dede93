"""A step of training: ours in 32 and 64 bits, and PyTorch's in its eager mode, where it is."""

import time
from collections.abc import Callable, Iterator
from functools import partial
from importlib.util import find_spec
from typing import Any

import numpy as np

from tests.bench.comparison import Comparison
from tests.verdict.training.pytorch_gpt import PyTorchGPT
from verdict import GPT, AdamW, GPTConfig, clip_gradients, loss_and_gradients

SHAPES = ((1_130, 32, 32, 4, 1, 16), (1_130, 32, 64, 4, 2, 16), (1_130, 32, 128, 4, 4, 16))
"""Vocabulary, context, width, heads, layers, and windows in a batch."""


def comparisons() -> Iterator[Comparison]:
    """Compare whole steps. Set OPENBLAS_NUM_THREADS=1 for a fair comparison."""
    for vocabulary, context, width, heads, layers, batch in SHAPES:
        config = GPTConfig(vocabulary, context, width, heads, layers, tied=False)
        windows = np.random.default_rng(1).integers(0, vocabulary, (2, batch, context))
        ways: dict[str, Callable[[], Any]] = {
            "ours, 32 bits": step_of(GPT(config, seed=1, dtype=np.float32), windows),
            "ours, 64 bits": step_of(GPT(config, seed=1), windows),
        }
        if find_spec("torch"):
            there = PyTorchGPT(GPT(config, seed=1, dtype=np.float32))
            there.torch.set_num_threads(1)
            ways["PyTorch, 32 bits"] = partial(step_there, there, there.optimizer(), windows)
        yield Comparison(
            f"a step: width {width}, layers {layers}, {batch} windows of {context} tokens",
            ways,
            comparable=None,
        )


def tables() -> Iterator[str]:
    """How the cost of a step grows with layers and with tokens."""
    lines = ["a step in 32 bits, width 64     CPU ms"]
    for layers, batch in ((1, 16), (2, 16), (4, 16), (8, 16), (2, 32), (2, 64)):
        config = GPTConfig(62, 32, 64, 4, layers, tied=False)
        windows = np.random.default_rng(1).integers(0, 62, (2, batch, 32))
        step = step_of(GPT(config, seed=1, dtype=np.float32), windows)
        spent = []
        for _ in range(7):
            start = time.process_time()
            step()
            spent.append(time.process_time() - start)
        lines.append(f"{layers} layers, {batch * 32:5,} tokens {min(spent) * 1000:14.1f}")
    yield "\n".join(lines)


def step_of(model: GPT, windows: Any) -> Callable[[], float]:
    """Ours: the loss, the gradients, shortened, and the weights moved."""
    optimizer = AdamW(model.parameters, digits=None)

    def step() -> float:
        loss, gradients = loss_and_gradients(model, *windows)
        optimizer.step(clip_gradients(gradients)[0], 1e-3)
        return loss

    return step


def step_there(there: PyTorchGPT, optimizer: Any, windows: Any) -> float:
    optimizer.zero_grad()
    loss = there.loss(*windows)
    loss.backward()
    there.torch.nn.utils.clip_grad_norm_(list(there.weights.values()), 1.0)
    optimizer.step()
    return float(loss.item())
