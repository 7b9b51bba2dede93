"""Ask an address on the net for a file, and give up after a few seconds."""

from queue import Empty, SimpleQueue
from threading import Event, Thread
from time import monotonic

SECONDS = 5.0
"""Seconds that an address has for all of its answer, before the next one is tried."""

BYTES_PER_SECOND_MORE = 25_000
"""Bytes for which an address gets a second more: a slow line may bring a large file."""

MOST_BYTES = 10_000_000
"""An answer that is longer is no file of ours: none of them has as many bytes."""


def http_get(address: str) -> tuple[bytes, str]:
    """Ask an address for a file, and wait for the answer no longer than `SECONDS` says.

    Another thread does the asking. Whatever it waits for, be it a name, a connection or the
    next byte, we go on when the time is over, and it ends when it next hears something.

    Args:
        address: Where the file is.

    Returns:
        What came, and what is wrong with it: nothing, if it is all of the answer.
    """
    pieces: SimpleQueue[bytes | str] = SimpleQueue()
    is_over = Event()
    start = monotonic()
    content = b""
    try:
        Thread(target=_ask, args=(address, pieces, is_over), daemon=True).start()
        while len(content) <= MOST_BYTES:
            seconds = SECONDS + len(content) // BYTES_PER_SECOND_MORE
            piece = pieces.get(timeout=max(0.0, start + seconds - monotonic()))
            if isinstance(piece, str):
                return content, piece
            if not piece:
                return content, ""
            content += piece
    except Empty:
        return content, f"not all of it came in {seconds:.3g} s"
    except RuntimeError as error:  # a machine without threads
        return content, str(error)
    finally:
        is_over.set()
    return content, f"more than {MOST_BYTES:,} bytes"


def _ask(address: str, pieces: SimpleQueue[bytes | str], is_over: Event) -> None:
    """Put an answer into a queue, piece by piece; at its end no bytes, or what went wrong."""
    try:
        import requests

        with requests.get(address, timeout=2 * SECONDS, stream=True) as answer:
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
