"""What cannot be had where the pages run: which errors say so, and whether that is a failure."""

import os
import re

STRICT = "PROOF_STRICT"
"""The environment variable that asks for a failure; unset, empty and `0` do not."""

errors: set[str] = set()
"""The full names of the errors that say 'what this example needs cannot be had here'."""

_ERROR = re.compile(r"^[\w.]*(?:Error|Exception|Warning): ")
_INTRODUCTION = re.compile(r"(?<=[.!?]) [^.!?]*:$")


def is_strict() -> bool:
    """Whether what cannot be had must fail, rather than be skipped.

    It is asked for by name. No other variable stands for it, `CI` neither.
    """
    return os.environ.get(STRICT, "") not in ("", "0")


def in_short(message: str) -> str:
    r"""The first line of an error's message, without the error's name and a list's introduction.

    >>> in_short("my.GoneError: The file could not be had. Tried:\n  a\n  b\nName a copy.")
    'The file could not be had.'
    """
    first = _ERROR.sub("", message.strip()).partition("\n")[0]
    return _INTRODUCTION.sub("", first)
