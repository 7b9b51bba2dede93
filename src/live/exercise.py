"""Judge a reader's answer to an exercise in the browser, and leave the page as it was.

What the answer defines, and what it changes, is gone afterwards: the blocks of the page go on
from where they stood, and the next answer begins there too.
"""

import copy
import sys
from typing import Any

import judging  # type: ignore[import-not-found]  # src/proof/judging.py, under the name it has there

_saved: dict[str, Any] = {}
"""What the page had defined before the answer ran."""


def save_namespace() -> None:
    """Save a copy of all that the page has defined, as far as it can be copied."""
    _saved.clear()
    memo: dict[int, Any] = {}
    for name, value in sys.modules["__main__"].__dict__.items():
        try:
            _saved[name] = copy.deepcopy(value, memo)
        except Exception:  # a module, an open file, a generator
            _saved[name] = value


def judge(checks: str, answer: str, printed: str) -> list[tuple[bool, str]]:
    """What the checks of an exercise say of an answer that has run."""
    found: list[tuple[bool, str]] = judging.judge(
        checks, answer, printed, sys.modules["__main__"].__dict__
    )
    return found


def restore_namespace() -> None:
    """Give the page back what it had defined before the answer ran."""
    namespace = sys.modules["__main__"].__dict__
    namespace.clear()
    namespace.update(_saved)
    _saved.clear()
