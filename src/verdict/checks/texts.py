"""Texts, their tokens, and special tokens."""

from collections.abc import Collection, Iterable, Iterator
from typing import Literal


def checked_text(text: str) -> str:
    """Return a text after making sure that it is one.

    Raises:
        TypeError: If `text` is not a `str`.

    Examples:
        >>> checked_text(b"tea")
        Traceback (most recent call last):
        TypeError: text must be a str, not bytes
    """
    if not isinstance(text, str):
        raise TypeError(f"text must be a str, not {type(text).__name__}")
    return text


def checked_pieces(pieces: Iterable[str]) -> Iterator[str]:
    """Pass the pieces of a text on after making sure that each is one.

    Raises:
        TypeError: If a piece is not a `str`.
    """
    for piece in pieces:
        if not isinstance(piece, str):
            raise TypeError(f"a piece of text must be a str, not {type(piece).__name__}")
        yield piece


def checked_tokens(tokens: Iterable[str]) -> Iterator[str]:
    """Pass tokens on after making sure that each is one.

    Args:
        tokens: The tokens of a text.

    Yields:
        The same tokens, in their order.

    Raises:
        TypeError: If `tokens` is one text instead of its tokens, or a token is not a `str`.

    Examples:
        >>> list(checked_tokens(["the", "fox"]))
        ['the', 'fox']
    """
    if isinstance(tokens, str):
        raise TypeError("tokens must be a list of tokens, not one str: split_words(text) makes one")
    if not isinstance(tokens, Iterable):
        raise TypeError(f"tokens must be a list of tokens, not {type(tokens).__name__}")
    for token in tokens:
        if not isinstance(token, str):
            raise TypeError(f"a token must be a str, not {type(token).__name__}: {token!r}")
        yield token


def checked_special_tokens(tokens: Iterable[str]) -> list[str]:
    """List special tokens after making sure that each can be told from the others.

    Raises:
        TypeError: If `tokens` is one text instead of a list of them, or one is not a `str`.
        ValueError: If one is empty, there twice, or has a lone surrogate.
    """
    if isinstance(tokens, str):
        raise TypeError(
            f"special_tokens must be a list of tokens, not {tokens!r}: write [{tokens!r}]"
        )
    if not isinstance(tokens, Iterable):
        raise TypeError(f"special_tokens must be a list of tokens, not {tokens!r}")
    listed: dict[str, None] = {}
    for token in tokens:
        if not isinstance(token, str):
            raise TypeError(f"a special token must be a str, not {token!r}")
        wrong = "empty" if not token else "there twice" if token in listed else ""
        if any("\ud800" <= character <= "\udfff" for character in token):
            wrong = "no text: it has a lone surrogate"
        if wrong:
            raise ValueError(f"the special token {token!r} is {wrong}")
        listed[token] = None
    return list(listed)


def checked_choice(
    name: str, chosen: Collection[str] | Literal["all"], special_tokens: Collection[str]
) -> set[str]:
    """Return some of the special tokens after making sure that each is one.

    Args:
        name: What the caller calls the choice, for the error.
        chosen: The special tokens that were chosen, or `"all"`.
        special_tokens: The special tokens that there are.

    Raises:
        TypeError: If `chosen` is neither `"all"` nor a collection.
        ValueError: If one of them is no special token.
    """
    if chosen == "all":
        return set(special_tokens)
    if isinstance(chosen, str) or not isinstance(chosen, Collection):
        raise TypeError(f'{name} must be "all" or a set of special tokens, not {chosen!r}')
    if unknown := set(chosen).difference(special_tokens):
        known = ", ".join(map(repr, special_tokens)) or "none"
        raise ValueError(f"{name} has {unknown}: the special tokens here are {known}")
    return set(chosen)
