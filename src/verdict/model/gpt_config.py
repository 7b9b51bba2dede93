"""The sizes of a GPT, and those of the four that are called GPT-2."""

from __future__ import annotations

from dataclasses import dataclass

from verdict.checks.numbers import check_rate, checked_size
from verdict.checks.vectors import check_heads

GPT2_SIZES = {  # width, heads, layers
    "gpt2": (768, 12, 12),
    "gpt2-medium": (1024, 16, 24),
    "gpt2-large": (1280, 20, 36),
    "gpt2-xl": (1600, 25, 48),
}
"""The four models of "Language Models are Unsupervised Multitask Learners" (Radford et al.)."""


@dataclass(frozen=True)
class GPTConfig:
    """The sizes of a GPT, and how it is built.

    Args:
        vocabulary_size: The number of tokens in the vocabulary.
        context_length: How many tokens the model sees at once.
        width: The length of the vector of each token.
        heads: How many heads attention has. They must divide the width.
        layers: The number of transformer blocks.
        dropout: The share to drop in training.
        bias: Whether queries, keys and values have a bias, as in GPT-2.
        tied: Whether the output uses the table of token embeddings, as in GPT-2.

    Raises:
        TypeError: If a size is no integer, or `dropout` no number.
        ValueError: If a size is below 1, the heads do not divide the width, or `dropout` is not
            from 0 to below 1.

    Examples:
        >>> GPTConfig.gpt2("gpt2-xl").layers
        48
    """

    vocabulary_size: int
    context_length: int
    width: int
    heads: int
    layers: int
    dropout: float = 0.0
    bias: bool = True
    tied: bool = True

    def __post_init__(self) -> None:
        for name in ("vocabulary_size", "context_length", "width", "heads", "layers"):
            checked_size(name, getattr(self, name))
        check_heads("width", self.width, self.heads)
        check_rate("dropout", self.dropout)

    @classmethod
    def gpt2(cls, name: str = "gpt2", dropout: float = 0.0) -> GPTConfig:
        """Return the sizes of "gpt2", "gpt2-medium", "gpt2-large" or "gpt2-xl".

        Raises:
            ValueError: If the name is another.
        """
        if name not in GPT2_SIZES:
            raise ValueError(f"{name!r} is no size of GPT-2: there are {', '.join(GPT2_SIZES)}")
        return cls(50_257, 1_024, *GPT2_SIZES[name], dropout=dropout)


def outer_shapes(config: GPTConfig) -> dict[str, tuple[int, ...]]:
    """List the shapes of a GPT's parameters that belong to no block.

    Args:
        config: The sizes of the GPT.

    Returns:
        The shape of each parameter by its name.

    Examples:
        >>> outer_shapes(GPTConfig(5, context_length=4, width=8, heads=2, layers=1))["tokens"]
        (5, 8)
    """
    width, vocabulary = config.width, config.vocabulary_size
    tables: dict[str, tuple[int, ...]]
    tables = {"tokens": (vocabulary, width), "positions": (config.context_length, width)}
    norm = {"norm_scale": (width,), "norm_shift": (width,)}
    return tables | norm | ({} if config.tied else {"head": (width, vocabulary)})
