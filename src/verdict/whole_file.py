"""Write files whole or not at all. The wheel of the proof has a copy: import nothing of ours."""

import errno
import os
import secrets
import stat
import sys
from contextlib import suppress
from pathlib import Path

_NAME_LENGTH = 32
"""The temporary name begins with so many characters of the file's, lest it be too long."""


def write_whole(path: str | os.PathLike[str], content: str | bytes) -> None:
    """Write a file so that nobody ever finds half of it.

    The content goes into a temporary file beside it, which then takes its place, with the
    permissions of the file that was there. Links are followed, and missing folders are made.
    What holds no content, such as a pipe or a device, is written to directly; so is what this
    process prints to already, such as `/dev/stdout`.

    Args:
        path: Where to.
        content: Text is written in UTF-8, the ends of its lines as they are.

    Raises:
        OSError: If it cannot be written; what was there before is still there. A file that is
            read-only stays as it is.
        UnicodeEncodeError: If the text has a lone surrogate.
    """
    data = content.encode("utf-8") if isinstance(content, str) else content
    found = check_writable(path)
    if found and (stream := standard_stream(found)) is not None:
        _write_to_stream(stream, data)
    elif found and not stat.S_ISREG(found.st_mode):
        Path(path).write_bytes(data)
    else:
        _replace(Path(os.path.realpath(path)), data, found)


def check_writable(path: str | os.PathLike[str]) -> os.stat_result | None:
    """Make sure, before long work, that a file can be written, as far as that can be known.

    Args:
        path: Where to.

    Returns:
        What the system says of what is there; nothing if the file would be new.

    Raises:
        OSError: If it is a folder, is read-only, or stands below what is no folder.
    """
    try:
        found = Path(path).stat()
    except FileNotFoundError:
        target = Path(os.path.realpath(path))
        _check_folder(next(folder for folder in target.parents if folder.exists()), path)
        return None
    if stat.S_ISDIR(found.st_mode):
        raise _error(errno.EISDIR, "it is a folder", path)
    # The superuser may write to anything, but a file without any such permission is protected.
    if not found.st_mode & 0o222 or not os.access(path, os.W_OK):
        raise _error(errno.EACCES, "it is read-only", path)
    if stat.S_ISREG(found.st_mode) and standard_stream(found) is None:
        _check_folder(Path(os.path.realpath(path)).parent, path)
    return found


def _check_folder(folder: Path, path: str | os.PathLike[str]) -> None:
    if not folder.is_dir():
        raise _error(errno.ENOTDIR, f"{folder} is no folder", path)
    if not os.access(folder, os.W_OK):
        raise _error(errno.EACCES, f"the folder {folder} is read-only", path)


def _error(number: int, message: str, path: str | os.PathLike[str]) -> OSError:
    return OSError(number, message, os.fspath(path))


def _replace(target: Path, data: bytes, found: os.stat_result | None) -> None:
    """Put a new file in the place of what may be there."""
    target.parent.mkdir(parents=True, exist_ok=True)
    temporary = target.with_name(f".{target.name[:_NAME_LENGTH]}.{secrets.token_hex(8)}")
    mode = stat.S_IMODE(found.st_mode) if found else 0o666  # less what the user's umask takes
    try:
        with open(temporary, "xb", opener=lambda name, flags: os.open(name, flags, mode)) as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())  # else a power cut could leave the name without the content
        if found:
            if hasattr(os, "chown"):
                with suppress(PermissionError):  # only the superuser can give a file away
                    os.chown(temporary, found.st_uid, found.st_gid)
            temporary.chmod(mode)
        temporary.replace(target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def standard_stream(found: os.stat_result) -> int | None:
    """Tell which of this process's standard streams writes to a file, a pipe or a device.

    Args:
        found: What the system says of it.

    Returns:
        1 for standard output, 2 for standard error, or nothing.
    """
    for number, stream in ((1, sys.__stdout__), (2, sys.__stderr__)):
        with suppress(AttributeError, OSError, ValueError):  # there is none, or it is closed
            if os.path.samestat(os.fstat(stream.fileno()), found):  # type: ignore[union-attr]
                return number
    return None


def _write_to_stream(number: int, data: bytes) -> None:
    """Write where a standard stream has come to, behind what was printed before."""
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:
            stream.flush()
    with os.fdopen(os.dup(number), "wb") as file:
        file.write(data)
