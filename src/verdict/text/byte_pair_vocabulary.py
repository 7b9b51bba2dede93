"""The tokens of byte pair encoding: the bytes, what the merges make of them, special tokens."""

from collections.abc import Iterable, Mapping
from os import PathLike
from pathlib import Path
from types import MappingProxyType
from typing import Self

from verdict.checks.merges import (
    BYTES,
    check_number_of_tokens,
    checked_byte_order,
    checked_merges,
)
from verdict.checks.texts import checked_special_tokens
from verdict.text import byte_pair_file
from verdict.text.byte_pair_parser import parsed
from verdict.text.byte_pair_words import MergedWords, utf8
from verdict.whole_file import write_whole

MOST_BYTES = 2**28
"""How long all tokens together may be. Without a limit a small file of merges could fill the
memory: each merge can make a token twice as long as the longest one before it."""


class BytePairVocabulary:
    """The tokens and their IDs, made from the merges; it can be saved and loaded.

    Args and errors are those of `BytePairTokenizer`.
    """

    __slots__ = ("_byte_order", "_int_to_bytes", "_merges", "_special_tokens", "_words")

    def __init__(
        self,
        merges: Iterable[tuple[int, int]] = (),
        *,
        special_tokens: Iterable[str] = (),
        byte_order: Iterable[int] = range(256),
    ) -> None:
        self._byte_order = checked_byte_order(byte_order)
        self._merges = checked_merges(merges)
        special = checked_special_tokens(special_tokens)
        check_number_of_tokens(BYTES + len(self._merges) + len(special))

        # Token IDs go to the bytes first, then to the merges, then to the special tokens.
        tokens = [bytes([byte]) for byte in self._byte_order]
        room = MOST_BYTES
        for left, right in self._merges:
            room -= len(tokens[left]) + len(tokens[right])
            if room < 0:
                raise ValueError(
                    f"the tokens up to {len(tokens)} have more than {MOST_BYTES:,} bytes"
                )
            tokens.append(tokens[left] + tokens[right])
        self._special_tokens = {token: n for n, token in enumerate(special, len(tokens))}
        self._int_to_bytes = dict(enumerate([*tokens, *map(utf8, special)]))

        self._words = MergedWords(
            {chr(left) + chr(right): chr(new) for (left, right), new in self._merges.items()},
            bytes(map(self._byte_order.index, range(BYTES))),
        )

    @classmethod
    def load(cls, path: str | PathLike[str]) -> Self:
        """Read a tokenizer from the file that `save` wrote.

        Args:
            path: Where the file is.

        Returns:
            A tokenizer equal to the one that was saved.

        Raises:
            OSError: If the file cannot be read.
            ValueError: If it is not such a file, or was cut off or changed since it was saved;
                the message says where, as far as that can be told. Files of an earlier Verdict
                have no sum: there a changed special token or order of bytes is not noticed.
        """
        path = Path(path)
        text = byte_pair_file.read(path)
        try:
            version, parts = parsed(text)
            loaded = cls(
                parts.merges, special_tokens=parts.special_tokens, byte_order=parts.byte_order
            )
            byte_pair_file.compare(text, loaded._written(version))
        except ValueError as error:
            raise ValueError(f"{path} is not the file of a tokenizer: {error}") from None
        return loaded

    def save(self, path: str | PathLike[str]) -> None:
        """Write the tokenizer into a file, whole or not at all; one that is there is replaced.

        The file is text in UTF-8: its version, the order of the bytes, the special tokens,
        and a line for each merge, with the two token IDs and what they make. Its last line is
        the SHA-256 of the others, by which `load` notices what was changed.

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

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, BytePairVocabulary):
            return NotImplemented
        return self._parts() == other._parts()

    def __hash__(self) -> int:
        return hash((self._byte_order, *self._merges, *self._special_tokens))

    def __repr__(self) -> str:
        parts = [f"{BYTES} bytes", f"{len(self._merges):,} merges"]
        if self._special_tokens:
            parts.append(f"{len(self._special_tokens)} special")
        return f"<BytePairTokenizer: {self.vocab_size:,} tokens = {' + '.join(parts)}>"

    def _parts(self) -> byte_pair_file.Parts:
        merges, special_tokens = list(self._merges), list(self._special_tokens)
        return byte_pair_file.Parts(merges, special_tokens, self._byte_order)

    def _written(self, version: int = byte_pair_file.VERSION) -> str:
        made = map(self._int_to_bytes.__getitem__, self._merges.values())
        return byte_pair_file.written(self._parts(), made, version)
