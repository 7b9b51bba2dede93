"""What is printed on standard output: bytes, lines for people, objects for programs."""

import json
import sys
from typing import Any, BinaryIO


def write(data: bytes) -> None:
    """Write to standard output, just as it is."""
    sys.stdout.buffer.write(data)


def write_at_once(data: bytes) -> None:
    """Write to standard output, and do not wait for more."""
    write(data)
    sys.stdout.buffer.flush()


def print_line(line: str, out: BinaryIO | None = None) -> None:
    """Print a line for people; without `out`, to standard output."""
    (out or sys.stdout.buffer).write(f"{line}\n".encode("utf-8", "backslashreplace"))


def print_json(found: dict[str, Any], out: BinaryIO | None = None) -> None:
    """Print an object, on a line of its own; without `out`, to standard output."""
    print_line(json.dumps(found), out)
