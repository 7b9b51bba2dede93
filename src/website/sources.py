"""The sources of the pages: where each is built, and in which section of `nav` it stands."""

import posixpath
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from mkdocs.utils.yaml import yaml_load

ENDINGS = (".md", ".ipynb")
"""How the name of a source ends."""
INDEX = "index.md"
GLOSSARY = "glossary/index.html"
"""The file of the page that says what the terms mean."""

PART_TITLE = re.compile(r"Part (\d+): (.+)")


@dataclass(frozen=True)
class Section:
    """A section of the navigation: its title, and the sources of its pages below docs.

    The pages that stand in no section share one without a title.
    """

    title: str
    pages: tuple[str, ...]


@dataclass(frozen=True)
class Part:
    """A part: its number, its name, and the sources of its pages below docs, its index first."""

    number: int
    name: str
    pages: tuple[str, ...]

    @property
    def folder(self) -> str:
        """The folder of its pages, below docs."""
        return posixpath.dirname(self.pages[0])


def sources(docs: Path) -> list[str]:
    """Return the names of all sources below a folder, in order."""
    found = (path for path in docs.rglob("*") if path.suffix in ENDINGS)
    return [path.relative_to(docs).as_posix() for path in sorted(found)]


def built_file(source: str) -> str:
    """Return the file of the page that is made from a source.

    >>> built_file("part/section.md"), built_file("part/index.md"), built_file("index.md")
    ('part/section/index.html', 'part/index.html', 'index.html')
    """
    folder, _, stem = source.rpartition(".")[0].rpartition("/")
    return posixpath.join(folder, "" if stem == "index" else stem, "index.html")


def page_address(file: str, site: str) -> str:
    """Return the address of a page.

    Args:
        file: its file below the site's folder.
        site: the site's own address, which ends with a slash.

    >>> page_address("part/section/index.html", "https://example.org/book/")
    'https://example.org/book/part/section/'
    """
    return urljoin(site, file.removesuffix("index.html"))


def sections(nav: Sequence[Any]) -> list[Section]:
    """Return the sections of a navigation in order; the pages in no section come last.

    Args:
        nav: the navigation, as the configuration has it.

    Examples:
        >>> for section in sections(["index.md", {"Words": ["words/index.md", "words/a.md"]}]):
        ...     print(section)
        Section(title='Words', pages=('words/index.md', 'words/a.md'))
        Section(title='', pages=('index.md',))
    """
    found, alone = [], []
    for entry in nav:
        title, value = next(iter(entry.items())) if isinstance(entry, dict) else ("", entry)
        if isinstance(value, list):
            found.append(Section(title, tuple(_flat(value))))
        else:
            alone.append(value)
    return [*found, Section("", tuple(alone))] if alone else found


def parts(nav: Sequence[Any]) -> list[Part]:
    """Return the parts among the sections of a navigation: those called `Part 1: ...`.

    Args:
        nav: the navigation, as the configuration has it.

    Examples:
        >>> parts([{"Home": "index.md"}, {"Part 1: Words": ["words/index.md", "words/a.md"]}])
        [Part(number=1, name='Words', pages=('words/index.md', 'words/a.md'))]
    """
    return [
        Part(int(match[1]), match[2], section.pages)
        for section in sections(nav)
        if (match := PART_TITLE.fullmatch(section.title))
    ]


def others(nav: Sequence[Any]) -> list[Section]:
    """Return what a navigation has beside the home page and the parts, in its order.

    Args:
        nav: the navigation, as the configuration has it.

    Examples:
        >>> others([{"Home": "index.md"}, {"Part 1: Words": ["a.md"]}, {"Terms": "terms.md"}])
        [Section(title='Terms', pages=('terms.md',))]
    """
    named = [next(iter(entry.items())) for entry in nav if isinstance(entry, dict)]
    found = [Section(title, tuple(_flat([{title: value}]))) for title, value in named]
    return [
        section
        for section in found
        if section.pages[0] != INDEX and not PART_TITLE.fullmatch(section.title)
    ]


def read_parts(configuration: Path) -> list[Part]:
    """Return the parts that a configuration file of MkDocs names in its `nav`."""
    return parts(yaml_load(configuration.read_text(encoding="utf-8"))["nav"])


def _flat(nav: Sequence[Any]) -> Iterator[str]:
    """The sources in a section, and in the sections within it."""
    for entry in nav:
        value = next(iter(entry.values())) if isinstance(entry, dict) else entry
        if isinstance(value, list):
            yield from _flat(value)
        else:
            yield value
