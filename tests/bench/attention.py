"""Attention as wide as GPT-2's: a loop, stacked heads, ours, and PyTorch's where it is."""

import time
from collections.abc import Callable, Iterator
from functools import partial
from importlib import import_module
from math import sqrt
from typing import Any

import numpy as np

from tests.bench.comparison import Comparison
from verdict import CausalAttention, MultiHeadAttention, softmax
from verdict.checks.arrays import Vectors

BATCH, TOKENS, WIDTH, HEADS = 8, 256, 768, 12
LENGTHS = (256, 512, 1024, 2048)
"""Of one text, to see how the cost grows."""


def comparisons() -> Iterator[Comparison]:
    """Compare one forward pass, in 32 bits. Set OPENBLAS_NUM_THREADS=1 for a fair one."""
    attention = layer(TOKENS)
    vectors = texts(BATCH, TOKENS)
    expected = attention(vectors)
    ways: dict[str, Callable[[], Any]] = {
        "loop over texts and heads": partial(by_loop, attention, vectors),
        "stacked heads": partial(by_stack, stacked(attention), attention, vectors),
        "MultiHeadAttention": partial(attention, vectors),
    }
    yield Comparison(
        f"attention of {(BATCH, TOKENS, WIDTH)} with {HEADS} heads",
        {**ways, **by_pytorch(attention, vectors)},
        comparable=lambda found: np.allclose(found, expected, atol=1e-5),
    )


def tables() -> Iterator[str]:
    """How the cost of one text grows with its length, and what its weights take in memory."""
    lines = ["one text of         CPU ms   weights of all heads"]
    seconds = []
    for tokens in LENGTHS:
        attention, vectors = layer(tokens), texts(1, tokens)
        attention(vectors)
        spent = []
        for _ in range(5):
            start = time.process_time()
            attention(vectors)
            spent.append(time.process_time() - start)
        seconds.append(min(spent))
        memory = HEADS * tokens * tokens * 4 / 1e6
        lines.append(f"{tokens:6,} tokens {seconds[-1] * 1000:12.1f} {memory:12.1f} MB")
    lengths = np.array(LENGTHS, float)
    terms = np.stack([lengths, lengths**2], axis=-1)
    (linear, square), *_ = np.linalg.lstsq(
        terms / np.array(seconds)[:, None], np.ones(4), rcond=None
    )
    lines.append(f"fitted: {linear * 1e6:.1f} us a token + {square * 1e9:.1f} ns a pair of tokens")
    yield "\n".join(lines)


def layer(tokens: int) -> MultiHeadAttention:
    return MultiHeadAttention(WIDTH, WIDTH, tokens, HEADS, seed=1, dtype=np.float32)


def texts(batch: int, tokens: int) -> Vectors:
    numbers = np.random.default_rng(1).standard_normal((batch, tokens, WIDTH))
    return numbers.astype(np.float32)


def by_loop(attention: MultiHeadAttention, vectors: Vectors) -> Vectors:
    """One text after another, and in each one head after another."""
    parts = np.split(attention.parameters["query_key_value"], 3 * HEADS, axis=-1)
    out = []
    for text in vectors:
        found = []
        for head in range(HEADS):
            query, key, value = (text @ parts[which * HEADS + head] for which in range(3))
            scores = np.where(attention.mask, query @ key.T / sqrt(key.shape[-1]), -np.inf)
            found.append(softmax(scores.astype(text.dtype)) @ value)
        out.append(np.concatenate(found, axis=-1))
    return attention.parameters.project(np.stack(out), "output")


def stacked(attention: MultiHeadAttention) -> list[CausalAttention]:
    """Each head as an attention of its own."""
    parts = np.split(attention.parameters["query_key_value"], 3 * HEADS, axis=-1)
    heads = []
    for head in range(HEADS):
        alone = CausalAttention(WIDTH, WIDTH // HEADS, TOKENS, dtype=np.float32)
        for which, name in enumerate(("query", "key", "value")):
            alone.parameters[name] = parts[which * HEADS + head]
        heads.append(alone)
    return heads


def by_stack(
    heads: list[CausalAttention], attention: MultiHeadAttention, vectors: Vectors
) -> Vectors:
    found = np.concatenate([head(vectors) for head in heads], axis=-1)
    return attention.parameters.project(found, "output")


def by_pytorch(attention: MultiHeadAttention, vectors: Vectors) -> dict[str, Callable[[], Any]]:
    """The textbook's form in PyTorch, and PyTorch's own fused one, on one thread."""
    try:
        torch: Any = import_module("torch")
    except ImportError:
        return {}
    torch.set_num_threads(1)
    x = torch.from_numpy(vectors)
    matrices = np.split(attention.parameters["query_key_value"], 3, axis=-1)
    weights = [torch.from_numpy(np.ascontiguousarray(matrix.T)) for matrix in matrices]
    output = torch.from_numpy(np.ascontiguousarray(attention.parameters["output"].T))
    bias = torch.from_numpy(attention.parameters["output_bias"])
    future = torch.triu(torch.ones(TOKENS, TOKENS, dtype=torch.bool), diagonal=1)
    linear = torch.nn.functional.linear

    def forward(fused: bool) -> Any:
        split = (BATCH, TOKENS, HEADS, WIDTH // HEADS)
        query, key, value = (linear(x, each).view(split).transpose(1, 2) for each in weights)
        if fused:
            attend = torch.nn.functional.scaled_dot_product_attention
            found = attend(query, key, value, is_causal=True)
        else:
            scores = (query @ key.transpose(2, 3)).masked_fill_(future, -torch.inf)
            found = torch.softmax(scores / key.shape[-1] ** 0.5, dim=-1) @ value
        joined = found.transpose(1, 2).reshape(BATCH, TOKENS, WIDTH)
        return linear(joined, output, bias).numpy()

    return {
        "PyTorch, the textbook's form": partial(forward, fused=False),
        "PyTorch, fused": partial(forward, fused=True),
    }
