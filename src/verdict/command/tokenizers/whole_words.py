"""A text that comes in pieces, cut only where no word is cut."""

from collections.abc import Iterable, Iterator


def whole_words(pieces: Iterable[str]) -> Iterator[str]:
    """Cut a text that comes in pieces only where there is white space.

    Args:
        pieces: The text, cut anywhere.

    Yields:
        The text, cut behind white space.

    Examples:
        >>> list(whole_words(["the f", "o", "x and ", "the dog"]))
        ['the ', 'fox and ', 'the ', 'dog']
    """
    begun: list[str] = []
    for piece in pieces:
        end = len(piece)
        while end and not piece[end - 1].isspace():
            end -= 1
        if end:
            yield "".join([*begun, piece[:end]])
            begun = []
        begun.append(piece[end:])
    if rest := "".join(begun):
        yield rest
