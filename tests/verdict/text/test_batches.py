import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.verdict.texts import texts_with_windows
from verdict import (
    batches,
    sliding_windows,
)


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
