"""Files and pipes: read piece by piece, and as bytes, which no system changes on the way."""

import codecs
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import BinaryIO

from verdict.command.errors import CommandError

STANDARD_INPUT = "-"

PIECE = 2**16
"""How many bytes are read at once."""

LONGEST = 20
"""How many digits a token ID has at the most."""

PATIENCE = 1
"""Seconds until a bar says how far the work is."""

_SEPARATORS = bytes.maketrans(b",[]", b"   ")
_IDS = re.compile(rb"\s*(?:[0-9]{1,%d}(?:\s+|\Z))*" % LONGEST)


def read_text(name: str, *, shows: bool = False) -> Iterator[str]:
    """Read a text in UTF-8 just as it is, line ends included.

    Args:
        name: The path of a file, or `-`.
        shows: Whether output is written while this is read: then no bar need say how far it is.

    Yields:
        The text, piece by piece.

    Raises:
        CommandError: If it cannot be read, or is not UTF-8.
    """
    decoder = codecs.getincrementaldecoder("utf-8")()
    position, line = 0, 1
    for data in _read(name, shows):
        try:
            text = decoder.decode(data, final=not data)
        except UnicodeDecodeError as error:
            # It counts from the bytes that were kept from the piece before.
            place = position + len(data) - len(error.object) + error.start
            line += error.object.count(b"\n", 0, error.start)
            raise CommandError(
                f"{called(name)} is not UTF-8: byte 0x{error.object[error.start]:02x} at position "
                f"{place}, in line {line}, cannot be decoded"
            ) from None
        position += len(data)
        line += data.count(b"\n")
        if text:
            yield text


def read_ids(name: str, *, shows: bool = False) -> Iterator[list[int]]:
    """Read token IDs: numbers with white space, commas or brackets between them.

    Args:
        name: The path of a file, or `-`.
        shows: As for `read_text`.

    Yields:
        Some token IDs, in their order.

    Raises:
        CommandError: If it cannot be read, or there is anything else in it.
    """
    rest, line = b"", 1
    for data in _read(name, shows):
        read = rest + data.translate(_SEPARATORS)
        goes_on = data and read[-1:].strip()
        rest = read.rsplit(None, 1)[-1] if goes_on else b""
        whole = read.removesuffix(rest)
        if not _IDS.fullmatch(whole) or len(rest) > LONGEST:
            raise CommandError(_first_that_is_none(name, read, line))
        line += whole.count(b"\n")
        yield list(map(int, whole.split()))


def write(data: bytes) -> None:
    """Write to standard output, just as it is."""
    sys.stdout.buffer.write(data)


def tell(line: str) -> None:
    """Say on standard error what is being done, where that is a terminal."""
    if sys.stderr.isatty():
        print(line, file=sys.stderr)


def called(name: str) -> str:
    """What a message calls a file."""
    return "standard input" if name == STANDARD_INPUT else name


def _read(name: str, shows: bool) -> Iterator[bytes]:
    """Yield the bytes of a file, some at a time, and at the end none."""
    try:
        with ExitStack() as stack:
            file, size = _opened(name, stack)
            advance = stack.enter_context(_progress(called(name), size, shows))
            while data := file.read(PIECE):
                yield data
                advance(len(data))
            yield b""
    except OSError as error:
        raise CommandError(f"{called(name)} cannot be read: {error.strerror}") from error


def _opened(name: str, stack: ExitStack) -> tuple[BinaryIO, int | None]:
    """Open a file, and say how large it is, if that is known."""
    if name == STANDARD_INPUT:
        return sys.stdin.buffer, None
    path = Path(name)
    file = stack.enter_context(path.open("rb"))
    return file, path.stat().st_size or None


@contextmanager
def _progress(name: str, size: int | None, shows: bool) -> Iterator[Callable[[int], object]]:
    """Show a bar on standard error, where that is a terminal on which nothing else appears."""
    if not sys.stderr.isatty() or (shows and sys.stdout.isatty()):
        yield lambda _: None
        return
    from tqdm import tqdm

    with tqdm(desc=name, total=size, unit="B", unit_scale=True, delay=PATIENCE, leave=False) as bar:
        yield bar.update


def _first_that_is_none(name: str, read: bytes, line: int) -> str:
    """Say which of the words that were read is no token ID."""
    for number, words in enumerate(read.split(b"\n"), line):
        for word in words.split():
            if not re.fullmatch(rb"[0-9]{1,%d}" % LONGEST, word):
                shown = repr(word[:LONGEST])[1:]
                return f"{called(name)}, line {number}: {shown} is not a token ID"
    raise AssertionError("all of it is token IDs")  # pragma: no cover
