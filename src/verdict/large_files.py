"""Fetch a file that is too large for memory: with a bar, and on from where it was broken off."""

import hashlib
import sys
from pathlib import Path

from verdict.downloads import NotFetchedError, Published

PIECE = 2**20
"""Bytes that are fetched and written at once."""

SECONDS_OF_SILENCE = 30.0
"""How long an address may send nothing before the next one is tried."""


def large_file(file: Published) -> Path:
    """Find a large file in the user's cache, or fetch it into there.

    What has come when it is broken off, by Ctrl+C or by the net, stays beside it with `.part`
    behind its name, and is not fetched again. It gets its name only once it has its checksum.

    Args:
        file: Which one.

    Returns:
        The path of a file that had the checksum when it was fetched.

    Raises:
        NotFetchedError: If it is neither in the cache nor to be had from any address.
    """
    try:
        import platformdirs
        import requests
    except ImportError as error:  # as in a browser
        raise NotFetchedError([f"the user's cache: {error}"]) from error
    path = Path(platformdirs.user_cache_path("verdict", appauthor=False)) / file.name
    if path.is_file():
        return path
    part = path.with_name(path.name + ".part")
    tried = [f"{path}: not there"]
    for address in file.addresses:
        try:
            part.parent.mkdir(parents=True, exist_ok=True)
            _fetch_rest(address, part)
            found = _sha256(part)
        except requests.RequestException as error:
            tried.append(f"{address}: {error}")
            continue
        except OSError as error:
            tried.append(f"{part} cannot be written: {error}")
            continue
        if found == file.sha256:
            part.replace(path)
            return path
        part.unlink()
        tried.append(f"{address}: its sha256 is {found}, not {file.sha256}")
    raise NotFetchedError(tried)


def _fetch_rest(address: str, part: Path) -> None:
    """Fetch what is missing at the end of a file, or all of it if it cannot be fetched in parts."""
    import requests
    from tqdm import tqdm

    have = part.stat().st_size if part.exists() else 0
    asked = {"Range": f"bytes={have}-", "Accept-Encoding": "identity"} if have else {}
    with requests.get(address, headers=asked, timeout=SECONDS_OF_SILENCE, stream=True) as answer:
        if have and answer.status_code == 416:  # there is nothing behind what we have
            return
        answer.raise_for_status()
        have = have if answer.status_code == 206 else 0
        length = int(answer.headers.get("Content-Length", 0))
        bar = tqdm(
            total=have + length or None,
            initial=have,
            unit="B",
            unit_scale=True,
            desc=part.stem,
            file=sys.stderr,
            disable=None,  # where nobody looks
        )
        with part.open("ab" if have else "wb") as file, bar:
            for piece in answer.iter_content(PIECE):
                file.write(piece)
                bar.update(len(piece))


def _sha256(path: Path) -> str:
    """Compute the checksum of a file, piece by piece."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
