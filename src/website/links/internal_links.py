"""Find what a built site points at and does not have, without a look at the network.

MkDocs checks the links that it makes itself, between Markdown pages. Here every page is read
as a browser reads it: links and anchors in raw HTML, images, what an SVG refers to, what the
search finds, what a style sheet loads. A page must also load nothing from anywhere else, and
no two elements of a page may share an id.
"""

import html
import json
import posixpath
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

from selectolax.lexbor import LexborHTMLParser

from website.editor import PAGES_KEPT
from website.site import Site

_ADDRESSES = ("href", "src", "data", "poster", "action", "xlink:href")
_NAMES_OF_ELEMENTS = ("aria-labelledby", "aria-describedby", "aria-controls")
_LOADS_NOTHING = ("canonical", "alternate", "prev", "next", "edit", "license")
"""What a `link` may be to a page, in `rel`, without that the page loads it."""
_IN_STYLE = re.compile(r"""url\(\s*["']?([^"')]+)["']?\s*\)|@import\s+["']([^"']+)["']""")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


@dataclass(frozen=True)
class Reference:
    """One place that points somewhere: the address, and whether a page loads it."""

    address: str
    loads: bool


@dataclass
class Document:
    """A page's text, what it has and what it points at."""

    text: str
    ids: Counter[str] = field(default_factory=Counter)
    references: list[Reference] = field(default_factory=list)

    def refer(self, address: str, *, loads: bool) -> None:
        """Note a place that points somewhere; what stands in the page itself is none."""
        if not address.startswith(("data:", "blob:")):
            self.references.append(Reference(address, loads))

    def line(self, reference: Reference) -> int:
        """The line of the page where the address stands first."""
        written = (reference.address, html.escape(reference.address, quote=False))
        found = [at for address in written if (at := self.text.find(address)) >= 0]
        return self.text.count("\n", 0, min(found, default=0)) + 1


def check(site: Site) -> list[str]:
    """Check a built site: its pages as they are by now, and the other files as they are on disk.

    Returns:
        The problems, one a line: the page, the line of its HTML, what is wrong.
    """
    folder = site.folder
    files = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    pages = {page.file: read(page.html) for page in site.pages}
    for name in files:
        if name.endswith(".css"):
            pages[name] = read(_text(folder / name), is_style=True)
        elif name.startswith("search/") and name.endswith(".json"):
            pages[name] = _search(folder / name)
    ids = {name: page.ids for name, page in pages.items()}
    problems = []
    for name, page in sorted(pages.items()):
        for repeated, times in page.ids.items():
            if times > 1:
                problems.append(f"{name}: the id {repeated!r} stands {times} times")
        base = "index.html" if name.startswith("search/") else name  # the search's are from the top
        problems += [
            f"{name}:{page.line(reference)}: {wrong}"
            for reference in page.references
            if (wrong := _wrong(reference, base, site.address, files, ids))
        ]
    return problems


@lru_cache(PAGES_KEPT)
def read(text: str, is_style: bool = False) -> Document:
    """Read a page, or a style sheet, for its ids and references."""
    page = Document(text)
    if is_style:
        _read_style(page, text)
        return page
    for element in LexborHTMLParser(text).css("*"):
        if attributes := element.attributes:  # made anew each time that it is asked for
            _read_attributes(page, str(element.tag), attributes)
        if element.tag == "style":
            _read_style(page, element.text())
    return page


def _read_attributes(page: Document, tag: str, attributes: Mapping[str, str | None]) -> None:
    names = {attributes.get("id"), attributes.get("name") if tag == "a" else None}
    page.ids.update(name for name in names if name)
    loads = tag != "a" and not (tag == "link" and attributes.get("rel") in _LOADS_NOTHING)
    for name, value in attributes.items():
        if not value:
            continue
        if name in _ADDRESSES:
            page.refer(value, loads=loads)
        elif name in ("srcset", "imagesrcset"):
            for candidate in value.split(","):
                page.refer(candidate.split()[0], loads=True)
        elif name in _NAMES_OF_ELEMENTS:
            for element in value.split():
                page.refer(f"#{element}", loads=False)
        elif "url(" in value:
            _read_style(page, value)


def _read_style(page: Document, style: str) -> None:
    for match in _IN_STYLE.finditer(_COMMENT.sub("", style)):
        page.refer(match[1] or match[2], loads=True)


def _search(index: Path) -> Document:
    page = Document(_text(index))
    for entry in json.loads(page.text)["docs"]:
        page.refer(entry["location"], loads=False)
    return page


def _wrong(
    reference: Reference, page: str, address: str, files: set[str], ids: dict[str, Counter[str]]
) -> str | None:
    """What is wrong with a reference, or None."""
    home = urlsplit(address)
    url = urlsplit(reference.address)
    if url.scheme in ("http", "https", "") and url.netloc and url.netloc != home.netloc:
        return f"loads {reference.address} from a third party" if reference.loads else None
    if url.scheme not in ("http", "https", ""):
        return None  # mailto: and the like
    target = page
    if url.path or url.netloc:
        target = _file(url.path or "/", page, home.path or "/")
        if target not in files:
            target = posixpath.normpath(posixpath.join(target, "index.html"))
            if target not in files or not (url.path or "/").endswith(("/", "/.", "..", ".")):
                return f"there is no {reference.address}"
    if url.fragment and target in ids and unquote(url.fragment) not in ids[target]:
        return f"there is no {reference.address}: {target} has no such id"
    return None


def _file(path: str, page: str, base: str) -> str:
    """The file below the site's folder that a path in one of its pages means.

    >>> _file("../b/", "a/index.html", "/"), _file("/book/b/", "a/index.html", "/book/")
    ('b', 'b')
    """
    path = unquote(path)
    if path.startswith("/"):
        if not f"{path}/".startswith(base):
            return f"..{path}"  # above the site
        return posixpath.normpath(path.removeprefix(base).removeprefix("/") or ".")
    return posixpath.normpath(posixpath.join(posixpath.dirname(page), path))


def _text(path: Path) -> str:
    return path.read_bytes().decode("utf-8")
