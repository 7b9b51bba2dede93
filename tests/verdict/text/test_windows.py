import tracemalloc
from array import array
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import textbook
from verdict import (
    SimpleTokenizerV1,
    batches,
    build_vocabulary,
    count_dropped,
    sliding_windows,
    split_ids,
    split_words,
    stream_windows,
)
from verdict.checks.arrays import Ids
from verdict.text.windows import Examples

lengths = st.integers(1, 12)
texts = st.lists(st.integers(0, 2**16 - 1), min_size=1, max_size=80)


@st.composite
def texts_with_windows(draw: st.DrawFn) -> tuple[list[int], int, int]:
    context_length, stride = draw(lengths), draw(lengths)
    text = draw(st.lists(st.integers(0, 999), min_size=context_length + 1, max_size=80))
    return text, context_length, stride


# The windows


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


# Streams


def joined(blocks: Iterator[Examples]) -> tuple[Any, Any]:
    inputs, targets = zip(*blocks, strict=True)
    return np.concatenate(inputs), np.concatenate(targets)


def in_pieces(text: list[int], cuts: list[int]) -> list[list[int]]:
    edges = [0, *sorted(cut % (len(text) + 1) for cut in cuts), len(text)]
    return [text[start:end] for start, end in pairwise(edges)]


@given(texts_with_windows(), st.lists(st.integers(0, 80), max_size=20))
def test_a_stream_gives_the_windows_of_the_whole(
    case: tuple[list[int], int, int], cuts: list[int]
) -> None:
    text, context_length, stride = case
    streamed = joined(stream_windows(in_pieces(text, cuts), context_length, stride))
    for one, other in zip(streamed, sliding_windows(*case), strict=True):
        assert one.dtype == other.dtype
        assert one.tolist() == other.tolist()


def test_a_stream_keeps_the_type_of_its_pieces() -> None:
    pieces: list[Ids] = [array("H", [1, 2]), np.array([3, 4], np.uint16)]
    (block,) = stream_windows(pieces, 3, 1)
    assert {windows.dtype for windows in block} == {np.dtype(np.uint16)}


def test_pieces_of_several_types_are_refused() -> None:
    pieces: list[Ids] = [np.array([1, 2], np.uint16), [3, 4]]
    with pytest.raises(TypeError, match="the pieces have several types: uint16, now int64"):
        list(stream_windows(pieces, 2, 1))


def test_a_stream_refuses_lengths_at_once_and_a_short_text_at_its_end() -> None:
    with pytest.raises(ValueError, match="stride must be 1 or more, not 0"):
        stream_windows([], 1, 0)
    with pytest.raises(ValueError, match="needs a text of 4 tokens or more, not 3"):
        list(stream_windows([[1], [2, 3]], 3, 1))


def test_a_stream_holds_a_piece_at_a_time() -> None:
    def pieces() -> Iterator[Any]:
        for start in range(100):
            yield np.arange(start, start + 100_000, dtype=np.uint32)  # 400 kB each

    count = 0
    tracemalloc.start()
    for inputs, _ in stream_windows(pieces(), 1024, stride=1):
        count += len(inputs)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert count == 100 * 100_000 - 1024
    assert peak < 3_000_000


def test_a_file_of_token_ids_need_not_be_read(tmp_path: Path) -> None:
    path = tmp_path / "ids.bin"
    ids = np.arange(3_000_000, dtype=np.uint32)  # 12 MB
    ids.tofile(path)
    whole = sliding_windows(ids, 100, stride=7)
    tracemalloc.start()
    mapped = sliding_windows(np.memmap(path, np.uint32, "r"), 100, stride=7)
    some_inputs, some_targets = next(batches(*mapped, batch_size=64, seed=5))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 5_000_000  # most of it is the shuffled order
    expected = next(batches(*whole, batch_size=64, seed=5))
    assert (some_inputs == expected[0]).all()
    assert (some_targets == expected[1]).all()
    assert (mapped[0][::1000] == whole[0][::1000]).all()


# Training and validation


@given(texts, st.floats(0.01, 0.99))
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


# Batches


@given(texts_with_windows(), st.integers(1, 9), st.none() | st.integers(0, 9), st.booleans())
def test_batches_hold_each_example_once_with_its_target(
    case: tuple[list[int], int, int], batch_size: int, seed: int | None, drop_last: bool
) -> None:
    text, context_length, stride = case
    inputs, targets = sliding_windows(range(len(text)), context_length, stride)
    found = list(batches(inputs, targets, batch_size, seed=seed, drop_last=drop_last))
    sizes = [len(some_inputs) for some_inputs, _ in found]
    full, rest = divmod(len(inputs), batch_size)
    assert sizes == [batch_size] * full + [rest] * (rest > 0 and not drop_last)
    rows = [row.tolist() for some_inputs, _ in found for row in some_inputs]
    if seed is None:
        assert rows == inputs[: len(rows)].tolist()
    elif not drop_last:
        assert sorted(rows) == inputs.tolist()
    for some_inputs, some_targets in found:
        assert (some_targets == some_inputs + 1).all()


def order(seed: int | np.random.Generator | None) -> list[int]:
    inputs, targets = sliding_windows(range(101), 1, 1)
    return [int(row[0]) for rows, _ in batches(inputs, targets, 8, seed=seed) for row in rows]


def test_a_number_shuffles_always_alike_and_a_generator_ever_anew() -> None:
    assert order(None) == list(range(100))
    assert order(1) == order(1) != order(None)
    assert order(0) not in (order(None), order(1))
    generator = np.random.default_rng(1)
    first = order(generator)
    assert first == order(1)
    assert order(generator) != first


def test_in_order_nothing_is_copied() -> None:
    ids = np.arange(20)
    for some_inputs, some_targets in batches(*sliding_windows(ids, 4, 1), batch_size=3):
        assert np.shares_memory(some_inputs, ids)
        assert np.shares_memory(some_targets, ids)


def test_what_makes_no_batches_is_refused_at_once() -> None:
    inputs, targets = sliding_windows(range(10), 2, 2)
    with pytest.raises(ValueError, match="batch_size must be 1 or more, not 0"):
        batches(inputs, targets, 0)
    with pytest.raises(TypeError, match="batch_size must be an int, not float"):
        batches(inputs, targets, 2.0)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="each input needs a target: got 4 and 3"):
        batches(inputs, targets[1:], 2)
