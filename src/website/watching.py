"""Which files a preview watches: all that a site is made from, and none that npm brings."""

from collections.abc import Iterable, Iterator
from pathlib import Path

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
