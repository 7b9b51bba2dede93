"""What is printed: lines for people, objects for programs, and which file an error is in."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO

from verdict.command.errors import CommandError, RefusedTokenError
from verdict.command.files import called


def print_line(line: str, out: BinaryIO | None = None) -> None:
    """Print a line for people; without `out`, to standard output."""
    (out or sys.stdout.buffer).write(f"{line}\n".encode("utf-8", "backslashreplace"))


def print_json(found: dict[str, Any], out: BinaryIO | None = None) -> None:
    """Print an object, on a line of its own; without `out`, to standard output."""
    print_line(json.dumps(found), out)


@contextmanager
def naming(name: str) -> Iterator[None]:
    """Say in which file a token is unknown, or refused."""
    try:
        yield
    except (KeyError, RefusedTokenError) as error:
        raise CommandError(f"{called(name)}: {error.args[0]}") from error
