"""Text to token IDs by byte pair encoding: split into words, and merge the bytes of each."""

from collections.abc import Collection, Iterable, Iterator
from typing import Literal

from verdict.checks.texts import checked_choice, checked_text
from verdict.text.byte_pair_decoder import BytePairDecoder
from verdict.text.byte_pair_steps import merge_steps
from verdict.text.gpt2_words import split_gpt2
from verdict.text.pieces import pieces_of, words_in_pieces


class BytePairEncoder(BytePairDecoder):
    """Encodes a text word by word; what it knows of tokens is its vocabulary's."""

    __slots__ = ()

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
        pieces = pieces_of(checked_text(text))
        encoded = self._encoded(pieces, allowed_special, disallowed_special)
        return list(map(ord, "".join(encoded)))

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
        encoded = self._encoded(pieces_of(pieces), allowed_special, disallowed_special)
        return (ord(token) for some in encoded for token in some)

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

    def _encoded(
        self,
        pieces: Iterable[str],
        allowed_special: Collection[str] | Literal["all"],
        disallowed_special: Collection[str] | Literal["all"],
    ) -> Iterator[str]:
        """Return what yields the token IDs of a text as characters, some at a time."""
        allowed = checked_choice("allowed_special", allowed_special, self._special_tokens)
        refused = checked_choice("disallowed_special", disallowed_special, self._special_tokens)
        if disallowed_special == "all":
            refused -= allowed
        return self._merged(pieces, allowed, refused)

    def _merged(self, pieces: Iterable[str], allowed: set[str], refused: set[str]) -> Iterator[str]:
        """Split and merge; a special token that is refused raises once it is reached."""
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
