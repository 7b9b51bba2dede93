"""What the command asks of a tokenizer, for text that comes in pieces, and byte pairs as one."""

from collections import Counter
from collections.abc import Iterable, Iterator
from os import PathLike
from typing import Literal, Protocol, assert_never

from verdict.command.errors import RefusedTokenError
from verdict.text.byte_pair_tokenizer import BytePairTokenizer

Special = Literal["refuse", "token", "text"]
"""What a special token in a text is taken for; the parser offers these."""


class Tokenizer(Protocol):
    """Text to token IDs and back, piece by piece."""

    has_unknown_words: bool
    """Whether a word can be unknown."""

    keeps_all: bool
    """Whether `decode` gives back the very bytes that were encoded."""

    @property
    def vocabulary_size(self) -> int:
        """How many tokens there are."""

    def encode(self, pieces: Iterable[str], special: Special) -> Iterator[int]:
        """Turn the pieces of a text into the token IDs of the whole."""

    def decode(self, ids: Iterable[list[int]]) -> Iterator[bytes]:
        """Turn token IDs, some at a time, into the UTF-8 of a text."""

    def count(self, pieces: Iterable[str], special: Special) -> tuple[Counter[int], Counter[str]]:
        """Count the token IDs of a text, and its unknown words."""

    def token(self, token_id: int) -> str:
        """Name the token of an ID."""


class BytePairs:
    """Byte pair encoding: GPT-2's, or one that `train` has learned."""

    has_unknown_words = False
    keeps_all = True

    def __init__(self, tokenizer: BytePairTokenizer) -> None:
        self._tokenizer = tokenizer

    @property
    def vocabulary_size(self) -> int:
        """See `Tokenizer`."""
        return self._tokenizer.vocab_size

    def save(self, path: str | PathLike[str]) -> None:
        """Write the tokenizer into a file, whole or not at all.

        Raises:
            OSError: If it cannot be written.
        """
        self._tokenizer.save(path)

    def encode(self, pieces: Iterable[str], special: Special) -> Iterator[int]:
        """See `Tokenizer`; a special token that is to be refused raises `RefusedTokenError`."""
        encode = self._tokenizer.encode_pieces
        match special:
            case "refuse":
                ids = encode(pieces)
            case "token":
                ids = encode(pieces, allowed_special="all")
            case "text":
                ids = encode(pieces, disallowed_special=())
            case _:
                assert_never(special)
        try:
            yield from ids
        except ValueError as error:
            names = " or ".join(self._tokenizer.special_tokens)
            raise RefusedTokenError(
                f"there is a special token, {names}. Say what it is to be: --special token, or "
                "--special text for text like any other"
            ) from error

    def decode(self, ids: Iterable[list[int]]) -> Iterator[bytes]:
        """See `Tokenizer`."""
        return map(self._tokenizer.decode_bytes, ids)

    def count(self, pieces: Iterable[str], special: Special) -> tuple[Counter[int], Counter[str]]:
        """See `Tokenizer`; no word is unknown."""
        return Counter(self.encode(pieces, special)), Counter()

    def token(self, token_id: int) -> str:
        r"""See `Tokenizer`; bytes that are no whole character are written as `\x..`."""
        return self._tokenizer.int_to_bytes[token_id].decode("utf-8", "backslashreplace")
