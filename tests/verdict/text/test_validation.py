import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from verdict import (
    sliding_windows,
    split_ids,
)


@given(st.lists(st.integers(0, 2**16 - 1), min_size=1, max_size=80), st.floats(0.01, 0.99))
def test_the_parts_share_no_token_and_are_the_text(text: list[int], fraction: float) -> None:
    held_out = round(len(text) * fraction)
    if not 0 < held_out < len(text):
        with pytest.raises(ValueError, match="leaves one part empty: use a longer text"):
            split_ids(text, fraction)
        return
    training, validation = split_ids(text, fraction)
    assert [*training, *validation] == text
    assert len(validation) == held_out


def test_no_window_reaches_from_one_part_into_the_other() -> None:
    training, validation = split_ids(range(100), 0.1)
    seen = {token for ids in sliding_windows(training, 4, 1) for token in ids.flat}
    held_out = {token for ids in sliding_windows(validation, 4, 1) for token in ids.flat}
    assert seen == set(range(90))
    assert held_out == set(range(90, 100))


def test_a_split_copies_nothing_and_cannot_be_written_to() -> None:
    ids = np.arange(10)
    for part in split_ids(ids, 0.5):
        assert np.shares_memory(part, ids)
        assert not part.flags.writeable
    assert ids.flags.writeable


@pytest.mark.parametrize("fraction", [0, 1, 1.5, -0.1, float("nan")])
def test_what_is_no_fraction_is_refused(fraction: float) -> None:
    with pytest.raises(ValueError, match=r"must be between 0 and 1, such as 0\.1, not"):
        split_ids([1, 2, 3], fraction)


def test_a_fraction_in_quotes_is_refused_by_its_kind() -> None:
    with pytest.raises(TypeError, match="validation_fraction must be a number, not str"):
        split_ids([1, 2, 3], "0.5")  # type: ignore[arg-type]
