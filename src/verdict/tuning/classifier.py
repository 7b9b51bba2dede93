"""A classifier: a GPT that reads a text, and a small matrix that gives each class a score."""

from __future__ import annotations

from typing import Literal, TypeAlias, get_args

import numpy as np

from verdict.checks.arrays import IdArray, Ids, Vectors
from verdict.checks.model import checked_text
from verdict.checks.numbers import checked_int, checked_size
from verdict.model.gpt import GPT
from verdict.model.parameters import Parameters
from verdict.tuning.trainable import ParameterView

Pooling: TypeAlias = Literal["mean", "last", "first"]
"""What stands for a whole text: the mean of its tokens' vectors, its last vector, or its first."""

Part: TypeAlias = Literal["head", "last block", "everything"]
"""Which weights are trained: the new matrix; the last block and norm too; or all of them."""


class Classifier:
    """A GPT whose scores are not for the next token, but for the classes of a text.

    The vectors of all tokens become one, and a matrix turns it into a score for each class. It
    begins with small random numbers, and is all that is new.

    Args:
        model: What reads the text. It stays as it is: the classifier has a model of its own,
            which begins with the same weights.
        classes: How many classes there are.
        pooling: Which vector of a text is read: the "mean" of those of all its tokens, or that
            of the "last" or of the "first".
        padding: The token ID that fills rows behind the end of a text, such as `pad_rows` puts
            there. These places are then no part of the text. Without it, all places are.
        spread: The standard deviation of the random numbers of the new matrix.
        seed: For these numbers.

    Attributes:
        parameters: All weights that the scores depend on, by name: "class_head" and
            "class_head_bias", and those of the model but its own head.

    Raises:
        TypeError: If a number is of another type.
        ValueError: If `classes` is below 2, or there is no such pooling.

    Examples:
        >>> from verdict import GPTConfig
        >>> model = GPT(GPTConfig(10, context_length=6, width=8, heads=2, layers=2), seed=1)
        >>> classifier = Classifier(model, padding=0, seed=1)
        >>> classifier([[3, 1, 4, 1], [5, 9, 0, 0], [2, 0, 0, 0]]).shape
        (3, 2)
    """

    def __init__(  # noqa: PLR0913 - all but the model have a value that will do
        self,
        model: GPT,
        classes: int = 2,
        *,
        pooling: Pooling = "mean",
        padding: int | None = None,
        spread: float = 0.02,
        seed: int | np.random.Generator | None = None,
    ) -> None:
        if pooling not in get_args(Pooling):
            raise ValueError(f'pooling must be "mean", "last" or "first", not {pooling!r}')
        self.classes = checked_size("classes", classes, 2)
        self.padding = None if padding is None else checked_int("padding", padding)
        self.pooling = pooling
        dtype = model.parameters["tokens"].dtype.type
        self.model = GPT(model.config, spread=0, dtype=dtype)
        self.model.parameters.update(model.parameters)
        shapes: dict[str, tuple[int, ...]]
        shapes = {"class_head": (model.config.width, classes), "class_head_bias": (classes,)}
        self.head = Parameters(shapes, spread=spread, seed=seed, dtype=dtype)
        owners = {name: self.model.parameters for name in model.parameters if name != "head"}
        self.parameters = ParameterView(owners | dict.fromkeys(shapes, self.head))

    def __call__(self, ids: Ids, generator: np.random.Generator | None = None) -> Vectors:
        """Give each class a score for each text.

        Args:
            ids: Token IDs, of shape (…, tokens).
            generator: Decides what is dropped, in training. Without one, nothing is.

        Returns:
            The scores, shape (…, classes). `softmax` makes shares of them.

        Raises:
            TypeError: If `ids` are no integers, or `generator` is none.
            IndexError: If a token ID is not in the vocabulary.
            ValueError: If a text has no token but padding, or more than the context.
        """
        rows = checked_text(ids, self.model.config.vocabulary_size)  # (…, tokens)
        lengths = self._lengths(rows)  # (…)
        rows = rows[..., : lengths.max()]  # what is padding in all rows changes nothing
        vectors = self.model.vectors(rows, generator)  # (…, tokens, width)
        weights = self._pooling_weights(lengths, rows.shape[-1])  # (…, tokens)
        weights = weights.astype(vectors.dtype)
        pooled = (weights[..., None, :] @ vectors)[..., 0, :]  # (…, width)
        return self.head.project(pooled, "class_head")  # (…, classes)

    def part(self, part: Part) -> list[str]:
        """Name the weights of a part, for `Trainable`.

        Args:
            part: "head" for the new matrix; "last block" for the last norm and block too; or
                "everything".

        Raises:
            ValueError: If there is no such part.
        """
        if part not in get_args(Part):
            raise ValueError(f'part must be "head", "last block" or "everything", not {part!r}')
        last_block = f"blocks.{self.model.config.layers - 1}."
        prefixes: dict[Part, tuple[str, ...]] = {
            "head": ("class_head",),
            "last block": ("class_head", "norm_", last_block),
            "everything": ("",),
        }
        return [name for name in self.parameters if name.startswith(prefixes[part])]

    def _lengths(self, rows: IdArray) -> IdArray:
        """Count the tokens of each text, without the padding behind it: shape (…)."""
        if self.padding is None:
            return np.full(rows.shape[:-1], rows.shape[-1])
        is_text_from_the_end = rows[..., ::-1] != self.padding  # (…, tokens)
        if not (has_text := is_text_from_the_end.any(axis=-1)).all():
            place = np.argwhere(~has_text)[0].tolist()
            raise ValueError(f"the text at {place} has no token but padding ({self.padding})")
        padding_behind = is_text_from_the_end.argmax(axis=-1)  # (…), the first True is text
        lengths: IdArray = rows.shape[-1] - padding_behind
        return lengths

    def _pooling_weights(self, lengths: IdArray, tokens: int) -> Vectors:
        """Weigh each token, so that the sum of the vectors is the one that is read: (…, tokens)."""
        places = np.arange(tokens)
        if self.pooling == "mean":
            is_read = places < lengths[..., None]  # (…, tokens)
        else:
            wanted = lengths - 1 if self.pooling == "last" else np.zeros_like(lengths)
            is_read = places == wanted[..., None]  # (…, tokens)
        weights: Vectors = is_read / is_read.sum(axis=-1, keepdims=True)
        return weights
