"""Files and pipes: read piece by piece, and as bytes, which no system changes on the way."""

import sys
from codecs import BOM_UTF8
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import BinaryIO

from verdict.command.errors import CommandError
from verdict.command.messages import STANDARD_INPUT, called

PIECE = 2**16
"""How many bytes are read at once."""

SECONDS_WITHOUT_BAR = 1
"""How long reading may take before a bar says how far it is."""


def read(name: str, *, prints_meanwhile: bool = False) -> Iterator[bytes]:
    """Read the bytes of a file.

    Args:
        name: The path of a file, or `-`.
        prints_meanwhile: Whether output is printed while this is read: then no bar need say
            how far it is.

    Yields:
        Some bytes at a time, and at the end none.

    Raises:
        CommandError: If it cannot be read.
    """
    try:
        with ExitStack() as stack:
            file, size = _opened(name, stack)
            advance = stack.enter_context(_progress(called(name), size, prints_meanwhile))
            while data := file.read(PIECE):
                yield data
                advance(len(data))
            yield b""
    except OSError as error:
        raise CommandError(f"{called(name)} cannot be read: {error.strerror}") from error


def without_bom(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Leave out the byte order mark that some editors put first; it is no text."""
    begun = b""
    for piece in pieces:
        begun += piece
        if piece and BOM_UTF8.startswith(begun):  # all of it may be the mark, or some of it
            continue
        yield begun.removeprefix(BOM_UTF8)
        if piece and begun.removeprefix(BOM_UTF8):
            break
    yield from pieces


def is_same_file(path: Path, name: str) -> bool:
    """Tell whether a path leads to the file of a name."""
    return path.exists() and Path(name).exists() and path.samefile(name)


def _opened(name: str, stack: ExitStack) -> tuple[BinaryIO, int | None]:
    """Open a file, and say how large it is, if that is known."""
    if name == STANDARD_INPUT:
        if sys.stdin is None:
            raise CommandError("standard input cannot be read: it is closed")
        return sys.stdin.buffer, None
    path = Path(name)
    file = stack.enter_context(path.open("rb"))
    return file, path.stat().st_size or None


@contextmanager
def _progress(
    name: str, size: int | None, prints_meanwhile: bool
) -> Iterator[Callable[[int], object]]:
    """Show a bar on standard error, where that is a terminal on which nothing else appears."""
    if not sys.stderr.isatty() or (prints_meanwhile and sys.stdout.isatty()):
        yield lambda _: None
        return
    from tqdm import tqdm

    with tqdm(
        desc=name, total=size, unit="B", unit_scale=True, delay=SECONDS_WITHOUT_BAR, leave=False
    ) as bar:
        yield bar.update
