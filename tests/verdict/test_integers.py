"""Integers of NumPy are taken wherever Python's are; what is none is refused with words."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from verdict import (
    BigramModel,
    BytePairTokenizer,
    SimpleTokenizerV1,
    SimpleTokenizerV2,
    count_dropped,
    count_parameters,
    embedding_table,
    learned_positions,
    sinusoidal_positions,
)

TAKE_INTEGERS: dict[str, Callable[[Any], object]] = {
    "vocabulary": lambda n: SimpleTokenizerV1({"a": n}).encode("a"),
    "vocabulary with unknown words": lambda n: SimpleTokenizerV2({"<|unk|>": n}).encode("a"),
    "SimpleTokenizerV1.decode": lambda n: SimpleTokenizerV1({"a": 4}).decode([n]),
    "BytePairTokenizer.decode": lambda n: BytePairTokenizer().decode([n]),
    "merges": lambda n: BytePairTokenizer([(n, n)]).merges,
    "length": lambda n: BigramModel(list("aab")).generate("a", n),
    "seed": lambda n: BigramModel(list("aab")).generate("a", 3, n),
    "count_parameters": lambda n: count_parameters(n, n, n, n),
    "count_dropped": lambda n: count_dropped(n, n, n),
    "embedding_table": lambda n: embedding_table(n, n, seed=1).tolist(),
    "learned_positions": lambda n: learned_positions(n, n, seed=1).tolist(),
    "sinusoidal_positions": lambda n: sinusoidal_positions(n, n).tolist(),
}
TYPES = [np.int8, np.int16, np.int32, np.int64, np.uint8, np.uint16, np.uint32, np.uint64]


@pytest.mark.parametrize("kind", TYPES)
@pytest.mark.parametrize("name", TAKE_INTEGERS)
def test_numpys_integers_are_taken(name: str, kind: Callable[[int], Any]) -> None:
    assert TAKE_INTEGERS[name](kind(4)) == TAKE_INTEGERS[name](4)


def test_numpys_integers_are_taken_as_the_size_of_a_vocabulary() -> None:
    expected = BytePairTokenizer.train("low low", 258)
    assert BytePairTokenizer.train("low low", np.int64(258)) == expected  # type: ignore[arg-type]


@pytest.mark.parametrize("wrong", [True, 4.0, "4", np.float64(4), np.bool_(True)])
@pytest.mark.parametrize("name", TAKE_INTEGERS)
def test_what_is_no_integer_is_refused(name: str, wrong: object) -> None:
    with pytest.raises(TypeError, match=r"must be an int(eger)?, not "):
        TAKE_INTEGERS[name](wrong)


@pytest.mark.parametrize("batch", [[[4], [5, 6]], [(4, 5)], np.array([[4, 5]]), [np.array([4])]])
@pytest.mark.parametrize("tokenizer", [BytePairTokenizer(), SimpleTokenizerV1({"a": 4})])
def test_a_batch_gets_words_about_its_shape(tokenizer: BytePairTokenizer, batch: Any) -> None:
    with pytest.raises(TypeError, match=r"ids must be one row of token IDs, not .*: take one row"):
        tokenizer.decode(batch)
