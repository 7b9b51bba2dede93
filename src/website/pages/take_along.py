"""Say at the head of a page in which forms a reader can take it along, and how large they are."""

import posixpath
import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from website.site import Page, Site

PLACE = '<nav class="along" aria-label="Take it along"></nav>'
"""What stands below the heading of a page until its forms are made."""

_HEAD = re.compile(r'</h1>(?:\n<p class="time">.*?</p>)?')
"""The end of a heading, and the line below it that says how long the page takes."""

_START, _END = PLACE.removesuffix("</nav>"), "</nav>"


@dataclass(frozen=True)
class Form:
    """A form of a page, or of all pages in one: its name, and its file below the site's folder."""

    name: str
    file: str


def keep_place(page: Page) -> None:
    """Keep a place for the links below the heading of a page."""
    page.html = _HEAD.sub(rf"\g<0>\n{PLACE}", page.html, count=1)


def link(site: Site, page: Page, forms: Sequence[Form]) -> None:
    """Put the links into their place.

    Args:
        site: the site, whose folder has the files of the forms.
        page: a page with a place for them.
        forms: those that it links to, in order.
    """
    said = f"Take it along: {_links(site, page, forms)}"
    page.html = page.html.replace(PLACE, f"{_START}{said}{_END}", 1)


def add(site: Site, page: Page, what: str, forms: Sequence[Form]) -> None:
    """Add links to forms of more than the page, in the place of its own forms, or in a new one.

    Args:
        site: the site, whose folder has the files of the forms.
        page: the page, whose own forms are linked.
        what: what they are forms of, and "as".
        forms: those that it links to, in order.
    """
    if _START not in page.html:
        keep_place(page)
    at = page.html.find(_END, page.html.find(_START))
    if at < 0:
        return  # it has no heading
    above = page.html[:at]
    said = f"{what} {_links(site, page, forms)}"
    said = f"Take along {said}" if above.endswith(_START) else f"; {said}"
    page.html = f"{above}{said}{page.html[at:]}"


def _links(site: Site, page: Page, forms: Sequence[Form]) -> str:
    links = []
    for form in forms:
        address = posixpath.relpath(form.file, posixpath.dirname(page.file) or ".")
        how_large = size_of(site, form)
        links.append(f'<a href="{escape(address)}" download>{form.name}</a> ({how_large})')
    return ", ".join(links)


def size_of(site: Site, form: Form) -> str:
    """The size of a form's file for people."""
    return size((site.folder / form.file).stat().st_size)


def size(number: int) -> str:
    """The size of a file for people.

    Examples:
        >>> size(120), size(48_600), size(1_260_000)
        ('1 kB', '49 kB', '1.3 MB')
    """
    return f"{max(1, round(number / 1e3))} kB" if number < 999_500 else f"{number / 1e6:.1f} MB"
