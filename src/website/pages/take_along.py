"""Say at the head of a page in which forms a reader can take it along, and how large they are."""

import posixpath
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from website.site import Page, Site

PLACE = '<nav class="along" aria-label="Take it along"></nav>'
"""What stands below the heading of a page until its forms are made."""
_END = "</h1>"


@dataclass(frozen=True)
class Form:
    """A form of a page, or of all pages in one: its name, and its file below the site's folder."""

    name: str
    file: str


def keep_place(page: Page) -> None:
    """Keep a place for the links below the heading of a page."""
    page.html = page.html.replace(_END, f"{_END}\n{PLACE}", 1)


def link(site: Site, page: Page, forms: Sequence[Form]) -> None:
    """Put the links into their place.

    Args:
        site: the site, whose folder has the files of the forms.
        page: a page with a place for them.
        forms: those that it links to, in order.
    """
    links = []
    for form in forms:
        address = posixpath.relpath(form.file, posixpath.dirname(page.file) or ".")
        how_large = size((site.folder / form.file).stat().st_size)
        links.append(f'<a href="{escape(address)}" download>{form.name}</a> ({how_large})')
    page.html = page.html.replace(PLACE, f"{PLACE[:-6]}Take it along: {', '.join(links)}</nav>", 1)


def size(number: int) -> str:
    """The size of a file for people.

    Examples:
        >>> size(120), size(48_600), size(1_260_000)
        ('1 kB', '49 kB', '1.3 MB')
    """
    return f"{max(1, round(number / 1e3))} kB" if number < 999_500 else f"{number / 1e6:.1f} MB"
