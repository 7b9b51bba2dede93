from math import cos, sin
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from verdict import (
    embedding_table,
    input_vectors,
    learned_positions,
    sinusoidal_positions,
)

widths = st.integers(1, 8).map(lambda half: 2 * half)


# Learned


def test_learned_positions_begin_as_gpt_2s_do() -> None:
    table = learned_positions(1024, 64, seed=1)
    assert table.shape == (1024, 64)
    assert table.dtype == np.float32
    assert table.std() == pytest.approx(0.01, rel=0.02)
    assert (table == learned_positions(1024, 64, seed=1)).all()
    assert not (table == learned_positions(1024, 64, seed=2)).any()
    assert learned_positions(1024, 64, seed=1, spread=1).std() == pytest.approx(1, rel=0.02)


def test_a_table_without_positions_is_refused() -> None:
    with pytest.raises(ValueError, match="context_length must be 1 or more, not 0"):
        learned_positions(0, 4)


# Sines and cosines


@given(st.integers(1, 40), widths)
def test_sinusoidal_positions_are_those_of_the_paper(context_length: int, width: int) -> None:
    table = sinusoidal_positions(context_length, width)
    assert table.shape == (context_length, width)
    assert table.dtype == np.float32
    for position in range(context_length):
        for pair in range(width // 2):
            angle = position / 10_000 ** (2 * pair / width)
            assert table[position, 2 * pair] == pytest.approx(sin(angle), abs=1e-6)
            assert table[position, 2 * pair + 1] == pytest.approx(cos(angle), abs=1e-6)


def test_no_two_sinusoidal_positions_are_alike() -> None:
    assert len(np.unique(sinusoidal_positions(1000, 8), axis=0)) == 1000


@pytest.mark.parametrize(
    ("shape", "message"),
    [
        ((4, 3), "width must be even, as its numbers go in pairs, not 3"),
        ((4, 0), "width must be 1 or more, not 0"),
        ((0, 4), "context_length must be 1 or more, not 0"),
    ],
)
def test_a_shape_without_pairs_or_positions_is_refused(
    shape: tuple[int, int], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        sinusoidal_positions(*shape)


# The sum


@given(st.integers(1, 4), st.integers(1, 6))
def test_what_enters_the_model_is_token_plus_position(batch: int, context: int) -> None:
    tokens, positions = embedding_table(9, 4, seed=1), learned_positions(6, 4, seed=2)
    ids = np.random.default_rng(3).integers(0, 9, (batch, context))
    vectors = input_vectors(ids, tokens, positions)
    assert vectors.shape == (batch, context, 4)
    assert vectors.dtype == np.float32
    for text in range(batch):
        for place in range(context):
            expected = tokens[ids[text, place]] + positions[place]
            assert (vectors[text, place] == expected).all()
    assert (input_vectors(ids[0], tokens, positions) == vectors[0]).all()


TOKENS = embedding_table(1130, 4, seed=1)


@pytest.mark.parametrize(
    ("ids", "positions", "error", "message"),
    [
        (
            [[1] * 1025],
            learned_positions(1024, 4),
            ValueError,
            "the text has 1025 tokens, the table 1024 positions: cut the text",
        ),
        (
            [1],
            learned_positions(3, 5),
            ValueError,
            "token vectors have 4 numbers, and position .*5",
        ),
        ([1130], learned_positions(3, 4), IndexError, "token ID 1130 has no row"),
        (np.array(7), learned_positions(3, 4), TypeError, "not a single one"),
    ],
)
def test_what_cannot_enter_is_refused(
    ids: Any, positions: Any, error: type[Exception], message: str
) -> None:
    with pytest.raises(error, match=message):
        input_vectors(ids, TOKENS, positions)
