"""The kinds of tokenizers that the command knows, each for text that comes in pieces."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from os import PathLike
from typing import Literal, Protocol, assert_never

from verdict.command.errors import RefusedTokenError
from verdict.command.whole_words import whole_words
from verdict.text.byte_pair_tokenizer import BytePairTokenizer
from verdict.text.simple_tokenizer import SimpleTokenizerV1
from verdict.text.special_tokens import UNKNOWN, SimpleTokenizerV2
from verdict.text.words import split_words

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


class Words:
    """Whole words of a vocabulary; special tokens are always such.

    Args:
        vocabulary: Each word with its token ID. Without <|unk|>, other words are refused.
        lower: Whether all words are taken in lower case.
    """

    keeps_all = False

    def __init__(self, vocabulary: Mapping[str, int], *, lower: bool = False) -> None:
        self.has_unknown_words = UNKNOWN in vocabulary
        kind = SimpleTokenizerV2 if self.has_unknown_words else SimpleTokenizerV1
        self._tokenizer, self._lower = kind(vocabulary), lower

    @property
    def vocabulary_size(self) -> int:
        """See `Tokenizer`."""
        return len(self._tokenizer.int_to_str)

    def encode(self, pieces: Iterable[str], special: Special) -> Iterator[int]:
        """See `Tokenizer`."""
        for words in self._words(pieces):
            try:
                yield from self._tokenizer.encode(words)
            except KeyError as error:
                raise KeyError(
                    f"the word {error.args[0]!r} has no token: the tokenizer has the words of one "
                    "text, and none for others"
                ) from None

    def decode(self, ids: Iterable[list[int]]) -> Iterator[bytes]:
        """See `Tokenizer`."""
        last: list[int] = []  # what comes next may have a space before it, or not
        for some in ids:
            before, text = self._tokenizer.decode(last), self._tokenizer.decode(last + some)
            yield text.removeprefix(before).encode("utf-8", "surrogatepass")
            last = some[-1:] or last

    def count(self, pieces: Iterable[str], special: Special) -> tuple[Counter[int], Counter[str]]:
        """See `Tokenizer`."""
        known = self._tokenizer.str_to_int
        if not self.has_unknown_words:
            return Counter(self.encode(pieces, special)), Counter()
        counts = Counter(word for words in self._words(pieces) for word in split_words(words))
        unknown = Counter({word: n for word, n in counts.items() if word not in known})
        ids = Counter({known[word]: n for word, n in counts.items() if word in known})
        if unknown:
            ids[known[UNKNOWN]] += unknown.total()
        return ids, unknown

    def token(self, token_id: int) -> str:
        """See `Tokenizer`."""
        return self._tokenizer.int_to_str[token_id]

    @property
    def words(self) -> list[str]:
        """All words, in the order of their token IDs."""
        known = self._tokenizer.int_to_str
        return [known[token_id] for token_id in sorted(known)]

    def _words(self, pieces: Iterable[str]) -> Iterator[str]:
        """Cut a text that comes in pieces where no word is cut."""
        whole = whole_words(pieces)
        return map(str.lower, whole) if self._lower else whole
