"""Text to words as GPT-2 has them: with the space before them, and nothing dropped."""

import re
import sys
import unicodedata
from collections.abc import Callable
from functools import cache
from itertools import groupby


def split_gpt2(text: str) -> list[str]:
    r"""Split a text into words by GPT-2's pattern; joined again they are the text.

    The pattern is that of GPT-2's published code (Radford et al., "Language Models are
    Unsupervised Multitask Learners", 2019): an English ending such as `'s`, letters,
    numbers, or anything else that is no white space, each with at most one space before it;
    and white space, of which the last blank is left to the word that follows.

    What a letter or a number is says Unicode. Where the library `regex` is installed, its
    version of Unicode is asked, as the published code does; elsewhere, Python's own. The
    words are the same for all characters that both versions know.

    Args:
        text: Any text.

    Returns:
        The words in the order of the text.

    Raises:
        TypeError: If `text` is not a `str`.

    Examples:
        >>> split_gpt2("It's the year 1908,  isn't it?")
        ['It', "'s", ' the', ' year', ' 1908', ',', ' ', ' isn', "'t", ' it', '?']
    """
    if not isinstance(text, str):
        raise TypeError(f"text must be a str, not {type(text).__name__}")
    # Most text is ASCII, where letters are soon told from the rest.
    return _ASCII(text) if text.isascii() else any_script()(text)


# --8<-- [start:pattern]
def words_pattern(letter: str, number: str, blank: str) -> str:
    """Write GPT-2's pattern; the classes stand as between `[` and `]`."""
    kinds = (
        "'(?:[sdmt]|ll|ve|re)",
        f" ?[{letter}]+",
        f" ?[{number}]+",
        f" ?[^{blank}{letter}{number}]+",
        f"[{blank}]+(?![^{blank}])",
        f"[{blank}]+",
    )
    return "|".join(kinds)


# --8<-- [end:pattern]


@cache
def any_script() -> Callable[[str], list[str]]:
    """Return what splits a text in any script: `regex`, or `re` where that is missing."""
    try:
        import regex
    except ImportError:
        return by_python_alone()
    return regex.compile(words_pattern(r"\p{L}", r"\p{N}", r"\s")).findall


@cache
def by_python_alone() -> Callable[[str], list[str]]:
    r"""Return what splits a text by `re`, which has no `\p{L}`: its ranges are spelled out."""
    ranges = {"L": "", "N": ""}
    codes = range(sys.maxunicode + 1)
    for major, group in groupby(codes, lambda code: unicodedata.category(chr(code))[0]):
        if major in ranges:
            first, *others = group
            ranges[major] += rf"\U{first:08x}-\U{others[-1] if others else first:08x}"
    # Unicode's White_Space: to the \s of `re` the separators from \x1c to \x1f belong as well.
    blank = r"\t-\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
    return re.compile(words_pattern(ranges["L"], ranges["N"], blank)).findall


_ASCII = re.compile(words_pattern("A-Za-z", "0-9", r"\t-\r ")).findall
