"""The story that the chapters work on: The Verdict, by Edith Wharton (1908)."""

import os
from pathlib import Path

from verdict.downloads import NotFetchedError, Published, cached_file

SHA256 = "b41e41a68f0398a3154ae69e2e4c0e2694e17fe0d66730536837f1b01935b31f"
_COMMIT = "d431eff1816f9290e69ceafa9e82760f9b056931"
_FILE = "ch02/01_main-chapter-code/the-verdict.txt"
ADDRESSES = (
    f"https://raw.githubusercontent.com/rasbt/LLMs-from-scratch/{_COMMIT}/{_FILE}",
    f"https://cdn.jsdelivr.net/gh/rasbt/LLMs-from-scratch@{_COMMIT}/{_FILE}",
    f"https://rawcdn.githack.com/rasbt/LLMs-from-scratch/{_COMMIT}/{_FILE}",
    f"https://archive.softwareheritage.org/api/1/content/sha256:{SHA256}/raw/",
)
"""Where the story is published, on four hosts; the last finds a file by its checksum alone."""

_REMEDY = "Set VERDICT_TEXT to the path of a copy of the story, or of any other text in UTF-8."


class StoryUnavailableError(RuntimeError):
    """The story could not be found, fetched or read; the message says what was tried."""


def story_path() -> Path:
    """Find the story's file, or fetch it.

    Looked at in this order: the file that the environment variable `VERDICT_TEXT` names,
    the user's cache folder, and four addresses on the net, each for five seconds at most.
    What comes from the cache or the net must have the story's checksum; a file that you name
    may hold any text.

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
    try:
        return cached_file(Published("the-verdict.txt", SHA256, ADDRESSES))
    except NotFetchedError as error:
        tried = "\n  ".join(["VERDICT_TEXT: not set", *error.tried])
        raise StoryUnavailableError(
            f"The story could not be had. Tried:\n  {tried}\n{_REMEDY}"
        ) from error
