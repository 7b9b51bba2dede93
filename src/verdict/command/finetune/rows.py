"""Examples as token IDs: rows to learn from, rows to measure, and how well those are answered."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from verdict.checks.arrays import IdArray, Vectors
from verdict.command.finetune.examples import InstructionExample, LabelledText
from verdict.command.models.reader import Reader, unknown_share
from verdict.training.loss import IGNORED, cross_entropy
from verdict.tuning.collate import collate
from verdict.tuning.padding import pad_rows

if TYPE_CHECKING:
    from verdict.training.gradients import Model

ROWS_AT_ONCE = 32
"""How many rows are measured at once. More take more memory and are hardly faster."""


@dataclass(frozen=True)
class Rows:
    """Examples as the rows of arrays.

    Attributes:
        inputs: The token IDs.
        targets: The class of each row, or the token that follows at each place.
        cut: How many examples are longer than the model's context, and cut at their end.
        digest: Of all token IDs and targets.
    """

    inputs: IdArray
    targets: IdArray
    cut: int
    digest: str

    def measured(self, model: "Model", places: Sequence[int]) -> float:
        """Measure the mean loss of some examples."""
        total, count = 0.0, 0
        for scores, targets in self._scored(model, places):
            counted = int((targets != IGNORED).sum())
            total += cross_entropy(scores, targets) * counted
            count += counted
        return total / count

    def guesses(self, model: "Model", places: Sequence[int]) -> list[int]:
        """Tell which class each of some texts is taken for."""
        return [
            guess
            for scores, _ in self._scored(model, places)
            for guess in scores.argmax(axis=-1).tolist()
        ]

    def _scored(self, model: "Model", places: Sequence[int]) -> Iterator[tuple[Vectors, IdArray]]:
        for start in range(0, len(places), ROWS_AT_ONCE):
            chosen = list(places[start : start + ROWS_AT_ONCE])
            yield model(self.inputs[chosen]), self.targets[chosen]


def encoded(
    examples: Sequence[LabelledText] | Sequence[InstructionExample],
    reader: Reader,
    labels: list[str] | None,
) -> Rows:
    """Turn examples into rows.

    Args:
        examples: The examples.
        reader: Turns their texts into token IDs.
        labels: All labels, if there are any.

    Raises:
        CommandError: If one has no token, or leaves no place for a response.
    """
    context, end = reader.sizes.context_length, reader.end
    texts: list[Any] = []
    classes: list[int] = []
    for each in examples:
        if isinstance(each, LabelledText):
            texts.append(reader.text(each.text, each.place))
            classes.append((labels or []).index(each.label))
        else:
            prompt = reader.prompt(each.instruction, each.about, each.place)
            texts.append((prompt, reader.ids(f" {each.response}", each.place)))
    digest = hashlib.sha256(json.dumps([texts, classes]).encode()).hexdigest()
    if labels:
        cut = sum(len(text) > context for text in texts)
        return Rows(pad_rows(texts, end, context), np.array(classes), cut, digest)
    cut = sum(len(prompt) + len(answer) > context for prompt, answer in texts)
    return Rows(*collate(texts, end, longest=context), cut, digest)


def share_of_unknown_words(
    examples: Sequence[LabelledText] | Sequence[InstructionExample], reader: Reader
) -> float:
    """Tell which share of the words of all examples a model does not know."""
    if not reader.tokenizer.has_unknown_words:
        return 0.0
    texts = [
        each.text
        if isinstance(each, LabelledText)
        else f"{each.instruction} {each.about} {each.response}"
        for each in examples
    ]
    return unknown_share(reader.tokenizer, texts, reader.special)
