"""The file of a byte pair tokenizer: text in UTF-8 that people can read, too.

    verdict byte pair encoding, version 2
    bytes: 0 1 2 3 (and so on, in the order of their token IDs)
    special tokens: ["<|endoftext|>"]
    merges: 2
    108 111 "lo"
    256 119 "low"
    sha256: (64 hexadecimal digits)

A merge is the two token IDs that it joins. The text behind them is what they make. The last line
is the SHA-256 of all lines above it, each ended by one line feed. Version 1 had no such line.
"""

import hashlib
import json
from collections.abc import Iterable, Sequence
from itertools import zip_longest
from pathlib import Path
from typing import NamedTuple

VERSION = 2
VERSION_WITHOUT_SUM = 1
"""The version whose files end without a sum; they are still read."""
MOST_BYTES = 2**27
"""A larger file is not read: it has more bytes than all merges that there can be would need."""

_LABEL = 40  # bytes of a token that its line shows


class Parts(NamedTuple):
    """What makes a byte pair tokenizer."""

    merges: Sequence[tuple[int, int]]
    special_tokens: Sequence[str]
    byte_order: Sequence[int]


def written(parts: Parts, made: Iterable[bytes], version: int = VERSION) -> str:
    """Write the parts of a tokenizer as the text of its file.

    Args:
        parts: What makes the tokenizer.
        made: The bytes of the token that each merge makes.
        version: Of the file.

    Returns:
        The text, each line ended.
    """
    merges = [
        f"{left} {right} {_json(token[:_LABEL].decode('utf-8', 'backslashreplace'))}"
        for (left, right), token in zip(parts.merges, made, strict=True)
    ]
    head = [
        f"verdict byte pair encoding, version {version}",
        f"bytes: {' '.join(map(str, parts.byte_order))}",
        f"special tokens: {_json(list(parts.special_tokens))}",
        f"merges: {len(merges)}",
    ]
    text = "\n".join([*head, *merges, ""])
    return text if version == VERSION_WITHOUT_SUM else f"{text}{_sum_line(text)}\n"


def _sum_line(text: str) -> str:
    """Return the line that says the sum of the lines above it."""
    return f"sha256: {hashlib.sha256(text.encode()).hexdigest()}"


def read(path: Path) -> str:
    """Read the text of a tokenizer's file.

    Args:
        path: Where it is.

    Returns:
        The text, its lines ended as Unix does.

    Raises:
        OSError: If it cannot be read.
        ValueError: If it is too large or not UTF-8.
    """
    if path.is_dir():  # of which Windows would only say that it may not be read
        raise IsADirectoryError(f"{path} is a folder: name the file that save wrote")
    with path.open("rb") as file:
        content = file.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise ValueError(f"{path} has more than {MOST_BYTES:,} bytes: no tokenizer needs as many")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValueError(f"{path} is not UTF-8: {error.reason} at byte {error.start}") from None
    return text.replace("\r\n", "\n")


def compare(found: str, expected: str) -> None:
    """Make sure that a file is what `written` would have written.

    Args:
        found: The text of the file.
        expected: The text that it should have.

    Raises:
        ValueError: If it has another; the message says in which line, or that the sum of the
            lines is another one.
    """
    if found != expected:
        pairs = zip_longest(found.split("\n"), expected.split("\n"))
        number, (line, right) = next((n, two) for n, two in enumerate(pairs, 1) if two[0] != two[1])
        if line and line.startswith("sha256: "):
            raise ValueError(
                "it was changed after it was saved: its lines have another sum than line "
                f"{number} says. Use a copy that is whole, or train again"
            )
        raise ValueError(f"line {number} is {shown(line)}, and should be {shown(right)}")


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def shown(line: str | None) -> str:
    """Quote the beginning of a line in a message."""
    if line is None:
        return "not there"
    return repr(line if len(line) <= 60 else line[:60] + "…")
