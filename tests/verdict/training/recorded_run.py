"""A training whose weights are known to the last bit, and other machines to run it on.

`python -m tests.verdict.training.recorded_run` prints a digest of its weights. A word more makes
this machine another one: `einsum` computes each product of matrices in plain loops, `jitter` gets
the last digit of each product, power, root and tangent wrong.
"""

import hashlib
import sys
from importlib.machinery import SourceFileLoader
from typing import Any

import numpy as np

from tests.docs.test_products import PACKAGE, changed, product_in_order

TEXT = (np.arange(2_000) ** 2 * 7 + np.arange(2_000) // 5) % 60
STEPS = 40
PEAK = 0.02
"""High: without rounding, machines part at such a rate."""

DIGEST = "fd7304079e89b0aff85e880c1478d94a6d8683cefa76afc2f14b9d93b85bd169"


def digest(digits: int | None = 6) -> str:
    """Train, and describe all weights in one number."""
    from verdict import GPT, AdamW, GPTConfig, train

    config = GPTConfig(60, context_length=32, width=32, heads=4, layers=2, dropout=0.1, tied=False)
    model = GPT(config, seed=4)
    optimizer = AdamW(model.parameters, digits=digits)
    for _ in train(model, TEXT, STEPS, optimizer=optimizer, seed=4, batch_size=4, peak=PEAK):
        pass
    found = hashlib.sha256()
    for name, array in model.parameters.items():
        found.update(name.encode())
        found.update(array.astype("<f8").tobytes())
    return found.hexdigest()


def count_products(product: Any) -> None:
    """Let each `@` of the package be this function, from the next import on."""

    def source_to_code(self: Any, data: Any, path: str, **_: Any) -> Any:
        return changed(data, path)[0] if path.startswith(PACKAGE) else compile(data, path, "exec")

    import builtins

    def of_arrays(one: Any, other: Any) -> Any:
        arrays = isinstance(one, np.ndarray) and isinstance(other, np.ndarray)
        return product(one, other) if arrays else one @ other

    vars(builtins)["product_in_order"] = of_arrays
    SourceFileLoader.source_to_code = source_to_code  # type: ignore[method-assign, assignment]


def jittered(function: Any) -> Any:
    """The same function, with the last digit of its results wrong by chance."""
    random = np.random.default_rng(5)

    def almost(*given: Any, **options: Any) -> Any:
        found = np.asarray(function(*given, **options))
        wrong = random.integers(-1, 2, found.shape) * np.finfo(found.dtype).eps
        found *= 1 + wrong.astype(found.dtype)
        return found

    return almost


if __name__ == "__main__":
    if "einsum" in sys.argv:
        count_products(product_in_order)
    if "jitter" in sys.argv:
        count_products(jittered(np.matmul))
        for name in ("exp", "tanh", "sqrt"):
            setattr(np, name, jittered(getattr(np, name)))
    print(digest(None if "plain" in sys.argv else 6))
