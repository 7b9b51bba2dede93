"""What the book consists of: the pages of the parts and the glossary, without what only a site has.

Both of its forms, EPUB and PDF, are made of these from the finished site, so they show what a
reader of the site sees.
"""

import posixpath
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any
from urllib.parse import urljoin

from selectolax.lexbor import LexborHTMLParser, LexborNode

from website.site import Page, Site
from website.sources import GLOSSARY, built_file, parts

_ONLY_IN_A_BROWSER = (
    "script, style, button, form, nav, input, label, progress, template, .headerlink, .bar, "
    ".meaning, .fold, .lacking, .live-result, .md-content__button, .md-button, .exercise, "
    ".mark, [data-python], [hidden]"
)


@dataclass(frozen=True)
class About:
    """What a book says of itself."""

    title: str
    description: str
    authors: str
    address: str  # of the site
    version: str
    day: str  # of what it was made from, as 2026-03-02

    def html(self) -> str:
        """Its title, and what stands below it."""
        address = escape(self.address)
        lines = [
            escape(self.description),
            escape(self.authors),
            f"Version {escape(self.version)}, {self.day}",
            f'On the site, the code runs: <a href="{address}">{address}</a>',
            "Code: MIT License. Text and figures: CC BY 4.0.",
        ]
        below = (f"<p>{line}</p>" for line in lines)
        return "\n".join([f"<h1>{escape(self.title)}</h1>", *below])


@dataclass(frozen=True)
class Chapter:
    """A page of the book: its title, where the site has it, its name here, its content."""

    title: str
    file: str
    address: str
    name: str
    article: LexborNode


@dataclass(frozen=True)
class BookPart:
    """A part of the book: its title, and its chapters. What stands in no part has no title."""

    title: str
    chapters: tuple[Chapter, ...]


def read(site: Site, nav: Sequence[Any]) -> list[BookPart]:
    """Take the book out of a finished site.

    Args:
        site: the site.
        nav: the navigation, which knows the parts.
    """
    found = []
    for part in parts(nav):
        pages = [page for name in part.pages if (page := site.page(built_file(name)))]
        if pages:
            title = f"Part {part.number}: {part.name}"
            found.append(BookPart(title, tuple(map(_chapter, pages))))
    if glossary := site.page(GLOSSARY):
        found.append(BookPart("", (_chapter(glossary),)))
    return found


def _chapter(page: Page) -> Chapter:
    article = LexborHTMLParser(page.html).css_first("article")
    if article is None:
        raise ValueError(f"{page.file} has no article")
    for each in article.css(_ONLY_IN_A_BROWSER):
        each.decompose()
    name = posixpath.dirname(page.file).replace("/", "-")
    return Chapter(page.title or name, page.file, page.address, name, article)


def with_links(chapters: Sequence[Chapter], within: Callable[[Chapter, str], str]) -> None:
    """Let every link of the book lead to its place in the book, or else to the site.

    Args:
        chapters: all of the book.
        within: the address of a place in the book: of a chapter, and an id there or nothing.
    """
    by_address = {chapter.address: chapter for chapter in chapters}
    ids = {chapter.address: set(_ids(chapter)) for chapter in chapters}
    for chapter in chapters:
        for link in chapter.article.css("a[href]"):
            whole = urljoin(chapter.address, link.attributes["href"] or "")
            address, _, fragment = whole.partition("#")
            goal = by_address.get(address)
            is_there = goal and (not fragment or fragment in ids[address])
            link.attrs["href"] = within(goal, fragment) if goal and is_there else whole


def _ids(chapter: Chapter) -> Iterator[str]:
    for element in chapter.article.css("[id]"):
        yield element.attributes["id"] or ""
