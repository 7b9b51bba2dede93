"""The job `generate`: a model goes on with a text, and each token is shown at once."""

import sys
from argparse import Namespace
from collections.abc import Iterator
from itertools import chain
from typing import TYPE_CHECKING

from verdict.command.errors import CommandError
from verdict.command.files import STANDARD_INPUT, write
from verdict.command.models import check_fit, load_model
from verdict.command.output import naming, print_json
from verdict.command.texts import read_text
from verdict.command.tokenizer_kinds import Tokenizer
from verdict.command.tokenizers import end_of_text, noted_tokenizer, tokenizer_called

if TYPE_CHECKING:
    from verdict.model.gpt import GPT


def generate(options: Namespace) -> None:
    """Write the text, and what the model adds to it, until it ends or enough has been said."""
    chosen = tokenizer_called(options.tokenizer or noted_tokenizer(options.model), options)
    prompt = options.text
    if prompt is None:
        prompt = "".join(read_text(STANDARD_INPUT, prints_meanwhile=True))
    try:
        prompt.encode()
    except UnicodeEncodeError as error:
        raise CommandError(f"the text is not UTF-8: {error}") from error
    with naming(STANDARD_INPUT if options.text is None else "the text"):
        ids = list(chosen.encode([prompt], options.special))
    if not ids:
        raise CommandError("there is no text to go on with: the model needs one token at least")
    model = load_model(options.model, options.heads)
    check_fit(model.config.vocabulary_size, ids, options.model)
    written = Continuation(options, chosen, model, ids)
    try:
        show(b"" if options.json else prompt.encode())
        for piece in written:
            show(b"" if options.json else piece)
    finally:  # after Ctrl+C too
        if options.json:
            print_json({"prompt": prompt, "text": written.text, "ids": written.ids})
        show(b"" if options.json else b"\n")


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


def show(data: bytes) -> None:
    """Write to standard output, and do not wait for more."""
    write(data)
    sys.stdout.buffer.flush()
