"""Make a course of the parts: say where a page stands in it, and let the reader mark it.

A page of the course says at its head where it stands in its part, and how long it takes to read.
At its foot it has a button with which the reader marks it. `src/live/course.js` shows the marks
in the navigation and in the lists, and asks `course.json` for the pages in their order.
"""

import json
import posixpath
import re

from proof.files import write_whole
from website.pages.facts import WORDS_A_MINUTE, count_words
from website.site import Page, Site
from website.sources import Part, built_file

LIST = "assets/course.json"
"""The file that lists the pages of the course."""
SCRIPTS = ("assets/course.js", "assets/way.js", "assets/element.js")
"""What shows the marks. src/live/site.js brings the first, and that the others."""

_HEADING = re.compile(r"<h1\b.*?</h1>\n?", re.DOTALL)
_ACTIONS = '<nav class="page-actions"'
_BUTTON = (
    '<div class="mark"><button type="button" class="waiting" data-done aria-pressed="false">'
    'This page is done</button><span role="status"></span></div>\n'
)
_IN_NAVIGATION = re.compile(r'<a (?:id="__nav_\w+" )?href="([^"#]+)" class="md-nav__link ?"')


def place(site: Site, parts: list[Part]) -> None:
    """Put a line below the heading of each section of each part, and a button at its end.

    The list of the sections on a part's first page is marked as one, and the links to the parts
    in the navigation are told how many sections they have.

    Args:
        site: the site, whose texts are whole.
        parts: the parts, with their pages.
    """
    listed = []
    for part in parts:
        index = site.page(built_file(part.pages[0]))
        sections = part.pages[1:]  # the first page is that of the part itself
        if index and sections:
            first = posixpath.dirname(built_file(sections[0]))
            _mark_list(index, posixpath.relpath(first, part.folder))
        for number, source in enumerate(sections, 1):
            page = site.page(built_file(source))
            if page and (heading := _HEADING.search(page.html)):
                where = f"Part {part.number}, page {number} of {len(sections)}"
                listed.append({"address": _address(page), "title": page.title, "place": where})
                line = whereabouts(where, count_words(page.html))
                page.html = page.html[: heading.end()] + line + page.html[heading.end() :]
                page.html = page.html.replace(_ACTIONS, f"{_BUTTON}{_ACTIONS}", 1)
    counts = {f"{part.folder}/": len(part.pages) - 1 for part in parts}
    for page in site.pages:
        _count_in_navigation(page, counts)
    write_whole(site.folder / LIST, json.dumps(listed, ensure_ascii=False))


def whereabouts(where: str, words: int) -> str:
    r"""The line for one page.

    Examples:
        >>> whereabouts("Part 2, page 5 of 11", 1900)
        '<p class="time">Part 2, page 5 of 11, about 10 minutes</p>\n'
        >>> whereabouts("Part 1, page 1 of 7", 90)
        '<p class="time">Part 1, page 1 of 7, about 1 minute</p>\n'
    """
    minutes = max(1, round(words / WORDS_A_MINUTE))
    time = f"{minutes} minute{'' if minutes == 1 else 's'}"
    return f'<p class="time">{where}, about {time}</p>\n'


def _address(page: Page) -> str:
    """The address of a page below the site's own."""
    return page.file.removesuffix("index.html")


def _mark_list(index: Page, first: str) -> None:
    """Tell the list of a part's sections, on its first page, by the link that it begins with."""
    begin = re.compile(rf'<ul>(\s*<li>\s*(?:<p>)?<a href="{re.escape(first)}/">)')
    index.html = begin.sub(r'<ul class="pages">\1', index.html, count=1)


def _count_in_navigation(page: Page, counts: dict[str, int]) -> None:
    here = posixpath.dirname(page.file)

    def counted(link: re.Match[str]) -> str:
        to = posixpath.normpath(posixpath.join(here, link[1])) + "/"
        return f'{link[0]} data-pages="{counts[to]}"' if to in counts else link[0]

    page.html = _IN_NAVIGATION.sub(counted, page.html)
