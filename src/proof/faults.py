"""What the gate finds wrong with a page, in words: the line in its source, and the code."""

import json
import re
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pymdownx.snippets import SnippetMissingError

from proof.fences import Fence, fences, include
from proof.record import digest

MOST_FAULTS = 10
"""How many faults are described one by one; of more, only the number is given."""
MOST_LINES = 3
"""How many lines of a block are shown."""


@dataclass(frozen=True)
class Place:
    """Which block of a page it is: its number among the blocks of code, from 1, and its text.

    An output has the number 0. `same` is how many blocks above have the same text.
    """

    number: int
    text: str
    same: int


@dataclass(frozen=True)
class Fault:
    """What is wrong with a page, or with one of its blocks.

    `page` is its source below the docs folder where the record knows it, else the built page.
    `line` is known where the record has it.
    """

    page: str
    what: str
    place: Place | None = None
    line: int = 0
    was_not_run: bool = False  # it is no error of the page: something could not be had


def in_words(faults: Sequence[Fault], docs: Path | None) -> list[str]:
    """Describe the faults, no more than can be read; `docs` is the folder of the sources."""
    words = [_in_words(fault, docs) for fault in faults[:MOST_FAULTS]]
    more = len(faults) - len(words)
    return [*words, f"... and {more:,} more like these."] if more else words


def sources(built: str) -> list[str]:
    """What a built page may come from: `a/index.html` from `a/README.md`, `a.md` or a notebook.

    >>> sources("a/index.html")
    ['a/index.md', 'a/index.ipynb', 'a/README.md', 'a/README.ipynb', 'a.md', 'a.ipynb']
    >>> sources("a.html")
    ['a.md', 'a.ipynb']
    """
    stem = built.removesuffix(".html")
    folders_page = re.sub(r"(^|/)index$", r"\1README", stem)
    stems = dict.fromkeys([stem, folders_page, stem.removesuffix("/index")])
    return [stem + ending for stem in stems for ending in (".md", ".ipynb")]


def _in_words(fault: Fault, docs: Path | None) -> str:
    is_of_the_source = bool(fault.place or fault.line)
    names = [fault.page, *(sources(fault.page) if is_of_the_source else ())]
    source = next((docs / name for name in names if docs and (docs / name).is_file()), None)
    line, place = fault.line, fault.place
    if place and source:
        line = _line(source, place, docs)
    unit = ", cell " if str(source or fault.page).endswith(".ipynb") else ":"
    words = _from_here(source) if source else fault.page
    words += f"{unit}{line}: " if line else ": "
    if not place:
        return words + fault.what
    lines = place.text.strip("\n").split("\n")
    code = "\n".join(lines[:MOST_LINES] + ["..."] * (len(lines) > MOST_LINES))
    which = f"block {place.number} " if place.number else ""
    return f"{words}{which}{fault.what}:\n{textwrap.indent(code, '    ')}"


def _from_here(path: Path) -> str:
    """A path as it is written in the working folder, if it is below that."""
    path, here = path.resolve(), Path.cwd()
    return (path.relative_to(here) if path.is_relative_to(here) else path).as_posix()


def _line(source: Path, place: Place, docs: Path | None) -> int:
    """The line of a block in its source, or the number of its cell; 0 if it is not to be found."""
    same = digest(place.text)
    try:
        found = [line for line, text in _texts(source, docs) if digest(text) == same]
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        return 0  # since it was built it has become something else, which cannot be read
    return found[place.same] if place.same < len(found) else 0


def _texts(source: Path, docs: Path | None) -> Iterator[tuple[int, str]]:
    """The blocks of a page, or the cells of a notebook, with their lines or numbers."""
    text = source.read_text(encoding="utf-8")
    if source.suffix == ".ipynb":
        for number, cell in enumerate(json.loads(text).get("cells", []), 1):
            yield number, "".join(cell["source"])
        return
    for fence in fences(text):
        if isinstance(fence, Fence):
            yield fence.first + 1, _whole(fence.text, docs)


def _whole(text: str, docs: Path | None) -> str:
    """A block with the files that it includes, if they can be found from here."""
    try:
        return include(text, [docs, docs.parent] if docs else [Path()])
    except (SnippetMissingError, UnicodeDecodeError, OSError):
        return text
