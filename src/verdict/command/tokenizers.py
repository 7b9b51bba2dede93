"""The tokenizers that the command knows by name, and those that `train` wrote into a file."""

from argparse import Namespace
from collections.abc import Callable

from verdict.command.errors import CommandError
from verdict.command.tokenizer_kinds import BytePairs, Tokenizer, Words
from verdict.text.byte_pair_tokenizer import BytePairTokenizer
from verdict.text.gpt2_files import GPT2UnavailableError
from verdict.text.story import StoryUnavailableError, read_story
from verdict.text.words import split_words

DEFAULT = "gpt2"

NAMED: dict[str, tuple[str, Callable[[], Tokenizer]]] = {
    DEFAULT: ("without this option", lambda: BytePairs(BytePairTokenizer.gpt2())),
    "words": ("the words of The Verdict", lambda: Words(split_words(read_story()))),
}
"""Each name, what the help says of it, and what makes it."""


def choices() -> str:
    """What a tokenizer can be, in words."""
    return f"{', '.join(NAMED)}, or a file that train wrote"


def tokenizer(options: Namespace) -> Tokenizer:
    """Make the tokenizer that was chosen: one that has a name, or one in a file.

    Raises:
        CommandError: If what it needs is not there, or the file is not the file of a tokenizer.
    """
    name: str = options.tokenizer
    try:
        return NAMED[name][1]() if name in NAMED else BytePairs(BytePairTokenizer.load(name))
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
