"""List what the search finds, from the finished pages: each page, section, term and name.

A section is what stands below a heading. A term with an id of its own, as the glossary's have, is
an entry with its one line, and the section that it names as the one that teaches it is told so.
So is the section of a part that first defines, or else first imports, a name of the reference.
"""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any
from urllib.parse import urljoin

from selectolax.lexbor import LexborHTMLParser, LexborNode

from website.editor import PAGES_KEPT
from website.site import Site
from website.sources import GLOSSARY, built_file, parts

TERM = 0.7
"""What the line of a term counts: the page that teaches it stands above it."""
OVERVIEW = 0.75
"""What the first and the last page of a part count: they name what its sections teach."""
LATER = 0.6
"""What an entry counts that is on no page of a part, of 1."""
LAST = 0.25
"""What an entry counts of a page that no reader of the parts looks for."""

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_BLOCKS = (*_HEADINGS, "p", "pre", "dt", "dd", "tr", "figcaption", "summary", "li", "td")
_HOLDERS = ("li", "dd", "td")  # may hold other blocks
_WITHOUT = (
    "svg, script, style, button, form, nav, [data-live], "
    ".headerlink, .meaning, .time, .bar, .proven, .whole, .not-run, .doc-labels"
)
_MEMBER = re.compile(r"verdict\.(\w+(?:\.\w+)*)")
_NO_LESSON = ("Exercises", "What you learned", "What you can do now", "What comes next")
_PART = re.compile(r"_|(?<=[a-z])(?=[A-Z])")
_SHORT = re.compile(r"\b([\w-]+) for short\b")
_CALLED = re.compile(r"\balso called ([^.;:]+)")
_AND = re.compile(r",| or ")
_ARTICLE = re.compile(r"^(?:an?|the) ")


@dataclass
class Entry:
    """What the search finds: an address below the site's, a title, the blocks of text below it.

    A block of code begins with a line end. `see` is where a term's line leads to; `names` are
    those of the code that its sentences name; `teaches` holds the terms and names that a
    reader learns here: that of a term itself comes first, then its other names.
    """

    location: str
    title: str
    text: list[str] = field(default_factory=list)
    see: str = ""
    names: frozenset[str] = frozenset()
    teaches: list[str] = field(default_factory=list)
    weight: float = 1


def entries(site: Site, nav: Sequence[Any]) -> list[Entry]:
    """Return all entries of a site, page by page.

    Args:
        site: the site, with its pages as readers get them.
        nav: the navigation, which knows the parts.
    """
    weights = {
        built_file(source): 1 if source in part.pages[1:-1] else OVERVIEW
        for part in parts(nav)
        for source in part.pages
    }
    found = {
        page.file: list(map(_copy, _read(page.html, page.file)))
        for page in site.pages
        if page.source
    }
    for file, below in found.items():
        for entry in below:
            entry.weight = weights.get(file, _weight(file))
    all_entries = [entry for below in found.values() for entry in below]
    lessons = [
        (below[0].title, entry)
        for part in parts(nav)
        for source in part.pages[1:]
        for below in [found.get(built_file(source), [])]
        for entry in below
        if entry.title not in _NO_LESSON
    ]
    at = {entry.location: entry for entry in all_entries}
    for entry in all_entries:
        if entry.see and entry.see in at:
            entry.teaches = [entry.title, *_other_names(" ".join(entry.text))]
            at[entry.see].teaches += entry.teaches
    for entry in all_entries:
        if "#verdict." in entry.location and (lesson := _lesson(entry.title, lessons)):
            lesson.teaches.append(entry.title)
    return all_entries


def as_json(found: Iterable[Entry]) -> str:
    """Write entries as the search in the browser reads them."""
    docs = []
    for entry in found:
        doc: dict[str, Any] = {
            "location": entry.location,
            "title": entry.title,
            "text": entry.text,
        }
        if entry.teaches:
            doc["teaches"] = entry.teaches
        if entry.weight != 1:
            doc["weight"] = entry.weight
        docs.append(doc)
    return json.dumps({"docs": docs}, separators=(",", ":"), ensure_ascii=False)


def _weight(file: str) -> float:
    if file == GLOSSARY:
        return TERM
    return LAST if file.startswith(("for-maintainers/", "changes/", "differences/")) else LATER


def _copy(entry: Entry) -> Entry:
    return Entry(entry.location, entry.title, entry.text, entry.see, entry.names)


@lru_cache(PAGES_KEPT)
def _read(page: str, file: str) -> tuple[Entry, ...]:
    """The entries of a page, the page itself first."""
    tree = LexborHTMLParser(page)
    article = tree.css_first("article")
    if article is None or (heading := article.css_first("h1")) is None:
        return ()
    for aside in article.css(_WITHOUT):
        aside.decompose()
    location = file.removesuffix("index.html")
    found = [Entry(location, _text(heading))]
    if about := tree.css_first('meta[name="description"]'):
        found[0].text.append(about.attributes.get("content") or "")
    for block in _blocks(article):
        if block.tag == "h1":
            continue
        identity = str(block.id or "")
        if block.tag in (*_HEADINGS, "dt") and identity:
            member = _MEMBER.fullmatch(identity)
            title = member[1] if member else _text(block)
            found.append(Entry(f"{location}#{identity}", title))
            continue
        if block.tag == "dd" and file == GLOSSARY:
            link = block.css_first("a[href]:last-of-type")
            if link:
                found[-1].see = urljoin(location, link.attributes["href"] or "")
            line = _text(block)
            found[-1].text.append(line.rpartition(" See ")[0] or line)
        elif block.tag == "pre":
            found[-1].text.append("\n" + block.text().strip("\n"))
        elif text := _text(block):
            found[-1].text.append(text)
            found[-1].names |= {code.text() for code in block.css("code")}
    return tuple(found)


def _blocks(element: LexborNode) -> Iterator[LexborNode]:
    """The blocks of text within an element, in their order; none within another."""
    for child in element.iter():
        if child.tag in _BLOCKS and not (child.tag in _HOLDERS and _holds(child)):
            yield child
        else:
            yield from _blocks(child)


def _holds(element: LexborNode) -> bool:
    return any(child.tag in (*_BLOCKS, "div", "ul", "ol", "dl") for child in element.iter())


def _text(element: LexborNode) -> str:
    return " ".join(element.text(separator=" " if element.tag == "tr" else "").split())


def _other_names(meaning: str) -> list[str]:
    """What a line of the glossary says that a term is called too.

    Examples:
        >>> _other_names("The size; also called the width, `n` or a d-size; WID for short.")
        ['WID', 'width', '`n`', 'd-size']
    """
    called = [
        _ARTICLE.sub("", name.strip())
        for match in _CALLED.findall(meaning)
        for name in _AND.split(match)
    ]
    return [*_SHORT.findall(meaning), *filter(None, called)]


def _lesson(name: str, lessons: Sequence[tuple[str, Entry]]) -> Entry | None:
    """The section that teaches a name: of those whose code has it, the first of the best kind."""
    exact = re.escape(name)
    defines = re.compile(rf"\n(?:def|class) {exact}\b")
    has = re.compile(rf"\b{exact}\(" if "." in name else rf"\nfrom .*\b{exact}\b")
    parts = set(_PART.sub(" ", name).lower().split())
    best, rank = None, 0
    for page, lesson in lessons:
        code = [block for block in lesson.text if name in block and block.startswith("\n")]
        if any(map(defines.search, code)):
            return lesson
        if any(map(has.search, code)):
            title = f"{page} {lesson.title}".lower().replace("-", " ").split()
            kind = 3 if parts.issubset(title) else 2 if name in lesson.names else 1
            if kind > rank:
                best, rank = lesson, kind
    return best
