"""Say at the head of a page where it stands in its part, and how long it takes to read."""

import re

from website.pages.facts import WORDS_A_MINUTE, count_words
from website.site import Site
from website.sources import Part, built_file

_HEADING = re.compile(r"<h1\b.*?</h1>\n?", re.DOTALL)


def place(site: Site, parts: list[Part]) -> None:
    """Put a line below the heading of each section of each part.

    Args:
        site: the site, whose texts are whole.
        parts: the parts, with their pages.
    """
    for part in parts:
        sections = part.pages[1:]  # the first page is that of the part itself
        for number, source in enumerate(sections, 1):
            page = site.page(built_file(source))
            if page and (heading := _HEADING.search(page.html)):
                line = whereabouts(part.number, number, len(sections), count_words(page.html))
                page.html = page.html[: heading.end()] + line + page.html[heading.end() :]


def whereabouts(part: int, number: int, of: int, words: int) -> str:
    r"""The line for one page.

    Examples:
        >>> whereabouts(2, 5, 11, 1900)
        '<p class="time">Part 2, page 5 of 11, about 10 minutes</p>\n'
        >>> whereabouts(1, 1, 7, 90)
        '<p class="time">Part 1, page 1 of 7, about 1 minute</p>\n'
    """
    minutes = max(1, round(words / WORDS_A_MINUTE))
    time = f"{minutes} minute{'' if minutes == 1 else 's'}"
    return f'<p class="time">Part {part}, page {number} of {of}, about {time}</p>\n'
