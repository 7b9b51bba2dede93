"""The tokenizers that the command knows by name, and those of the models of the package."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from verdict.command.tokenizers.kinds import BytePairs, Tokenizer
from verdict.command.tokenizers.words import Words
from verdict.text.byte_pair_tokenizer import BytePairTokenizer
from verdict.text.special_tokens import END_OF_TEXT, UNKNOWN
from verdict.text.story import read_story
from verdict.text.vocabulary import build_vocabulary
from verdict.text.words import split_words

if TYPE_CHECKING:
    from verdict.tuning.pretrained import Pretrained

DEFAULT = "gpt2"


def _words_of_the_story() -> Tokenizer:
    return Words(build_vocabulary(split_words(read_story()), [END_OF_TEXT, UNKNOWN]))


def _words_in_lower_case(name: "Pretrained") -> Tokenizer:
    from verdict.tuning.pretrained import vocabulary

    return Words(vocabulary(name), lower=True)


def _words_of_the_assistant() -> Tokenizer:
    from verdict.tuning.instructions import toy_vocabulary

    return Words(toy_vocabulary())


NAMED: dict[str, tuple[str, Callable[[], Tokenizer]]] = {
    DEFAULT: ("without this option", lambda: BytePairs(BytePairTokenizer.gpt2())),
    "words": ("the words of The Verdict", _words_of_the_story),
    "messages": ("the words of the package's messages", partial(_words_in_lower_case, "messages")),
    "orders": ("the words of its orders", partial(_words_in_lower_case, "orders")),
    "assistant": ("the words of its assistant", _words_of_the_assistant),
}
"""Each name, what the help says of it, and what makes it."""

OF_PACKAGED = {
    "messages": "messages",
    "orders": "orders",
    "assistant": "assistant",
    "assistant-pretrained": "assistant",
}
"""The models that come with the package, each with the name of its tokenizer."""
