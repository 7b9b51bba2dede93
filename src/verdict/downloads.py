"""Fetch a published file once, and keep it: known by its checksum, wherever it comes from."""

from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Event, Thread
from time import monotonic
from typing import NamedTuple

PATIENCE = 5.0
"""Seconds that an address has for all of its answer, before the next one is tried."""

PACE = 25_000
"""Bytes for which an address gets a second more: a slow line may bring a large file."""

LARGEST = 10_000_000
"""Bytes, more than any of the files has."""


class NotFetchedError(Exception):
    """No place has the file; `tried` says of each what is wrong with it.

    Args:
        tried: A line for each place.
    """

    def __init__(self, tried: list[str]) -> None:
        super().__init__("\n".join(tried))
        self.tried = tried


class Published(NamedTuple):
    """A file that anyone may fetch."""

    name: str
    """Its path in the user's cache folder of this package."""

    sha256: str
    """Its checksum, in hexadecimal."""

    addresses: tuple[str, ...]
    """Where it is published; they are tried in this order."""


def kept(file: Published) -> Path:
    """Find a file in the user's cache, or fetch it into there, whole or not at all.

    Args:
        file: Which one.

    Returns:
        The path of a file that has the checksum.

    Raises:
        NotFetchedError: If it is neither in the cache nor to be had from any address.
    """
    # Imports in here wait until they are needed: in a browser they cannot be had.
    try:
        import platformdirs
    except ImportError as error:
        raise NotFetchedError([f"the user's cache: {error}"]) from error
    path = platformdirs.user_cache_path("verdict", appauthor=False) / file.name
    fault = _fault(path, file.sha256)
    if fault:
        _fetch(file, path, [f"{path}: {fault}"])
    return path


def _fault(path: Path, sha256: str) -> str:
    """Say what keeps a path from being the file: nothing, if it is."""
    try:
        return _other(path.read_bytes(), sha256)
    except FileNotFoundError:
        return "not there"
    except OSError as error:
        return str(error)


def _other(content: bytes, sha256: str) -> str:
    """Say how another content is told from the file's: nothing, if it is the file's."""
    import hashlib

    found = hashlib.sha256(content).hexdigest()
    return "" if found == sha256 else f"its sha256 is {found}, not {sha256}"


def _fetch(file: Published, path: Path, tried: list[str]) -> None:
    """Fetch the file from the first address that has it; `tried` is what failed before."""
    from tempfile import TemporaryDirectory

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(dir=path.parent, ignore_cleanup_errors=True) as folder:
            for address in file.addresses:
                content, fault = _answer(address)
                fault = fault or _other(content, file.sha256)
                if not fault:
                    fresh = Path(folder) / path.name
                    fresh.write_bytes(content)
                    fresh.replace(path)
                    return
                tried.append(f"{address}: {fault}")
    except OSError as error:
        if not _fault(path, file.sha256):
            return  # another process was faster, and Windows will not replace an open file
        tried.append(f"{path} cannot be written: {error}")
    raise NotFetchedError(tried)


def _answer(address: str) -> tuple[bytes, str]:
    """Ask an address: its answer, and what is wrong with it, or nothing.

    Another thread does the asking. Whatever it waits for, be it a name, a connection or the
    next byte, we go on when the time is over, and it ends when it next hears something.
    """
    pieces: SimpleQueue[bytes | str] = SimpleQueue()
    is_over = Event()
    start = monotonic()
    content = b""
    try:
        Thread(target=_ask, args=(address, pieces, is_over), daemon=True).start()
        while len(content) <= LARGEST:
            patience = PATIENCE + len(content) // PACE
            piece = pieces.get(timeout=max(0.0, start + patience - monotonic()))
            if isinstance(piece, str):
                return content, piece
            if not piece:
                return content, ""
            content += piece
    except Empty:
        return content, f"not all of it came in {patience:.3g} s"
    except RuntimeError as error:  # a machine without threads
        return content, str(error)
    finally:
        is_over.set()
    return content, f"more than {LARGEST:,} bytes"


def _ask(address: str, pieces: SimpleQueue[bytes | str], is_over: Event) -> None:
    """Put an answer into a queue, piece by piece; at its end no bytes, or what went wrong."""
    try:
        import requests

        with requests.get(address, timeout=2 * PATIENCE, stream=True) as answer:
            answer.raise_for_status()
            for piece in answer.iter_content(2**14):
                if is_over.is_set():
                    return
                pieces.put(piece)
        pieces.put(b"")
    except (ImportError, OSError, ValueError) as error:  # those of requests are of these kinds
        pieces.put(_first_cause(error))


def _first_cause(error: BaseException) -> str:
    """Say what set off a chain of errors: "Connection refused", not what wraps it."""
    while cause := error.__cause__ or error.__context__:
        error = cause
    return str(error) or type(error).__name__
