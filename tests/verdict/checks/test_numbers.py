from typing import Any

import numpy as np
import pytest

from verdict.checks.numbers import checked_size


def test_integers_of_all_kinds_are_sizes() -> None:
    sizes = [checked_size("n", size) for size in (1, np.int64(7), np.uint16(3))]  # type: ignore[arg-type]
    assert sizes == [1, 7, 3]
    assert {type(size) for size in sizes} == {int}


@pytest.mark.parametrize("size", [2.0, "3", None, True])
def test_what_is_no_integer_is_refused_by_name(size: Any) -> None:
    with pytest.raises(TypeError, match=f"stride must be an int, not {type(size).__name__}"):
        checked_size("stride", size)


def test_what_is_too_small_is_refused_by_name() -> None:
    assert checked_size("n", 0, 0) == 0
    with pytest.raises(ValueError, match="stride must be 1 or more, not 0"):
        checked_size("stride", 0)
    with pytest.raises(ValueError, match="length must be 0 or more, not -1"):
        checked_size("length", -1, 0)
