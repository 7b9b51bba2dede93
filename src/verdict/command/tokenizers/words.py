"""A tokenizer of whole words, for text that comes in pieces."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from verdict.command.tokenizers.kinds import Special
from verdict.command.tokenizers.whole_words import whole_words
from verdict.text.simple_tokenizer import SimpleTokenizerV1
from verdict.text.special_tokens import UNKNOWN, SimpleTokenizerV2
from verdict.text.words import split_words


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
