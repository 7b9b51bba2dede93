"""Checks say in words what is right and what is not yet, whatever an answer defines."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from proof.judging import judge, numbers_in

CHECK = '# It doubles.\nassert double(2) == 4, "It does not double."'


@pytest.mark.parametrize(
    ("namespace", "said"),
    [
        ({"double": lambda n: 2 * n}, (True, "It doubles.")),
        ({"double": lambda n: n}, (False, "It does not double.")),
        ({}, (False, "There is no 'double' yet.")),
        ({"double": lambda n: n / 0}, (False, "Used by the check, it ends with ZeroDivisionError")),
    ],
)
def test_a_check_calls_what_the_answer_defines(
    namespace: dict[str, object], said: tuple[bool, str]
) -> None:
    (found,) = judge(CHECK, "", "", namespace)
    assert found.is_right == said[0]
    assert found.words.startswith(said[1])


def test_what_is_defined_stays_as_it_is() -> None:
    namespace: dict[str, object] = {"numbers": 5}
    judge('x = 1\n# One.\nassert numbers == [1], "No."', "", "1", namespace)
    assert namespace == {"numbers": 5}


@given(st.lists(st.integers(-(10**9), 10**9) | st.floats(-1e9, 1e9, allow_subnormal=False)))
def test_numbers_are_found_however_they_are_printed(numbers: list[float]) -> None:
    assert numbers_in(" ".join(map(str, numbers))) == numbers
    assert numbers_in(str(numbers)) == numbers
    whole = [number for number in numbers if isinstance(number, int)]
    assert numbers_in(", ".join(f"{number:,}" for number in whole)) == whole
