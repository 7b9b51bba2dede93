"""The story that the chapters work on: The Verdict, by Edith Wharton (1908)."""

import os
import sys
from pathlib import Path

SHA256 = "b41e41a68f0398a3154ae69e2e4c0e2694e17fe0d66730536837f1b01935b31f"
_FILE = "ch02/01_main-chapter-code/the-verdict.txt"
ADDRESSES = (
    "https://raw.githubusercontent.com/rasbt/LLMs-from-scratch/"
    f"d431eff1816f9290e69ceafa9e82760f9b056931/{_FILE}",
    f"https://cdn.jsdelivr.net/gh/rasbt/LLMs-from-scratch@main/{_FILE}",
)
TIMEOUT = (5, 15)  # seconds to connect, and to wait for each further piece
_REMEDY = "Set VERDICT_TEXT to the path of a copy of the story, or of any other text in UTF-8."


class StoryUnavailableError(RuntimeError):
    """The story could not be found, fetched or read; the message says what was tried."""


def story_path() -> Path:
    """Find the story's file, or fetch it.

    Looked at in this order: the file that the environment variable `VERDICT_TEXT` names,
    the user's cache folder, and two addresses on the net. What comes from the cache or the
    net must have the story's checksum; a file that you name may hold any text.

    Returns:
        The path of a file that exists.

    Raises:
        StoryUnavailableError: If `VERDICT_TEXT` names no file, or the story is neither in
            the cache nor to be had from the net.

    Examples:
        >>> story_path().is_file()
        True
    """
    named = os.environ.get("VERDICT_TEXT")
    return _named(Path(named).expanduser()) if named else _cached()


def read_story() -> str:
    r"""Read the story as one text.

    Returns:
        The text, with `\n` at the end of each line, whatever the file has there.

    Raises:
        StoryUnavailableError: If there is no story (see `story_path`), or the file cannot be
            read, or is not UTF-8.

    Examples:
        >>> len(read_story())
        20479
        >>> read_story()[:33]
        'I HAD always thought Jack Gisburn'
    """
    path = story_path()
    try:
        content = path.read_bytes()
    except OSError as error:
        raise StoryUnavailableError(f"{path} cannot be read: {error}. {_REMEDY}") from error
    try:
        text = content.decode("utf-8-sig")  # which drops the mark that some editors put first
    except UnicodeDecodeError as error:
        # The error counts from after that mark.
        position = len(content) - len(error.object) + error.start
        line = content.count(b"\n", 0, position) + 1
        raise StoryUnavailableError(
            f"{path} is not UTF-8: byte 0x{content[position]:02x} at position {position}, "
            f"in line {line}, cannot be decoded. Save the file as UTF-8."
        ) from error
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _named(path: Path) -> Path:
    """Return the path that the user named, if a file is there."""
    try:
        if path.is_file():
            return path
        found = "is a folder" if path.is_dir() else "is no file"
    except OSError as error:
        found = f"cannot be looked at ({error})"
    raise StoryUnavailableError(f"VERDICT_TEXT is {path}, which {found}. {_REMEDY}")


def _cached() -> Path:
    """Return the path of the story in the user's cache, fetched if it is not there."""
    # Imports in here wait until they are needed. A story that is named needs none of them,
    # and in a browser some cannot be had.
    try:
        import platformdirs
    except ImportError as error:
        raise StoryUnavailableError(f"VERDICT_TEXT is not set, and {error}. {_REMEDY}") from error
    path = platformdirs.user_cache_path("verdict", appauthor=False) / "the-verdict.txt"
    fault = _fault(path)
    if fault:
        _download(path, [f"{path}: {fault}"])
    return path


def _fault(path: Path) -> str:
    """Say what keeps the file from being the story: nothing, if it is."""
    import hashlib

    try:
        found = hashlib.sha256(path.read_bytes()).hexdigest()
    except FileNotFoundError:
        return "not there"
    except OSError as error:
        return str(error)
    return "" if found == SHA256 else f"its sha256 is {found}, not {SHA256}"


def _download(path: Path, tried: list[str]) -> None:
    """Fetch the story into a file, whole or not at all; `tried` is what failed before."""
    import logging
    from tempfile import TemporaryDirectory

    try:
        import pooch  # type: ignore[import-untyped]
    except ImportError as error:
        raise StoryUnavailableError(f"{tried[-1]}, and {error}. {_REMEDY}") from error
    outside = sys.exception()  # what our caller may be handling is none of our chain
    fetch = pooch.HTTPDownloader(timeout=TIMEOUT)
    logger = pooch.get_logger()
    level = logger.level
    logger.setLevel(logging.WARNING)  # no word of a download between a page's own lines
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(dir=path.parent, ignore_cleanup_errors=True) as folder:
            for address in ADDRESSES:
                try:
                    fetched = pooch.retrieve(address, SHA256, path.name, folder, downloader=fetch)
                except (OSError, ValueError) as error:
                    tried.append(f"{address}: {_first_cause(error, outside)}")
                else:
                    Path(fetched).replace(path)
                    return
    except OSError as error:
        if not _fault(path):
            return  # another process was faster, and Windows will not replace an open file
        tried.append(f"{path} cannot be written: {error}")
    finally:
        logger.setLevel(level)
    report = "\n  ".join(["The story could not be had. Tried:", *tried])
    raise StoryUnavailableError(f"{report}\n{_REMEDY}")


def _first_cause(error: BaseException, outside: BaseException | None) -> str:
    """Say what set off a chain of errors: "Connection refused", not what wraps it."""
    while (cause := error.__cause__ or error.__context__) and cause is not outside:
        error = cause
    return str(error) or type(error).__name__
