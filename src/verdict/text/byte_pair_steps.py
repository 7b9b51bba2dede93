"""Watch a word being merged, one merge a step."""

from collections.abc import Iterator, Mapping
from operator import add


def merge_steps(word: str, merges: Mapping[str, str]) -> Iterator[str]:
    """Do what `merge_word` does, one merge a step, to be watched.

    Args:
        word: The token IDs of its bytes.
        merges: Each pair and the token that it becomes.

    Yields:
        The word at first, and after each merge.

    Examples:
        >>> merges = {"lo": "Ā", "Āw": "ā", "es": "Ă"}
        >>> list(merge_steps("lowest", merges))
        ['lowest', 'Āwest', 'āest', 'āĂt']
    """
    yield word
    while pairs := [p for p in map(add, word, word[1:]) if p in merges]:
        earliest = min(pairs, key=merges.__getitem__)
        word = word.replace(earliest, merges[earliest])
        yield word
