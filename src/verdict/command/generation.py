"""The job `generate`: a model goes on with a text, and each token is shown at once."""

import sys
from argparse import Namespace
from collections.abc import Iterator
from itertools import chain
from typing import TYPE_CHECKING

from verdict.command.errors import CommandError
from verdict.command.files import STANDARD_INPUT, write
from verdict.command.output import naming, print_json
from verdict.command.texts import read_text
from verdict.command.tokenizer_kinds import Tokenizer
from verdict.command.tokenizers import end_of_text, noted_tokenizer, tokenizer_called

if TYPE_CHECKING:
    from verdict.model.gpt import GPT


def generate(options: Namespace) -> None:
    """Write the text, and what the model adds to it, until it ends or enough has been said."""
    from verdict.model.generation import generate as generated

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
    model = _model(options)
    _check_fit(model, ids, options)
    added: list[int] = []

    def noted() -> Iterator[list[int]]:
        for token in generated(
            model,
            ids,
            options.max_tokens,
            temperature=options.temperature,
            top_k=options.top_k,
            top_p=options.top_p,
            seed=options.seed,
            stop=end_of_text(chosen),
        ):
            added.append(token)
            yield [token]

    pieces: list[bytes] = []
    try:
        _show(b"" if options.json else prompt.encode())
        for piece in _decoded(chosen, chain([ids[-1:]], noted())):
            pieces.append(piece)
            _show(b"" if options.json else piece)
    finally:  # after Ctrl+C too
        if options.json:
            text = b"".join(pieces).decode("utf-8", "replace")
            print_json({"prompt": prompt, "text": text, "ids": added})
        _show(b"" if options.json else b"\n")


def _model(options: Namespace) -> "GPT":
    """Load the model that was chosen: a GPT-2 by its name, or one in a file."""
    from verdict.model.gpt import GPT
    from verdict.model.gpt2_weights import WeightsUnavailableError

    try:
        return GPT.from_pretrained(options.model, heads=options.heads)
    except OSError as error:
        raise CommandError(
            f"{options.model} cannot be read: {error.strerror}. A model is gpt2, gpt2-medium, "
            "gpt2-large, gpt2-xl, or a file in the same layout, or of pretrain"
        ) from error
    except (WeightsUnavailableError, ValueError) as error:
        raise CommandError(str(error)) from error


def _check_fit(model: "GPT", ids: list[int], options: Namespace) -> None:
    """Make sure that the model knows all tokens of the text."""
    size = model.config.vocabulary_size
    if max(ids) >= size:
        raise CommandError(
            f"the text has token {max(ids)}, and {options.model} knows {size:,} tokens: it needs "
            "the --tokenizer that it was trained with"
        )


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


def _show(data: bytes) -> None:
    """Write to standard output, and do not wait for more."""
    write(data)
    sys.stdout.buffer.flush()
