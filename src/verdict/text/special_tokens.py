"""Tokens that stand for no piece of a text, and a tokenizer with them."""

from collections.abc import Mapping

from verdict.text.simple_tokenizer import SimpleTokenizerV1
from verdict.text.words import split_words

END_OF_TEXT = "<|endoftext|>"
"""Stands between two texts that follow each other in one stream."""

UNKNOWN = "<|unk|>"
"""Stands for every word that the vocabulary does not have."""


class SimpleTokenizerV2(SimpleTokenizerV1):
    """Encodes any text: a word outside the vocabulary becomes `<|unk|>`.

    A special token that stands in a text by itself, between white space or
    punctuation marks, is encoded as what it looks like. Where it touches a
    word it is part of the word.

    Args:
        vocab: Each token and its token ID, among them `<|unk|>`. It is
            copied.

    Raises:
        TypeError: If `vocab` is not a mapping from `str` to `int`.
        ValueError: If it has no `<|unk|>`, a token ID is negative, or two
            tokens share one.

    Examples:
        >>> vocab = {"dog": 0, "the": 1, "<|endoftext|>": 2, "<|unk|>": 3}
        >>> tokenizer = SimpleTokenizerV2(vocab)
        >>> tokenizer.encode("the dog <|endoftext|> the cat")
        [1, 0, 2, 1, 3]
        >>> tokenizer.decode([1, 0, 2, 1, 3])
        'the dog <|endoftext|> the <|unk|>'
    """

    __slots__ = ("_unknown",)

    def __init__(self, vocab: Mapping[str, int]) -> None:
        super().__init__(vocab)
        if UNKNOWN not in self._str_to_int:
            raise ValueError(
                f"vocab has no {UNKNOWN}, which stands for unknown words: "
                "build_vocabulary(tokens, [END_OF_TEXT, UNKNOWN]) adds it"
            )
        self._unknown = self._str_to_int[UNKNOWN]

    def encode(self, text: str) -> list[int]:
        """Turn a text into token IDs; an unknown word becomes `<|unk|>`."""
        token_id, unknown = self._str_to_int.get, self._unknown
        return [token_id(word, unknown) for word in split_words(text)]
