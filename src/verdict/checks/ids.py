"""Token IDs, and the vocabulary that names them."""

from collections.abc import Collection, Iterable, Mapping
from operator import index

from verdict.checks.numbers import checked_int


def checked_ids(ids: Iterable[int]) -> list[int]:
    """List token IDs after making sure that each is an integer.

    Args:
        ids: Token IDs; integers of other libraries, such as NumPy's, are welcome.

    Returns:
        The same IDs as plain `int`.

    Raises:
        TypeError: If `ids` is not a series of integers. `True`, `3.0` and `"3"` are none.

    Examples:
        >>> checked_ids(range(3))
        [0, 1, 2]
    """
    is_text = isinstance(ids, str)
    if is_text or not isinstance(ids, Iterable):
        raise TypeError(f"ids must be a list of token IDs, not {type(ids).__name__}")
    shape = getattr(ids, "shape", None)
    if shape is not None and len(shape) != 1:
        raise TypeError(f"ids must be one row of token IDs, not of shape {shape}: take one row")
    ids = list(ids)
    if set(map(type, ids)) <= {int}:  # nearly always, and quick to see
        return ids
    for token_id in ids:
        is_row = issubclass(type(token_id), list | tuple)
        if is_row or len(getattr(token_id, "shape", [])):
            raise TypeError(
                f"ids must be one row of token IDs, not a batch of {len(ids)} rows: take one row"
            )
        if isinstance(token_id, bool) or not hasattr(token_id, "__index__"):
            raise TypeError(
                f"a token ID must be an integer, not {type(token_id).__name__}: {token_id!r}"
            )
    return [index(token_id) for token_id in ids]


def checked_vocabulary(vocab: Mapping[str, int]) -> dict[str, int]:
    """Copy a vocabulary after making sure that it can be read in both directions.

    Args:
        vocab: Tokens and their token IDs. The IDs may leave gaps.

    Returns:
        A copy, so that later changes to `vocab` change nothing here.

    Raises:
        TypeError: If `vocab` is not a mapping from `str` to `int`.
        ValueError: If an ID is negative, or two tokens share one.

    Examples:
        >>> checked_vocabulary({"dog": 0, "fox": 0})
        Traceback (most recent call last):
        ValueError: 'dog' and 'fox' share the token ID 0: each token needs its own
    """
    if not isinstance(vocab, Mapping):
        raise TypeError(
            f"vocab must map tokens to token IDs, not be a {type(vocab).__name__}: "
            "build_vocabulary makes one"
        )
    tokens: dict[int, str] = {}
    for token, token_id in vocab.items():
        if not isinstance(token, str):
            raise TypeError(f"a token must be a str, not {type(token).__name__}: {token!r}")
        try:
            token_id = checked_int(token, token_id)  # noqa: PLW2901
        except TypeError:
            raise TypeError(f"the token ID of {token!r} must be an int, not {token_id!r}") from None
        if token_id < 0:
            raise ValueError(f"{token!r} has the token ID {token_id}: IDs start from 0")
        if token_id in tokens:
            raise ValueError(
                f"{tokens[token_id]!r} and {token!r} share the token ID {token_id}: "
                "each token needs its own"
            )
        tokens[token_id] = token
    return {token: token_id for token_id, token in tokens.items()}


UNKNOWN_WORD = "This word is not in the vocabulary: build one from a text that has it."
"""What a person is told to do about a word that a vocabulary does not have."""


def unknown_id(token_id: int, known: Collection[int]) -> KeyError:
    """Make the error for a token ID that a vocabulary does not have.

    Args:
        token_id: The ID that was asked for.
        known: The IDs that the vocabulary has.

    Returns:
        The error, to be raised. It names the range of the IDs where they leave no gaps.

    Examples:
        >>> unknown_id(3, {0, 1, 2})
        KeyError('token ID 3 is not in this vocabulary of 3 tokens, with IDs from 0 to 2')
    """
    message = f"token ID {token_id} is not in this vocabulary of {len(known):,} tokens"
    if known and max(known) - min(known) + 1 == len(known):
        message += f", with IDs from {min(known)} to {max(known)}"
    return KeyError(message)
