"""A GPT: embeddings, a row of transformer blocks, and scores for the token after each one."""

from __future__ import annotations

import os

import numpy as np

from verdict.checks.arrays import Ids, Vectors
from verdict.checks.model import checked_text
from verdict.checks.seeds import random_generator
from verdict.checks.vectors import check_context
from verdict.model.block import block, new_block
from verdict.model.gpt2_weights import read_weights
from verdict.model.gpt_config import GPTConfig, outer_shapes
from verdict.model.key_value_cache import Cache
from verdict.model.normalization import normalize
from verdict.model.operations import dropout as drop
from verdict.model.parameters import JoinedParameters, Parameters
from verdict.model.safetensors_header import WeightsError


class GPT:
    """A GPT-2 of any size: it gives each token of the vocabulary a score to come next.

    Args:
        config: Its sizes.
        spread: The standard deviation of the random numbers that the matrices begin with. What
            is added to the shortcuts begins smaller, by the root of how many parts add: 2 in
            each layer.
        seed: For these numbers, see `embedding_table`.
        dtype: Their type.

    Attributes:
        parameters: All arrays by name: "tokens", "positions", "norm_scale", "norm_shift", those
            of each block, such as "blocks.0.widen" and "blocks.0.attention.output"; and "head",
            if it is not tied. They can be replaced, by arrays of the same shape.

    Raises:
        TypeError, ValueError: If `seed` is no integer, or negative.

    Examples:
        >>> model = GPT(GPTConfig(100, context_length=8, width=12, heads=3, layers=2), seed=1)
        >>> model([[5, 3, 8], [3, 8, 4]]).shape
        (2, 3, 100)
    """

    def __init__(
        self,
        config: GPTConfig,
        *,
        spread: float = 0.02,
        seed: int | np.random.Generator | None = None,
        dtype: type[np.floating] = np.float64,
    ) -> None:
        self.config = config
        random = random_generator(seed)
        parts = {"": Parameters(outer_shapes(config), spread=spread, seed=random, dtype=dtype)}
        self.blocks = []
        for layer in range(config.layers):
            attention, rest = new_block(config, spread=spread, generator=random, dtype=dtype)
            self.blocks.append((attention, rest))
            parts[f"blocks.{layer}.attention"] = attention.parameters
            parts[f"blocks.{layer}"] = rest
        self.parameters = JoinedParameters(parts)

    @classmethod
    def from_pretrained(cls, source: str | os.PathLike[str], *, heads: int | None = None) -> GPT:
        """Make a GPT-2 with the numbers that OpenAI published, or with those of a file.

        Args:
            source: "gpt2", "gpt2-medium", "gpt2-large" or "gpt2-xl": its file is looked for as
                `VERDICT_GPT2_WEIGHTS` says, in the user's cache, and on the net. Or the path of
                a file in the same layout, or of one that `save_weights` wrote.
            heads: How many heads a file's model has. Without it, as many as the file's remark
                "heads" says, or else one for each 64 numbers.

        Returns:
            The model. Its numbers stay in the file until they are used.

        Raises:
            WeightsUnavailableError, OSError: If the file cannot be had, or read.
            WeightsError: If it is damaged, or has other arrays than a GPT-2.
        """
        config, arrays = read_weights(source, heads)
        model = cls(config, spread=0, dtype=np.float32)
        if missing := model.parameters.keys() - arrays.keys():
            raise WeightsError(f"{source} lacks {min(missing)!r}")
        model.parameters.update(arrays)
        return model

    def __call__(self, ids: Ids, generator: np.random.Generator | None = None) -> Vectors:
        """Give each token of the vocabulary a score to come after each token of the texts.

        Args:
            ids: Token IDs, of shape (…, tokens).
            generator: Decides what is dropped, in training. Without one, nothing is.

        Returns:
            The scores, also called logits: shape (…, tokens, vocabulary_size).

        Raises:
            TypeError: If `ids` are no integers, or `generator` is none.
            IndexError: If a token ID is not in the vocabulary.
            ValueError: If there is no token, or more than the context.
        """
        return self._scores(self.vectors(ids, generator))

    def next_token_scores(self, ids: Ids, cache: Cache | None = None) -> Vectors:
        """Give each token of the vocabulary a score to come next, after the whole text.

        Args:
            ids: The token IDs of the whole text: shape (…, tokens).
            cache: Has what was computed for the beginning of the text, and gets the rest.

        Returns:
            The last scores of each text, of shape (…, vocabulary_size).

        Raises:
            TypeError, IndexError, ValueError: If `ids` are no text that fits, as above.
        """
        last = self.vectors(ids, cache=cache)[..., -1:, :]  # (…, 1, width)
        return self._scores(last)[..., 0, :]  # (…, vocabulary_size)

    def vectors(
        self, ids: Ids, generator: np.random.Generator | None = None, cache: Cache | None = None
    ) -> Vectors:
        """Compute the vectors from which scores are made: shape (…, tokens not in cache, width).

        Arguments and errors are those of `next_token_scores`; the generator is that of a call.
        """
        p, dropout = self.parameters, self.config.dropout
        rows = checked_text(ids, self.config.vocabulary_size)  # (…, tokens)
        check_context(tokens := rows.shape[-1], self.config.context_length)
        known = cache.begin(self, rows) if cache else 0
        x: Vectors = p["tokens"][rows[..., known:]] + p["positions"][known:tokens]
        x = drop(x, dropout, generator)  # (…, new tokens, width)
        for layer, (attention, rest) in enumerate(self.blocks):
            own = cache.layers[layer] if cache else None  # its keys and values
            x = block(  # (…, new tokens, width)
                x, attention, rest, dropout=dropout, generator=generator, cache=own
            )
        return normalize(x, p["norm_scale"], p["norm_shift"])  # the same shape

    def _scores(self, vectors: Vectors) -> Vectors:
        """Compare vectors with those of all tokens: (…, tokens, vocabulary_size)."""
        p = self.parameters
        head = p["tokens"].swapaxes(0, 1) if self.config.tied else p["head"]
        scores: Vectors = vectors @ head  # (…, tokens, width) @ (width, vocabulary)
        return scores
