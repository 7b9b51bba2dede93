"""Examples as token IDs: rows to learn from, rows to measure, and how well those are answered."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from verdict.checks.arrays import IdArray, Vectors
from verdict.command.errors import CommandError
from verdict.command.examples import Asked, Labelled
from verdict.command.models import check_fit
from verdict.command.output import naming
from verdict.command.rows import Place
from verdict.command.tokenizer_kinds import Special, Tokenizer
from verdict.command.tokenizers import end_of_text
from verdict.model.gpt_config import GPTConfig
from verdict.text.special_tokens import END_OF_TEXT
from verdict.training.loss import IGNORED, cross_entropy
from verdict.tuning.collate import collate
from verdict.tuning.instructions import format_instruction
from verdict.tuning.padding import pad_rows

if TYPE_CHECKING:
    from verdict.training.gradients import Model

AT_ONCE = 32
"""How many rows are measured at once. More take more memory and are hardly faster."""


@dataclass(frozen=True)
class Reader:
    """Turns texts into token IDs that a model can read.

    Attributes:
        tokenizer: The tokenizer.
        special: What a special token in a text is taken for.
        sizes: Those of the model.
        model: What messages call the model.
    """

    tokenizer: Tokenizer
    special: Special
    sizes: GPTConfig
    model: str

    @property
    def end(self) -> int:
        """The token that ends a text, and fills rows behind it.

        Raises:
            CommandError: If the tokenizer has none.
        """
        found = end_of_text(self.tokenizer)
        if not found:
            raise CommandError(
                f"the tokenizer of {self.model} has no token {END_OF_TEXT}: tuning needs it, to "
                "fill short texts up and to end an answer"
            )
        return found[0]

    def ids(self, text: str, place: Place | str) -> list[int]:
        """Turn a text into token IDs.

        Raises:
            CommandError: If a special token is refused, or the model does not know a token.
        """
        with naming(str(place)):
            ids = list(self.tokenizer.encode([text], self.special))
        check_fit(self.sizes.vocabulary_size, ids, self.model)
        return ids

    def text(self, text: str, place: Place | str) -> list[int]:
        """Turn a text to classify into token IDs.

        Raises:
            CommandError: If there is none, or as for `ids`.
        """
        ids = self.ids(text, place)
        if not set(ids) - {self.end}:
            raise CommandError(f"{place}: the text has no token")
        return ids

    def prompt(self, instruction: str, about: str, place: Place | str) -> list[int]:
        """Turn an instruction into token IDs, in the form in which it is asked.

        Raises:
            CommandError: If it leaves no place for an answer, or as for `ids`.
        """
        ids = self.ids(format_instruction(instruction, about), place)
        if len(ids) >= self.sizes.context_length:
            what = place if isinstance(place, str) else f"{place}: the instruction"
            raise CommandError(
                f"{what} has {len(ids):,} tokens in the form in which it is asked, and "
                f"{self.model} sees {self.sizes.context_length:,} at once: no place is left for a "
                "response"
            )
        return ids


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
        for start in range(0, len(places), AT_ONCE):
            chosen = list(places[start : start + AT_ONCE])
            yield model(self.inputs[chosen]), self.targets[chosen]


def encoded(
    examples: Sequence[Labelled] | Sequence[Asked], reader: Reader, labels: list[str] | None
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
        if isinstance(each, Labelled):
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


def unknown_share(chosen: Tokenizer, texts: Sequence[str], special: Special) -> float:
    """Tell which share of the words a tokenizer does not know."""
    counts, unknown = chosen.count((f"{text} " for text in texts), special)
    return unknown.total() / max(1, counts.total())
