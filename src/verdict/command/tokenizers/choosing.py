"""The tokenizer that was chosen: one with a name, one in a file, or the one of a model."""

import json
from argparse import Namespace
from contextlib import suppress
from pathlib import Path

from verdict.command.errors import CommandError, RefusedTokenError
from verdict.command.tokenizers.kinds import BytePairs, Tokenizer
from verdict.command.tokenizers.names import DEFAULT, NAMED, OF_PACKAGED
from verdict.command.tokenizers.words import Words
from verdict.text.byte_pair_tokenizer import BytePairTokenizer
from verdict.text.gpt2_files import GPT2UnavailableError
from verdict.text.special_tokens import END_OF_TEXT
from verdict.text.story import StoryUnavailableError

REMARK = "tokenizer"
"""The remark in a model's file that says which tokenizer it was trained with."""

WORDS = "words"
"""The remark that lists all words of a model as JSON: then its file is its tokenizer too."""


def noted_tokenizer(model: str) -> str:
    """Find out which tokenizer a model's file says that it was trained with.

    Args:
        model: The path of the file, or the name of a GPT-2 or of a model of the package.

    Returns:
        The name of a tokenizer, or the path of its file, which lies beside the model's. It is
        that of GPT-2, where nothing is said. It is the model's file itself, where that lists
        all words. What is wrong with the file is for others to say.
    """
    from verdict.model.gpt_config import GPT2_SIZES
    from verdict.model.safetensors_file import read_metadata

    if model in OF_PACKAGED:
        return OF_PACKAGED[model]
    noted = DEFAULT
    if model not in GPT2_SIZES:
        with suppress(OSError, ValueError):
            remarks = read_metadata(model)
            if WORDS in remarks:
                return model
            noted = remarks.get(REMARK, DEFAULT)
    return noted if noted in NAMED else str(Path(model).parent / Path(noted).name)


def choices() -> str:
    """What a tokenizer can be, in words."""
    return f"{', '.join(NAMED)}, or a file that train wrote"


def tokenizer(options: Namespace) -> Tokenizer:
    """Make the tokenizer that was chosen; see `tokenizer_called`."""
    return tokenizer_called(options.tokenizer, options)


def tokenizer_called(name: str, options: Namespace) -> Tokenizer:
    """Make a tokenizer: one that has a name, or one in a file.

    Raises:
        CommandError: If what it needs is not there, or the file is not the file of a tokenizer.
    """
    try:
        if name in NAMED:
            return NAMED[name][1]()
        if words := _words_in(name):
            return Words({word: place for place, word in enumerate(words)})
        return BytePairs(BytePairTokenizer.load(name))
    except OSError as error:
        raise CommandError(
            f"{name} cannot be read: {error.strerror}. A tokenizer is {choices()}"
        ) from error
    except GPT2UnavailableError as error:
        raise CommandError(
            f"{error} Without them, two commands help: {options.prog} train notes.txt "
            f"--vocab-size 1000 -o notes.bpe, then {options.prog} encode --tokenizer notes.bpe "
            "notes.txt"
        ) from error
    except (StoryUnavailableError, ValueError) as error:
        raise CommandError(str(error)) from error


def _words_in(path: str) -> list[str]:
    """Read the words that a model's file lists; none, where it is another file.

    Raises:
        OSError: If the file cannot be read.
        CommandError: If the list is none of words.
    """
    if not Path(path).is_file() or not _may_be_model(path):  # a pipe can be read only once
        return []
    from verdict.model.safetensors_file import read_metadata

    try:
        listed = read_metadata(path).get(WORDS)
    except ValueError as error:
        raise CommandError(str(error)) from error
    try:
        words = json.loads(listed) if listed is not None else []
        if isinstance(words, list) and all(isinstance(word, str) for word in words):
            return words
    except (ValueError, RecursionError):
        pass
    raise CommandError(f"{path} has a list of words that is none")


def _may_be_model(path: str) -> bool:
    """Tell by its first bytes: behind the length of its list, a model's file begins with {."""
    with Path(path).open("rb") as file:
        return file.read(9)[8:] == b"{"


def end_of_text(chosen: Tokenizer) -> list[int]:
    """Find the token that ends a text, if there is one."""
    with suppress(KeyError, ValueError, RefusedTokenError):
        ids = list(chosen.encode([END_OF_TEXT], "token"))
        return ids if len(ids) == 1 else []
    return []
