"""Fetch a published file once, and keep it: known by its checksum, wherever it comes from."""

from pathlib import Path
from typing import NamedTuple

from verdict.http_get import http_get
from verdict.whole_file import check_writable, write_whole


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


def cached_file(file: Published) -> Path:
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
        return _difference(path.read_bytes(), sha256)
    except FileNotFoundError:
        return "not there"
    except OSError as error:
        return str(error)


def _difference(content: bytes, sha256: str) -> str:
    """Say how a content differs from the file's: nothing, if it is the file's."""
    import hashlib

    found = hashlib.sha256(content).hexdigest()
    return "" if found == sha256 else f"its sha256 is {found}, not {sha256}"


def _fetch(file: Published, path: Path, tried: list[str]) -> None:
    """Fetch the file from the first address that has it; `tried` is what failed before."""
    try:
        check_writable(path)
        for address in file.addresses:
            content, fault = http_get(address)
            fault = fault or _difference(content, file.sha256)
            if not fault:
                write_whole(path, content)
                return
            tried.append(f"{address}: {fault}")
    except OSError as error:
        if not _fault(path, file.sha256):
            return  # another process was faster, and Windows will not replace an open file
        tried.append(f"{path} cannot be written: {error}")
    raise NotFetchedError(tried)
