"""Words to the token IDs they become, each worked out once: a text repeats most of its words."""

from verdict.text.byte_pair_merges import merge_word


class MergedWords(dict[str, str]):
    """Words and their token IDs, each worked out when it is first asked for, and then kept.

    Args:
        merges: Each pair and the token that it becomes.
        byte_ids: The token ID of each byte.

    Examples:
        >>> MergedWords({"lo": "Ā", "Āw": "ā"}, bytes(range(256)))["slow"]
        'sā'
    """

    MOST_WORDS = 2**17
    """How many words are kept: when there are more, all are dropped, to keep the memory small."""

    LONGEST_WORD = 64
    """How many characters a word has at most that is kept."""

    def __init__(self, merges: dict[str, str], byte_ids: bytes) -> None:
        super().__init__()
        self.merges = merges
        self.byte_ids = byte_ids

    def __missing__(self, word: str) -> str:
        ids = merge_word(self.spelled(word), self.merges)
        if len(word) <= self.LONGEST_WORD:
            if len(self) >= self.MOST_WORDS:
                self.clear()
            self[word] = ids
        return ids

    def spelled(self, word: str) -> str:
        """Return the token IDs of a word's bytes."""
        return utf8(word).translate(self.byte_ids).decode("latin-1")


def utf8(text: str) -> bytes:
    """Encode a text as UTF-8, and lone surrogates as if it had a place for them."""
    return text.encode("utf-8", "surrogatepass")
