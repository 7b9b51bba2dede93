"""A text in pieces: what is larger than memory, and gives the same words as the whole."""

import re
from collections.abc import Collection, Iterable, Iterator
from itertools import chain
from os import PathLike
from pathlib import Path

from verdict.checks.texts import checked_pieces
from verdict.text.gpt2_words import split_gpt2

PIECE = 2**16
"""How many characters of a long text are looked at together, at the least."""


def read_pieces(path: str | PathLike[str]) -> Iterator[str]:
    r"""Read a text in UTF-8 piece by piece, for files that are larger than memory.

    Args:
        path: Where the text is.

    Yields:
        Pieces of the text, which joined are the whole; the ends of its lines stay as they are.

    Raises:
        OSError: If the file cannot be read.
        ValueError: If it is not UTF-8.

    Examples:
        >>> from pathlib import Path
        >>> from tempfile import TemporaryDirectory
        >>> with TemporaryDirectory() as folder:
        ...     path = Path(folder, "tea.txt")
        ...     _ = path.write_text("tea " * 30_000, encoding="utf-8")
        ...     [len(piece) for piece in read_pieces(path)]
        [65536, 54464]
    """
    with Path(path).open(encoding="utf-8", newline="") as file:
        try:
            while piece := file.read(PIECE):
                yield piece
        except UnicodeDecodeError as error:
            raise ValueError(f"{path} is not UTF-8: {error}. Save it as UTF-8.") from None


def pieces_of(text: str | Iterable[str]) -> Iterable[str]:
    """Cut a text into pieces; what is in pieces already stays as it is.

    Args:
        text: One text, or an iterable of its pieces.

    Returns:
        The pieces.

    Raises:
        TypeError: If `text` is neither.

    Examples:
        >>> [len(piece) for piece in pieces_of("a" * 100_000)]
        [65536, 34464]
    """
    if isinstance(text, str):
        return (text[start : start + PIECE] for start in range(0, len(text), PIECE))
    is_bytes = isinstance(text, bytes)
    if is_bytes or not isinstance(text, Iterable):
        raise TypeError(f"text must be a str, or pieces of one, not {type(text).__name__}")
    return text


def words_in_pieces(
    pieces: Iterable[str], special_tokens: Collection[str] = ()
) -> Iterator[tuple[list[str], str]]:
    """Split a text that comes in pieces into the words of the whole.

    Args:
        pieces: The text, cut anywhere, even within a word or a special token.
        special_tokens: What stands between texts and is no word. Where one is the beginning
            of another, the longer one is found.

    Yields:
        Some words, and the special token that follows them, or nothing.

    Raises:
        TypeError: If a piece is not a `str`.

    Examples:
        >>> list(words_in_pieces(["to be<", "end>or n", "ot"], ["<end>"]))
        [(['to', ' be'], '<end>'), (['or', ' not'], '')]
    """
    # What finds special tokens, and the length of the longest one.
    longest_first = sorted(special_tokens, key=len, reverse=True)
    find = re.compile("|".join(map(re.escape, longest_first)) or "(?!)").finditer
    reach = len(longest_first[0]) if longest_first else 1

    rest = ""  # the end of the text so far, which what follows may change
    waiting, size = list[str](), 0  # pieces that are still to be looked at, and their length
    for piece in chain(checked_pieces(pieces), (None,)):  # None: the text has come to its end
        # Wait until there is enough: to split a long rest again for each piece would be slow.
        if piece is not None:
            waiting.append(piece)
            size += len(piece)
            if size < max(PIECE, len(rest)):
                continue

        # Split what stands before each special token.
        text = rest + "".join(waiting)
        waiting, size = [], 0
        start, end = 0, len(text)
        if piece is not None:
            end -= reach - 1  # beyond, a special token may begin whose end is still to come
        for match in find(text):
            if match.start() >= end:
                break
            yield split_gpt2(text[start : match.start()]), match[0]
            start = match.end()

        # Split what stands behind the last one, and keep what is not certain yet.
        end = max(start, end)
        words = split_gpt2(text[start:end])
        if piece is not None:
            # What follows can change a word as long as fewer than two characters stand
            # behind it: "'" and "'l" wait for "'ll", and blanks for the word they lead to.
            end -= sum(map(len, words[-2:]))
            del words[-2:]
        yield words, ""
        rest = text[end:]
