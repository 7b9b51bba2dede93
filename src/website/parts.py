"""The parts of the course, as `nav` has them: nobody types their number or their pages again."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from posixpath import dirname
from typing import Any

from mkdocs.utils.yaml import yaml_load

INDEX = "index.md"

PART_TITLE = re.compile(r"Part (\d+): (.+)")


@dataclass(frozen=True)
class Part:
    """A part: its number, its name, and the sources of its pages below docs, its index first."""

    number: int
    name: str
    pages: tuple[str, ...]

    @property
    def folder(self) -> str:
        """The folder of its pages, below docs."""
        return dirname(self.pages[0])


def parts(nav: Sequence[Any]) -> list[Part]:
    """Return the parts among the sections of a navigation: those called `Part 1: ...`.

    Args:
        nav: the navigation, as the configuration has it.

    Examples:
        >>> parts([{"Home": "index.md"}, {"Part 1: Words": ["words/index.md", "words/a.md"]}])
        [Part(number=1, name='Words', pages=('words/index.md', 'words/a.md'))]
    """
    found = []
    for entry in nav:
        title, value = next(iter(entry.items())) if isinstance(entry, dict) else ("", entry)
        match = PART_TITLE.fullmatch(title)
        if match and isinstance(value, list):
            found.append(Part(int(match[1]), match[2], tuple(_sources(value))))
    return found


def read_parts(configuration: Path) -> list[Part]:
    """Return the parts that a configuration file of MkDocs names in its `nav`."""
    return parts(yaml_load(configuration.read_text(encoding="utf-8"))["nav"])


def _sources(nav: list[Any]) -> Iterator[str]:
    for entry in nav:
        value = next(iter(entry.values())) if isinstance(entry, dict) else entry
        if isinstance(value, list):
            yield from _sources(value)
        else:
            yield value
