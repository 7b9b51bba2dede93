"""A model as large as the smallest GPT-2 writes 64 tokens after 64: ours, and transformers'.

Its numbers are random: what they are makes no difference to the time. Set OPENBLAS_NUM_THREADS=1
for a fair comparison. transformers on PyTorch takes part where both are installed.
"""

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np

from tests import PATIENCE
from tests.bench.comparison import Comparison
from verdict import GPT, GPTConfig, generate, write_gpt2

PROMPT, TOKENS = 64, 64
WITHOUT = 8
"""How many tokens are written without a cache: each costs as much as many with one."""

IDS = np.random.default_rng(1).integers(50_257, size=PROMPT).tolist()

LOAD = """
import json, sys, time
from pathlib import Path
from verdict import GPT, generate
start = time.perf_counter()
model = GPT.from_pretrained(sys.argv[1])
loaded = time.perf_counter() - start
for token in generate(model, json.loads(sys.argv[2]), int(sys.argv[3])):
    pass
try:
    lines = Path("/proc/self/status").read_text().splitlines()
    most = next(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM"))
except OSError:  # only Linux tells it so
    most = None
print(json.dumps([loaded, most]))
"""
"""A process of its own: how long loading takes, and the most memory that writing needs."""


def comparisons() -> Iterator[Comparison]:
    """Compare how long 64 tokens take, greedily, in 32 bits."""
    with tempfile.TemporaryDirectory() as folder:
        path = written(Path(folder))
        model = GPT.from_pretrained(path)
        ways: dict[str, Callable[[], Any]] = {
            "generate": lambda: list(generate(model, IDS, TOKENS)),
            **by_transformers(model),
        }
        yield Comparison(
            f"{TOKENS} tokens after {PROMPT}, at GPT-2's smallest size", ways, rounds=3
        )


def tables() -> Iterator[str]:
    """What a token costs with and without the cache, and what loading takes."""
    with tempfile.TemporaryDirectory() as folder:
        path = written(Path(folder))
        model = GPT.from_pretrained(path)
        lines = ["tokens before   ms with a cache   ms without (CPU)"]
        for before in (64, 256, 512):
            ids = (IDS * 8)[:before]
            with_it, without = (per_token(model, ids, cache=cache) for cache in (True, False))
            lines.append(f"{before:13} {with_it * 1000:17.1f} {without * 1000:18.1f}")
        arguments = [sys.executable, "-c", LOAD, str(path), json.dumps(IDS), str(TOKENS)]
        loaded, most = json.loads(subprocess.check_output(arguments, timeout=PATIENCE))
        weights = path.stat().st_size
        lines.append(f"loaded in {loaded:.2f} s")
        if most:
            lines.append(f"{most / weights:.2f} times the memory of the weights at most")
        yield "\n".join(lines)


def per_token(model: GPT, ids: list[int], *, cache: bool) -> float:
    """CPU seconds for a further token, once the first is there."""
    tokens = generate(model, ids, WITHOUT + 1, cache=cache)
    next(tokens)
    start = time.process_time()
    for _ in tokens:
        pass
    return (time.process_time() - start) / WITHOUT


def written(folder: Path) -> Path:
    """Write a model of random numbers, as published ones are."""
    path = folder / "gpt2.safetensors"
    write_gpt2(path, GPT(GPTConfig.gpt2(), seed=1, dtype=np.float32).parameters)
    return path


def by_transformers(model: GPT) -> dict[str, Callable[[], Any]]:
    """The same model in transformers, on one thread, where it is installed."""
    try:
        torch: Any = import_module("torch")
        transformers: Any = import_module("transformers")
    except ImportError:
        return {}
    torch.set_num_threads(1)
    config = transformers.GPT2Config(
        resid_pdrop=0, embd_pdrop=0, attn_pdrop=0, bos_token_id=None, eos_token_id=None
    )
    theirs = transformers.GPT2LMHeadModel(config).eval()
    state = theirs.state_dict()
    names = import_module("verdict.model.gpt2_names")
    for name, ours in names.NAMES.items():
        state[f"transformer.{name}"].copy_(torch.tensor(model.parameters[ours]))
    for block in range(model.config.layers):
        for name, ours in names.BLOCK_NAMES.items():
            array = model.parameters[f"blocks.{block}.{ours}"]
            state[f"transformer.h.{block}.{name}"].copy_(torch.tensor(array))
    ids = torch.tensor([IDS])
    write = partial(
        theirs.generate,
        ids,
        attention_mask=torch.ones_like(ids),
        max_new_tokens=TOKENS,
        do_sample=False,
        pad_token_id=0,
    )

    def run() -> Any:
        with torch.inference_mode():
            return write()[0, PROMPT:].tolist()

    return {"transformers on PyTorch": run}
