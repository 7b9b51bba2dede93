"""Which files a preview watches: all that a site is made from, and none that npm brings."""

from collections.abc import Hashable, Iterable, Iterator
from pathlib import Path
from stat import S_ISREG

NPM = "node_modules"


def places(watched: Iterable[Path]) -> Iterator[tuple[Path, bool]]:
    """Yield the places to watch, and whether npm has put many files of others below it."""
    for place in watched:
        inner = [path for path in place.iterdir() if path.is_dir()] if place.is_dir() else []
        if any((path / NPM).exists() for path in inner):
            yield from places(inner)
        else:
            yield place, (place / NPM).exists()


def files_of(place: Path, *, has_npm_files: bool) -> list[Path]:
    """The files of a place to watch: of a folder where npm has put files, only its own."""
    if place.is_file():
        return [place]
    return sorted(place.iterdir() if has_npm_files else place.rglob("*"))


def state_of(watched: Iterable[Path], ending: str = "") -> Hashable:
    """Which files with this ending there are in some places, and when each was written."""
    return tuple(
        (path.as_posix(), _written(path))
        for place, has_npm_files in places(watched)
        for path in files_of(place, has_npm_files=has_npm_files)
        if path.name.endswith(ending) and "__pycache__" not in path.parts
    )


def _written(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:  # it goes away just now: an editor writes it afresh
        return None
    return (found.st_mtime_ns, found.st_size) if S_ISREG(found.st_mode) else None
