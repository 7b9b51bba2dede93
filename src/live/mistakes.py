"""Famous mistakes, each in the place of what the package does."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from math import sqrt
from typing import Any

from verdict import attention_weights, feed_forward, normalize, softmax
from verdict.model import gpt, multi_head_attention


def _without_scale(queries: Any, keys: Any, mask: Any = None) -> Any:
    return attention_weights(queries * sqrt(queries.shape[-1]), keys, mask)


def _with_soft_mask(queries: Any, keys: Any, mask: Any = None) -> Any:
    scores = queries / sqrt(queries.shape[-1]) @ keys.swapaxes(-1, -2)
    return softmax(scores if mask is None else scores + -10_000.0 * ~mask)


def _without_shortcuts(vectors: Any, attention: Any, parameters: Any, **more: Any) -> Any:
    p = parameters
    normal = normalize(vectors, p["norm_1_scale"], p["norm_1_shift"])
    found = attention(normal, more.get("generator"), more.get("cache"))
    return feed_forward(normalize(found, p["norm_2_scale"], p["norm_2_shift"]), p)


_MISTAKES: dict[str, tuple[Any, str, Any]] = {  # module, name in it, what replaces it
    "scale": (multi_head_attention, "attention_weights", _without_scale),
    "mask": (multi_head_attention, "attention_weights", _with_soft_mask),
    "shortcuts": (gpt, "block", _without_shortcuts),
}


def making(mistake: str) -> AbstractContextManager[None]:
    """Have the package make a mistake, for as long as a `with` lasts.

    Other mistakes are in how a training is set, such as a high rate: they change nothing here.
    """
    return replaced(*_MISTAKES[mistake]) if mistake in _MISTAKES else nullcontext()


@contextmanager
def replaced(module: Any, name: str, other: Any) -> Iterator[None]:
    """Replace something that a module has, for as long as a `with` lasts."""
    before = getattr(module, name)
    setattr(module, name, other)
    try:
        yield
    finally:
        setattr(module, name, before)
