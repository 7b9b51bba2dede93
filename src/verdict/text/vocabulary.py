"""Tokens to a vocabulary: every distinct token and the number that stands for it."""

from collections.abc import Iterable

from verdict.checks.texts import checked_special_tokens, checked_tokens


def build_vocabulary(tokens: Iterable[str], special_tokens: Iterable[str] = ()) -> dict[str, int]:
    """Number the distinct tokens, in sorted order, from 0; special tokens come after them.

    Args:
        tokens: The tokens of a text, such as `split_words` gives; repeats are welcome.
        special_tokens: Tokens that stand for no piece of a text. They take the last IDs in
            the order given, even where `tokens` has them too.

    Returns:
        Each distinct token with its token ID, in the order of the IDs.

    Raises:
        TypeError: If `tokens` is one text instead of its tokens, or a token is not a `str`.
        ValueError: If a special token is empty, comes twice or has a lone surrogate.

    Examples:
        >>> build_vocabulary(["the", "fox", "and", "the", "dog"], ["<|unk|>"])
        {'and': 0, 'dog': 1, 'fox': 2, 'the': 3, '<|unk|>': 4}
    """
    special = checked_special_tokens(special_tokens)
    ordinary = set(checked_tokens(tokens)).difference(special)
    return {token: token_id for token_id, token in enumerate([*sorted(ordinary), *special])}
