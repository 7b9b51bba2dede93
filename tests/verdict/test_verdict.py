"""The package as a whole: what importing it needs."""

import subprocess
import sys

import pytest

import verdict

WITHOUT_NUMPY = """
import sys
sys.modules["numpy"] = None
import verdict
print(verdict.split_words("as in a browser"))
print("sliding_windows" in dir(verdict))
try:
    verdict.sliding_windows
except ImportError as error:
    print(error)
"""


def run(code: str) -> str:
    return subprocess.run(
        [sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True
    ).stdout


def test_without_numpy_all_works_but_what_needs_it() -> None:
    assert run(WITHOUT_NUMPY) == (
        "['as', 'in', 'a', 'browser']\nTrue\nimport of numpy halted; None in sys.modules\n"
    )


def test_importing_it_imports_no_numpy_until_it_is_asked_for() -> None:
    look = "print('numpy' in sys.modules)"
    assert run(f"import sys, verdict; {look}; verdict.batches; {look}") == "False\nTrue\n"


@pytest.mark.parametrize("name", verdict.__all__)
def test_each_name_is_there_and_says_where_it_comes_from(name: str) -> None:
    assert name in dir(verdict)
    assert getattr(verdict, name).__module__.startswith("verdict.")


def test_names_are_sorted_and_none_is_missing() -> None:
    assert verdict.__all__ == sorted(verdict.__all__)
    assert set(verdict._NEED_NUMPY) <= set(verdict.__all__)  # type: ignore[attr-defined]


def test_other_names_are_missing_as_usual() -> None:
    with pytest.raises(AttributeError, match="module 'verdict' has no attribute 'sliding_window'"):
        verdict.sliding_window  # type: ignore[attr-defined]  # noqa: B018
