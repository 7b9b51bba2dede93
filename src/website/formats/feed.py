"""The feed of changes: an Atom file with one entry for each dated section of the changelog."""

import re
import xml.etree.ElementTree as ET
from dataclasses import dataclass
from pathlib import Path

from markdown import Markdown
from markdown.extensions.toc import slugify

from website.site import Site

CHANGELOG = Path("CHANGELOG.md")
PAGE = "changes/"
FEED = "feed.xml"

_SECTION = re.compile(r"^## (?P<title>.+)$", re.MULTILINE)
_DATED = re.compile(r"(?P<name>.+) - (?P<date>\d{4}-\d\d-\d\d)$")


@dataclass(frozen=True)
class Entry:
    """A section of the changelog that has a date."""

    title: str
    date: str
    text: str


def publish(site: Site, title: str) -> list[str]:
    """Write the feed into a built site that has a page of changes.

    Args:
        site: the site.
        title: its name.

    Returns:
        What is wrong; nothing if all is well.
    """
    if not site.page(f"{PAGE}index.html"):
        return []
    found = entries(CHANGELOG.read_text(encoding="utf-8"))
    if not found:
        return [f'{CHANGELOG} has no dated section, such as "## 0.1.0 - 2026-11-22".']
    (site.folder / FEED).write_bytes(feed(found, title, site.address))
    return []


def entries(text: str) -> list[Entry]:
    r"""The dated sections of a changelog, newest first, as it has them.

    >>> entries("## Unreleased\n\n- C\n\n## 1.0 - 2026-02-03\n\n- A\n")
    [Entry(title='1.0 - 2026-02-03', date='2026-02-03', text='- A')]
    """
    parts = _SECTION.split(text)[1:]
    return [
        Entry(title, dated["date"], body.strip())
        for title, body in zip(parts[::2], parts[1::2], strict=True)
        if (dated := _DATED.match(title))
    ]


def feed(found: list[Entry], title: str, address: str) -> bytes:
    """The feed as a file.

    Args:
        found: its entries, newest first; at least one.
        title: the site's name.
        address: where the site is published; ends with a slash.
    """
    root = ET.Element("feed", {"xmlns": "http://www.w3.org/2005/Atom", "xml:lang": "en"})
    _add(root, "title", f"{title}: changes")
    _add(root, "id", f"{address}{FEED}")
    _add(root, "updated", _moment(max(entry.date for entry in found)))
    _add(_add(root, "author"), "name", title)
    _add(root, "link", rel="self", type="application/atom+xml", href=f"{address}{FEED}")
    _add(root, "link", rel="alternate", type="text/html", href=f"{address}{PAGE}")
    for entry in found:
        element = _add(root, "entry")
        here = f"{address}{PAGE}#{slugify(entry.title, '-')}"
        _add(element, "title", f"{title} {entry.title}")
        _add(element, "id", here)
        _add(element, "updated", _moment(entry.date))
        _add(element, "link", rel="alternate", type="text/html", href=here)
        text = Markdown().convert(entry.text)
        _add(element, "content", text, type="html").set("xml:base", f"{address}{PAGE}")
    ET.indent(root)
    written: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def _add(parent: ET.Element, tag: str, text: str | None = None, **attributes: str) -> ET.Element:
    element = ET.SubElement(parent, tag, attributes)
    element.text = text
    return element


def _moment(date: str) -> str:
    return f"{date}T00:00:00Z"
