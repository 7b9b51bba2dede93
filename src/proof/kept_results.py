"""Results that are kept until something changes that they depend on.

A page is broken again only if it reads otherwise, or one of the files that it imports does, or
the proof itself, or an installed package has another version.
"""

import hashlib
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib.metadata import distributions
from pathlib import Path

from proof.dependencies import dependencies
from proof.files import write_whole

_PACKAGE = Path(__file__).parent


class KeptResults:
    """What is known of the variants of one page: for each that was tried, whether it was noticed.

    Args:
        folder: where results are kept; None keeps nothing. Those of the page as it was go.
        path: the page.
        code: its blocks, with the files that they include.
        roots: folders with the modules that they may import.
    """

    def __init__(
        self, folder: Path | None, path: Path, code: Sequence[str], roots: Sequence[Path]
    ) -> None:
        self._stem = "-".join(path.parts[-2:])
        key = _key(path.read_text(encoding="utf-8"), code, roots)
        self._file = folder and folder / f"{self._stem}-{key}.json"
        self.noticed: dict[str, bool] = {}
        if self._file and self._file.is_file():
            self.noticed = json.loads(self._file.read_bytes())

    def add(self, noticed: Mapping[str, bool]) -> None:
        """Add results, and keep them."""
        self.noticed |= noticed
        if self._file and noticed:
            write_whole(self._file, json.dumps(self.noticed, indent=1) + "\n")
            for former in self._file.parent.glob(f"{self._stem}-*.json"):
                if former != self._file:
                    former.unlink(missing_ok=True)


def sample(names: Iterable[str], count: int) -> list[str]:
    """Choose some names, spread over all as if by chance, and always the same.

    Examples:
        >>> len(sample(map(str, range(100)), 5))
        5
        >>> sample("ab", 3) == sample("ba", 3)
        True
    """
    mixed = sorted(names, key=lambda name: hashlib.sha256(name.encode()).digest())
    return mixed[:count]


def _key(page: str, code: Sequence[str], roots: Sequence[Path]) -> str:
    total = hashlib.sha256(_installed().encode())
    for text in (page, *code, *_texts(dependencies(code, roots))):
        total.update(hashlib.sha256(text.encode()).digest())
    return total.hexdigest()[:32]


@cache
def _installed() -> str:
    """Describe what every page depends on: this Python, what is installed, and the proof itself."""
    installed = sorted(f"{each.name} {each.version}" for each in distributions())
    return "\0".join([sys.version, sys.platform, *installed, *_texts(_PACKAGE.glob("*.py"))])


def _texts(paths: Iterable[Path]) -> list[str]:
    """Names and contents of files."""
    return [f"{path.name}\0{path.read_text(encoding='utf-8')}" for path in sorted(paths)]
