"""Token IDs of byte pair encoding back to text."""

from collections.abc import Iterable

from verdict.checks.ids import checked_ids, unknown_id
from verdict.text.byte_pair_vocabulary import BytePairVocabulary


class BytePairDecoder(BytePairVocabulary):
    """Puts the bytes of each token side by side, and reads them as UTF-8."""

    __slots__ = ()

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
