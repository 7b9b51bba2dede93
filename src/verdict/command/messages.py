"""What the command says on standard error, and how its messages name and count things."""

import sys
from contextlib import suppress

STANDARD_INPUT = "-"
"""What names it on the command line."""


def tell(line: str) -> None:
    """Say on standard error what is being done, where that is a terminal."""
    if sys.stderr.isatty():
        print(line, file=sys.stderr)


def tell_always(line: str) -> None:
    """Say something on standard error. If nobody can read it, the work goes on all the same."""
    with suppress(OSError):
        print(line, file=sys.stderr, flush=True)


def called(name: str) -> str:
    """What a message calls a file."""
    return "standard input" if name == STANDARD_INPUT else name


def counted(number: int, what: str) -> str:
    """Write a number and what it counts, in the plural if need be."""
    return f"{number:,} {what}{'' if number == 1 else 's'}"
