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

from tests.verdict.texts import texts_with_windows
from verdict import (
    batches,
    sliding_windows,
    stream_windows,
)
from verdict.checks.arrays import Ids
from verdict.text.windows import Examples


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
