"""Text to words as GPT-2 has them: with the space before them, and nothing dropped."""

import re
import sys
import unicodedata
from collections.abc import Callable
from functools import cache
from itertools import groupby

from verdict.checks.texts import checked_text


def split_gpt2(text: str) -> list[str]:
    r"""Split a text into words by GPT-2's pattern; joined again they are the text.

    The pattern is that of GPT-2's published code (Radford et al., "Language Models are
    Unsupervised Multitask Learners", 2019): an English ending such as `'s`, letters,
    numbers, or anything else that is no white space, each with at most one space before it;
    and white space, of which the last blank is left to the word that follows.

    Unicode says what a letter is, and what a number. Where the library `regex` is installed, its
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
    text = checked_text(text)
    # The fewer characters a pattern has to tell apart, the faster it is.
    if text.isascii():
        return _ASCII(text)
    return any_script()(text) if _beyond_basic(text) else basic_plane()(text)


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
def basic_plane() -> Callable[[str], list[str]]:
    r"""Return what splits a text without characters from U+10000 on, such as emoji.

    For these, `re` with its ranges spelled out is twice as fast as `regex` with `\p{L}`. The
    ranges are those of `regex` where that is installed.
    """
    try:
        import regex
    except ImportError:
        return by_python_alone(BASIC)
    characters = "".join(map(chr, range(BASIC + 1)))
    letters, numbers = regex.findall(r"\p{L}+", characters), regex.findall(r"\p{N}+", characters)
    return re.compile(words_pattern(_ranges(letters), _ranges(numbers), _BLANK)).findall


@cache
def by_python_alone(last: int = sys.maxunicode) -> Callable[[str], list[str]]:
    r"""Return what splits a text by `re`, which has no `\p{L}`: its ranges are spelled out."""
    runs: dict[str, list[str]] = {"L": [], "N": []}
    characters = map(chr, range(last + 1))
    for major, run in groupby(characters, lambda each: unicodedata.category(each)[0]):
        if major in runs:
            runs[major].append("".join(run))
    return re.compile(words_pattern(_ranges(runs["L"]), _ranges(runs["N"]), _BLANK)).findall


def _ranges(runs: list[str]) -> str:
    """Write runs of characters as stands between `[` and `]`."""
    return "".join(rf"\U{ord(run[0]):08x}-\U{ord(run[-1]):08x}" for run in runs)


BASIC = 0xFFFF
"""The last character of Unicode's basic plane, where nearly all living scripts are."""

# Unicode's White_Space: to the \s of `re` the separators from \x1c to \x1f belong as well.
_BLANK = r"\t-\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
_ASCII = re.compile(words_pattern("A-Za-z", "0-9", r"\t-\r ")).findall
_beyond_basic = re.compile("[\U00010000-\U0010ffff]").search
