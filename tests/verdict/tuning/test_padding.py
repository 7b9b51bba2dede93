import pytest
from hypothesis import given
from hypothesis import strategies as st

from verdict import pad_rows

PADDING = 0


@given(st.lists(st.lists(st.integers(1, 9), max_size=5), min_size=1, max_size=5))
def test_rows_are_the_texts_with_padding_behind_them(texts: list[list[int]]) -> None:
    rows = pad_rows(texts, PADDING)
    assert rows.shape == (len(texts), max(map(len, texts)))
    for row, text in zip(rows.tolist(), texts, strict=True):
        assert row == text + [PADDING] * (len(row) - len(text))


def test_what_is_too_long_is_cut_at_its_end() -> None:
    assert pad_rows([[1, 2, 3], [4]], PADDING, longest=2).tolist() == [[1, 2], [4, PADDING]]


def test_no_text_and_no_length_are_refused() -> None:
    with pytest.raises(ValueError, match="one text at least"):
        pad_rows([], PADDING)
    with pytest.raises(ValueError, match="longest must be 1 or more"):
        pad_rows([[1]], PADDING, longest=0)
