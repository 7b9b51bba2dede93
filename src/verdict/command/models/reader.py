"""Texts and instructions as token IDs that a model can read."""

from collections.abc import Sequence
from dataclasses import dataclass

from verdict.command.errors import CommandError, naming
from verdict.command.models.loading import check_fit
from verdict.command.reading.row import Place
from verdict.command.tokenizers.choosing import end_of_text
from verdict.command.tokenizers.kinds import Special, Tokenizer
from verdict.model.gpt_config import GPTConfig
from verdict.text.special_tokens import END_OF_TEXT
from verdict.tuning.instructions import format_instruction


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


def unknown_share(chosen: Tokenizer, texts: Sequence[str], special: Special) -> float:
    """Tell which share of the words a tokenizer does not know."""
    counts, unknown = chosen.count((f"{text} " for text in texts), special)
    return unknown.total() / max(1, counts.total())
