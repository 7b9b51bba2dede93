import tracemalloc
from typing import Any

import numpy as np
import pytest
from hypothesis import given

from tests import textbook
from tests.verdict.texts import texts_with_windows
from verdict import (
    SimpleTokenizerV1,
    build_vocabulary,
    count_dropped,
    sliding_windows,
    split_words,
    stream_windows,
)


@given(texts_with_windows())
def test_the_windows_are_those_of_the_usual_loop(case: tuple[list[int], int, int]) -> None:
    ours, theirs = sliding_windows(*case), textbook.sliding_windows(*case)
    for one, other in zip(ours, theirs, strict=True):
        assert one.shape == other.shape
        assert (one == other).all()


@given(texts_with_windows())
def test_a_target_is_its_input_one_token_further_on(case: tuple[list[int], int, int]) -> None:
    inputs, targets = sliding_windows(*case)
    assert (inputs[:, 1:] == targets[:, :-1]).all()


@given(texts_with_windows())
def test_every_token_is_in_a_window_but_for_the_dropped_and_the_gaps(
    case: tuple[list[int], int, int],
) -> None:
    text, context_length, stride = case
    inputs, targets = sliding_windows(range(len(text)), context_length, stride)
    covered = set(inputs.flat) | set(targets.flat)
    end = len(text) - count_dropped(len(text), context_length, stride)
    assert max(covered) == end - 1
    if stride <= context_length + 1:
        assert covered == set(range(end))
    assert len(text) - end < stride


@given(texts_with_windows())
def test_at_a_stride_of_the_context_the_windows_are_the_text(
    case: tuple[list[int], int, int],
) -> None:
    text, context_length, _ = case
    inputs, targets = sliding_windows(text, context_length, stride=context_length)
    end = len(text) - count_dropped(len(text), context_length, context_length)
    assert [*inputs.flat, targets[-1, -1]] == text[:end]
    assert list(targets.flat) == text[1:end]  # each token but the first is the answer once


def test_the_first_windows_of_the_story(story: str) -> None:
    tokens = split_words(story)
    ids = SimpleTokenizerV1(build_vocabulary(tokens)).encode(story)
    inputs, targets = sliding_windows(ids, context_length=4, stride=1)
    assert inputs.shape == targets.shape == (4686, 4)
    assert inputs[:2].tolist() == [[53, 44, 149, 1003], [44, 149, 1003, 57]]
    assert targets[:2].tolist() == [[44, 149, 1003, 57], [149, 1003, 57, 38]]


@pytest.mark.parametrize("dtype", [np.uint16, np.int32, np.int64, np.uint8])
def test_an_array_is_viewed_and_keeps_its_type(dtype: Any) -> None:
    ids = np.arange(200, dtype=dtype)
    for windows in sliding_windows(ids, 64, stride=1):
        assert windows.dtype == dtype
        assert np.shares_memory(windows, ids)
        assert not windows.flags.writeable
    assert ids.flags.writeable


def test_the_list_of_a_long_text_is_copied_once() -> None:
    ids = list(range(50_000))
    tracemalloc.start()
    inputs, targets = sliding_windows(ids, 256, stride=1)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert inputs.nbytes + targets.nbytes > 200_000_000
    assert peak < 2_000_000


def test_what_numpy_does_to_a_window_does_not_reach_the_text() -> None:
    inputs, _ = sliding_windows([1, 2, 3, 4], 2, stride=1)
    with pytest.raises(ValueError, match="read-only"):
        inputs[0, 0] = 9


@pytest.mark.parametrize(
    ("case", "error", "message"),
    [
        (([1, 2, 3], 3, 1), ValueError, "context_length 3 needs a text of 4 tokens or more, not 3"),
        (([], 1, 1), ValueError, "context_length 1 needs a text of 2 tokens or more, not 0"),
        (([1, 2, 3], 0, 1), ValueError, "context_length must be 1 or more, not 0"),
        (([1, 2, 3], 2, 0), ValueError, "stride must be 1 or more, not 0"),
        (([1, 2, 3], 2, -1), ValueError, "stride must be 1 or more, not -1"),
        (([1, 2, 3], 2.0, 1), TypeError, "context_length must be an int, not float"),
        (([1, 2, 3], 2, "1"), TypeError, "stride must be an int, not str"),
        (([1, 2, 3.0], 2, 1), TypeError, "a token ID must be an integer, not float"),
        (("123", 2, 1), TypeError, "ids must be an array or a list of token IDs, not str"),
        (([[1, 2, 3]], 2, 1), ValueError, "ids must be one row of token IDs"),
    ],
)
def test_what_cannot_be_cut_is_refused(
    case: tuple[Any, Any, Any], error: type[Exception], message: str
) -> None:
    with pytest.raises(error, match=message):
        sliding_windows(*case)
    with pytest.raises(error, match=message):
        list(stream_windows([case[0]], *case[1:]))


def test_a_text_as_long_as_one_window_gives_one() -> None:
    inputs, targets = sliding_windows([1, 2, 3, 4], 3, stride=5)
    assert (inputs.tolist(), targets.tolist()) == ([[1, 2, 3]], [[2, 3, 4]])


# What is dropped


@pytest.mark.parametrize(
    ("length", "context_length", "stride", "dropped"),
    [(10, 4, 1, 0), (10, 4, 4, 1), (9, 4, 4, 0), (5, 4, 9, 0), (4, 4, 1, 4), (0, 1, 1, 0)],
)
def test_counts_the_tokens_after_the_last_window(
    length: int, context_length: int, stride: int, dropped: int
) -> None:
    assert count_dropped(length, context_length, stride) == dropped


@pytest.mark.parametrize("place", range(3))
def test_counts_of_what_is_no_length_are_refused_by_name(place: int) -> None:
    case = [10, 4, 4]
    case[place] = -1
    name = ["length", "context_length", "stride"][place]
    with pytest.raises(ValueError, match=f"^{name} must be"):
        count_dropped(*case)
