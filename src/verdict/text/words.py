"""Text to tokens: words, punctuation marks and double dashes, each on its own."""

from verdict.checks.texts import checked_text

MARKS = (*",.:;?_!\"()'", "--")
"""What is a token wherever it stands, even inside a word."""

_PADDED = {mark.encode(): f" {mark} ".encode() for mark in MARKS}


def split_words(text: str) -> list[str]:
    r"""Split a text into its tokens; white space divides them and is dropped.

    The tokens are the ones that `re.split(r'([,.:;?_!"()\']|--|\s)', text)` gives once
    its empty items are thrown away. Setting the marks apart and splitting at white space
    finds them in about a quarter of the time.

    Args:
        text: Any text.

    Returns:
        The tokens in the order of the text: no empty ones, none with white space.

    Raises:
        TypeError: If `text` is not a `str`.

    Examples:
        >>> split_words("Hello, world. Is this-- a test?")
        ['Hello', ',', 'world', '.', 'Is', 'this', '--', 'a', 'test', '?']
        >>> split_words("It's well-known")
        ['It', "'", 's', 'well-known']
    """
    text = checked_text(text)
    # Python replaces in bytes faster than in text, and in UTF-8 no other character has a
    # mark's byte. Lone surrogates, which UTF-8 has no place for, pass as they are.
    data = text.encode("utf-8", "surrogatepass")
    for mark, padded in _PADDED.items():
        data = data.replace(mark, padded)
    return data.decode("utf-8", "surrogatepass").split()
