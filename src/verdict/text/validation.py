"""A text in two parts: one to train on, and one to test what was learned."""

from verdict.checks.arrays import IdArray, Ids, id_row
from verdict.checks.numbers import check_fraction


def split_ids(ids: Ids, validation_fraction: float) -> tuple[IdArray, IdArray]:
    """Split a text into a training part and, after it, a validation part.

    Split before cutting windows: overlapping windows that are split share tokens.

    Args:
        ids: The token IDs of a text, in order. An array is not copied.
        validation_fraction: The share of the tokens that goes to validation, between 0 and 1.

    Returns:
        The token IDs for training and those for validation, as read-only views.

    Raises:
        TypeError: If `ids` are no integers, or the fraction is no number.
        ValueError: If the fraction is not between 0 and 1, or leaves one part empty.

    Examples:
        >>> split_ids([10, 11, 12, 13, 14], validation_fraction=0.2)
        (array([10, 11, 12, 13]), array([14]))
    """
    tokens = id_row(ids).view()  # (tokens,)
    tokens.flags.writeable = False
    check_fraction("validation_fraction", validation_fraction)
    held_out = round(len(tokens) * validation_fraction)
    if not 0 < held_out < len(tokens):
        raise ValueError(
            f"validation_fraction {validation_fraction} of {len(tokens):,} tokens leaves one part "
            "empty: use a longer text, or another fraction"
        )
    return tokens[:-held_out], tokens[-held_out:]  # (training tokens,), (validation tokens,)
