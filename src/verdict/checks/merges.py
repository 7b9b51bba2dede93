"""The merges of byte pair encoding, and the order of the bytes below them."""

from collections.abc import Iterable

from verdict.checks.ids import checked_ids

BYTES = 256
"""How many token IDs stand for a byte: the ones below the first merge."""

MOST_TOKENS = 0x110000
"""A token ID is held as a character, and there are that many."""


def checked_merges(merges: Iterable[tuple[int, int]]) -> dict[tuple[int, int], int]:
    """Number merges after making sure that each joins two tokens that are there before it.

    Args:
        merges: The two token IDs that each merge joins.

    Returns:
        Each pair and the token ID that it becomes: 256 for the first, and so on.

    Raises:
        TypeError: If a merge is not two token IDs.
        ValueError: If a merge comes twice, or joins a token that is not there yet.

    Examples:
        >>> checked_merges([(108, 111), (256, 119)])
        {(108, 111): 256, (256, 119): 257}
    """
    numbered: dict[tuple[int, int], int] = {}
    for pair in merges:
        left, right = checked_pair(pair)
        new = BYTES + len(numbered)
        if (left, right) in numbered:
            raise ValueError(f"the merge of {left} and {right} is there twice")
        if not (0 <= left < new and 0 <= right < new):
            raise ValueError(
                f"the merge of {left} and {right} makes token {new}, "
                f"and can only join tokens from 0 to {new - 1}"
            )
        numbered[left, right] = new
        check_number_of_tokens(new + 1)
    return numbered


def checked_pair(pair: object) -> tuple[int, int]:
    """Make sure that a merge is two token IDs.

    Raises:
        TypeError: If it is anything else.
    """
    if not isinstance(pair, tuple | list) or len(pair) != 2:
        raise TypeError(f"a merge must be two token IDs, not {pair!r}")
    left, right = checked_ids(pair)
    return left, right


def check_number_of_tokens(count: int) -> None:
    """Make sure that there are not more tokens than token IDs.

    Raises:
        ValueError: If there are.
    """
    if count > MOST_TOKENS:
        raise ValueError(f"there can be at most {MOST_TOKENS:,} tokens")


def checked_byte_order(byte_order: Iterable[int]) -> bytes:
    """Return the byte of each token ID below 256 after making sure that none is missing.

    Raises:
        TypeError: If `byte_order` is not a series of integers.
        ValueError: If it does not name each byte once.
    """
    order = checked_ids(byte_order)
    if sorted(order) != list(range(BYTES)):
        raise ValueError("byte_order must name each byte from 0 to 255 once")
    return bytes(order)
