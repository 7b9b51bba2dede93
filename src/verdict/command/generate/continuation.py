"""What a model adds to a text, token by token."""

from argparse import Namespace
from collections.abc import Iterator
from itertools import chain
from typing import TYPE_CHECKING

from verdict.command.errors import CommandError
from verdict.command.tokenizers.choosing import end_of_text
from verdict.command.tokenizers.kinds import Tokenizer

if TYPE_CHECKING:
    from verdict.model.gpt import GPT


class Continuation:
    """What a model adds to a text: its pieces, each as soon as it is known.

    Args:
        options: Has the settings of the draws.
        chosen: The tokenizer.
        model: The model.
        prompt: The token IDs of the text.

    Attributes:
        ids: The token IDs that were added until now.
    """

    def __init__(
        self, options: Namespace, chosen: Tokenizer, model: "GPT", prompt: list[int]
    ) -> None:
        self._options, self._chosen, self._model, self._prompt = options, chosen, model, prompt
        self.ids: list[int] = []
        self._pieces: list[bytes] = []

    def __iter__(self) -> Iterator[bytes]:
        """Let the model write.

        Yields:
            The UTF-8 of each token.

        Raises:
            CommandError: If the tokenizer does not have a token.
        """
        for piece in _decoded(self._chosen, chain([self._prompt[-1:]], self._new_ids())):
            self._pieces.append(piece)
            yield piece

    @property
    def text(self) -> str:
        """What was added until now."""
        return b"".join(self._pieces).decode("utf-8", "replace")

    def _new_ids(self) -> Iterator[list[int]]:
        from verdict.model.generation import generate as generated

        for token in generated(
            self._model,
            self._prompt,
            self._options.max_tokens,
            temperature=self._options.temperature,
            top_k=self._options.top_k,
            top_p=self._options.top_p,
            seed=self._options.seed,
            stop=end_of_text(self._chosen),
        ):
            self.ids.append(token)
            yield [token]


def _decoded(chosen: Tokenizer, ids: Iterator[list[int]]) -> Iterator[bytes]:
    """Turn new tokens into text, or say that the tokenizer has none for one of them.

    The first one is the last of the prompt: what comes after it may begin with a space. It is
    not shown again.
    """
    texts = iter(chosen.decode(ids))
    next(texts)
    try:
        yield from texts
    except KeyError as error:
        raise CommandError(
            f"the model wrote a token that the tokenizer does not have: {error.args[0]}"
        ) from error
