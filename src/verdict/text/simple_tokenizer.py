"""A first tokenizer: text to token IDs, and token IDs back to text."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from verdict.checks.ids import (
    UNKNOWN_WORD,
    checked_ids,
    checked_vocabulary,
    unknown_id,
)
from verdict.text.words import split_words

JOINED_MARKS = tuple(",.?!\"()'")  # decode puts no space before these


class SimpleTokenizerV1:
    """Encodes text as token IDs by a vocabulary of whole words, and back.

    Args:
        vocab: Each token and its token ID. It is copied: a tokenizer never
            changes.

    Raises:
        TypeError: If `vocab` is not a mapping from `str` to `int`.
        ValueError: If a token ID is negative, or two tokens share one.

    Examples:
        >>> vocab = {",": 0, "dog": 1, "fox": 2, "the": 3}
        >>> tokenizer = SimpleTokenizerV1(vocab)
        >>> tokenizer.encode("the fox, the dog")
        [3, 2, 0, 3, 1]
        >>> tokenizer.decode([3, 2, 0, 3, 1])
        'the fox, the dog'
    """

    __slots__ = ("_int_to_str", "_pieces", "_str_to_int")

    def __init__(self, vocab: Mapping[str, int]) -> None:
        self._str_to_int = checked_vocabulary(vocab)
        items = self._str_to_int.items()
        self._int_to_str = {token_id: token for token, token_id in items}
        # What decode writes for a token: a space before it, but not before
        # a mark.
        self._pieces = {}
        for token, token_id in items:
            space = "" if token.startswith(JOINED_MARKS) else " "
            self._pieces[token_id] = space + token

    @property
    def str_to_int(self) -> Mapping[str, int]:
        """The vocabulary, to read: token to token ID."""
        return MappingProxyType(self._str_to_int)

    @property
    def int_to_str(self) -> Mapping[int, str]:
        """The inverse vocabulary, to read: token ID to token."""
        return MappingProxyType(self._int_to_str)

    def encode(self, text: str) -> list[int]:
        """Turn a text into token IDs; an unknown word raises `KeyError`."""
        ids = self._str_to_int
        try:
            return [ids[word] for word in split_words(text)]
        except KeyError as error:
            error.add_note(UNKNOWN_WORD)
            raise

    def decode(self, ids: Iterable[int]) -> str:
        """Turn token IDs into a text; an unknown ID raises `KeyError`."""
        try:
            pieces = [self._pieces[each] for each in checked_ids(ids)]
        except KeyError as error:
            raise unknown_id(error.args[0], self._pieces) from None
        return "".join(pieces).removeprefix(" ")
