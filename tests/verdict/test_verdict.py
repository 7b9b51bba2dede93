"""The package as a whole: what importing it needs."""

import subprocess
import sys

import pytest

import verdict
from tests import PATIENCE

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
        [sys.executable, "-c", code],
        capture_output=True,
        encoding="utf-8",
        check=True,
        timeout=PATIENCE,
    ).stdout


def test_without_numpy_all_works_but_what_needs_it() -> None:
    assert run(WITHOUT_NUMPY) == (
        "['as', 'in', 'a', 'browser']\nTrue\nimport of numpy halted; None in sys.modules\n"
    )


def test_importing_it_imports_no_numpy_until_it_is_asked_for() -> None:
    look = "print('numpy' in sys.modules, 'batches' in vars(verdict))"
    assert run(f"import sys, verdict; {look}; verdict.batches; {look}") == (
        "False False\nTrue True\n"
    )


@pytest.mark.parametrize("name", verdict.__all__)
def test_each_name_is_there(name: str) -> None:
    assert name in dir(verdict)
    assert getattr(verdict, name)


def test_each_late_name_comes_from_the_module_that_is_said_to_have_it() -> None:
    late: dict[str, str] = verdict._NEED_NUMPY  # type: ignore[attr-defined]
    assert late.keys() <= set(verdict.__all__)
    assert {name: getattr(verdict, name).__module__ for name in late} == late


def test_other_names_are_missing_as_usual() -> None:
    with pytest.raises(AttributeError, match="module 'verdict' has no attribute 'sliding_window'"):
        verdict.sliding_window  # type: ignore[attr-defined]  # noqa: B018
