"""Fill in what a page says about the site itself, from the site: nobody types it.

An empty element with `data-proof="blocks"` gets a number from the record of the proof or from
the report of `make mutants`, one with `data-minutes="folder/"` the time it takes to read the
pages of that folder, one with `data-list="parts"` the list of the parts, as `nav` has them, one
with `data-list="part 2"` all pages of that part, one with `data-list="parts from 2"` those of the
later parts too, and one with `data-list="others"` the list of all else in `nav`. An element with
`data-if="commit"` goes if the record names none, one with `data-if="whole"` if a block could not
be run, and one with `data-if="not-run"` if all could. The foot of every page gets the version and
the last proof.
"""

import json
import posixpath
import tomllib
from collections.abc import Callable, Sequence
from datetime import date
from functools import lru_cache, partial
from html import escape
from pathlib import Path
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from proof.markup import Attributes
from proof.mutant_report import KINDS, fingerprint
from proof.record import digest
from website.editor import PAGES_KEPT, Editor
from website.site import Site
from website.sources import Part, Section, built_file, others, parts

REPORT = Path("build/mutants.json")
"""What `make mutants` has written, if it ran."""
PROJECT = Path("pyproject.toml")
WORDS_A_MINUTE = 200
"""A slow reader's speed, as becomes a text with code in it."""

_MARKS = ("data-proof=", "data-minutes=", "data-if=", "data-list=")
_DESCRIPTION = 'meta[name="description"]'
_UNREAD = (
    "script, style, svg, .meaning, .headerlink, .proven, .not-run, .exercise, .md-content__button"
)


def fill(
    site: Site,
    *,
    nav: Sequence[Any] = (),
    repository: str = "",
    report: Path = REPORT,
    project: Path = PROJECT,
) -> list[str]:
    """Fill in all pages of a site whose record of the proof is published.

    Args:
        site: the site.
        nav: the navigation, which knows the parts.
        repository: the address of the repository, where its commits can be looked up.
        report: the counts of the mutants.
        project: the file that says which version this is.

    Returns:
        What is wrong: the elements that ask for something unknown.
    """
    problems = []
    known = proof_facts(site.record) | not_run_facts(site.record)
    known |= commit_facts(site.record, repository) | mutant_facts(report, site.docs)
    foot = {_foot(name): said for name, said in foot_facts(site.record, known, project).items()}
    for page in site.pages:
        for place, said in foot.items():
            page.html = page.html.replace(place, said)
        if any(mark in page.html for mark in _MARKS):
            folder = posixpath.dirname(page.file)
            course = parts(nav)
            pages_of = {
                f"part {part.number}": partial(list_of_pages, site, [part], folder)
                for part in course
            } | {
                f"parts from {part.number}": partial(list_of_pages, site, course[at:], folder)
                for at, part in enumerate(course)
            }
            filler = _Filler(
                known,
                partial(minutes, site),
                {
                    "parts": partial(list_of_parts, site, course, folder),
                    "others": partial(list_of_others, site, others(nav), folder),
                    **pages_of,
                },
            )
            page.edit(filler)
            problems += [f"{page.file}: {unknown}" for unknown in filler.unknown]
    return problems


def proof_facts(record: dict[str, Any]) -> dict[str, str]:
    """What the published record amounts to: how many blocks, outputs and pages, which Pythons.

    Examples:
        >>> blocks = [{"code": "c1", "output": digest("7")}, {"code": "c2", "output": digest("")}]
        >>> pages = {"a.md": blocks, "new.md": []}
        >>> found = proof_facts({"pythons": ["3.11", "3.14"], "pages": pages})
        >>> found["blocks"], found["outputs"], found["pages"], found["browser"]
        ('2', '1', '1', '0')
        >>> found["pythons"]
        '3.11 and 3.14'
    """
    pages = [blocks for blocks in record["pages"].values() if blocks]
    blocks = [block for page in pages for block in page]
    *others, last = record["pythons"] or ["none"]
    return {
        "blocks": str(len(blocks)),
        "outputs": str(sum(block["output"] != digest("") for block in blocks)),
        "pages": str(len(pages)),
        "pythons": f"{', '.join(others)} and {last}" if others else last,
        "browser": record.get("browser", "0"),
    }


def not_run_facts(record: dict[str, Any]) -> dict[str, str]:
    """How many blocks could not be run, and whether that is none; empty where it is not so.

    Examples:
        >>> not_run_facts({"not_run": [{"page": "index.md", "line": 3}]})
        {'whole': '', 'not-run': '1'}
        >>> not_run_facts({})
        {'whole': 'yes', 'not-run': ''}
    """
    not_run = len(record.get("not_run", ()))
    return {"whole": "" if not_run else "yes", "not-run": str(not_run or "")}


def commit_facts(record: dict[str, Any], repository: str = "") -> dict[str, str]:
    """The commit that was proven, and its day, as HTML; empty where the record names none.

    Examples:
        >>> commit_facts({"commit": {"hash": "5f3ac0ffee", "date": "2026-03-02"}})
        {'commit': '5f3ac0f', 'date': '<time datetime="2026-03-02">2 March 2026</time>'}
    """
    commit = record.get("commit")
    if not commit:
        return {"commit": "", "date": ""}
    short, day = commit["hash"][:7], date.fromisoformat(commit["date"])
    address = escape(f"{repository.rstrip('/')}/commit/{commit['hash']}")
    return {
        "commit": f'<a href="{address}">{short}</a>' if repository else short,
        "date": f'<time datetime="{day}">{day.day} {day:%B %Y}</time>',
    }


def foot_facts(record: dict[str, Any], known: dict[str, str], project: Path) -> dict[str, str]:
    """What the foot of a page says of the version and of the last proof, as HTML.

    Where no commit was proven, as on a machine of one's own, the proof has no day.

    Examples:
        >>> record = {"pythons": ["3.11", "3.14"]}
        >>> foot_facts(record, {"pythons": "3.11 and 3.14", "date": ""}, Path("nowhere"))
        {'version': '', 'proof': 'Proven on Python 3.11 and 3.14.'}
    """
    version = ""
    if project.is_file():  # other tools keep their settings there too, so it may name no project
        named = tomllib.loads(project.read_text(encoding="utf-8")).get("project", {})
        version = f" {escape(named['version'])}" if "version" in named else ""
    proof = f"Proven on Python {known['pythons']}." if record["pythons"] else ""
    if proof and known["date"]:
        of_what = f"of commit {known['commit']}, on Python {known['pythons']}"
        proof = f"Last proof: {known['date']}, {of_what}."
    return {"version": version, "proof": proof}


def _foot(name: str) -> str:
    return f'<span data-foot="{name}"></span>'


def mutant_facts(report: Path, docs: Path | None) -> dict[str, str]:
    """How many mutants the proof has noticed, if the report is of these very pages."""
    counts = json.loads(report.read_bytes()) if report.is_file() else {}
    if not counts or not docs or counts["pages"] != fingerprint(docs):
        return dict.fromkeys(("changed", "removed", "rate"), "not counted for this build")
    made, killed = counts["made"], counts["killed"]
    changed, removed = (f"{killed[kind]:,} of {made[kind]:,}" for kind in KINDS)
    rate = sum(killed.values()) / max(1, sum(made.values()))
    return {"changed": changed, "removed": removed, "rate": f"{rate:.1%}"}


def minutes(site: Site, folder: str) -> int:
    """How long it takes to read all pages below a folder of the site, to 5 minutes; 0 for none."""
    below = f"{folder.rstrip('/')}/"
    pages = (page for page in site.pages if page.file.startswith(below))
    words = sum(count_words(page.html) for page in pages)
    return 5 * max(1, round(words / WORDS_A_MINUTE / 5)) if words else 0


def list_of_parts(site: Site, parts: Sequence[Part], folder: str) -> str:
    """The parts as a list: of each its name, the time it takes, and what its first page is about.

    Args:
        site: the site.
        parts: those that are listed.
        folder: where the page with the list is, for the links from there.
    """
    items = []
    for part in parts:
        about = _about(site, f"{part.folder}/index.html")
        address = posixpath.relpath(part.folder, folder or ".")
        items.append(
            f'<li><p><a href="{escape(address)}/">{escape(part.name)}</a> '
            f"{_time(site, part)}</p>"
            f"<p>{escape(about, quote=False)}</p></li>"
        )
    return f"<ol>{''.join(items)}</ol>"


def list_of_pages(site: Site, parts: Sequence[Part], folder: str) -> str:
    """Each part and its sections as a list in a list.

    Args:
        site: the site.
        parts: those that are listed.
        folder: where the page with the list is, for the links from there.
    """
    return "".join(_part_and_pages(site, part, folder) for part in parts)


def _part_and_pages(site: Site, part: Part, folder: str) -> str:
    items = []
    for source in part.pages:
        page = site.page(built_file(source))
        address = posixpath.relpath(posixpath.dirname(built_file(source)), folder or ".")
        title = escape((page and page.title) or "", quote=False)
        items.append(f'<a href="{escape(address)}/">{title}</a>')
    sections = "".join(f"<li>{link}</li>" for link in items[1:])
    about = escape(_about(site, built_file(part.pages[0])), quote=False)
    return (
        f"<ul><li><p>Part {part.number}: {items[0]} {_time(site, part)}</p><p>{about}</p>"
        f'<ol class="pages">{sections}</ol></li></ul>'
    )


def _time(site: Site, part: Part) -> str:
    """How long a part takes; src/live/course.js adds how many of its pages are done."""
    time = f"about {minutes(site, part.folder)} minutes"
    return f'<span class="time" data-pages="{len(part.pages) - 1}">{time}</span>'


def list_of_others(site: Site, others: Sequence[Section], folder: str) -> str:
    """What is in no part, as a list: of each its title, and what its first page is about.

    Args:
        site: the site.
        others: what is listed.
        folder: where the page with the list is, for the links from there.
    """
    items = []
    for section in others:
        file = built_file(section.pages[0])
        address = posixpath.relpath(posixpath.dirname(file), folder or ".")
        items.append(
            f'<li><p><a href="{escape(address)}/">{escape(section.title)}</a></p>'
            f"<p>{escape(_about(site, file), quote=False)}</p></li>"
        )
    return f"<ul>{''.join(items)}</ul>"


def _about(site: Site, file: str) -> str:
    page = site.page(file)
    found = LexborHTMLParser(page.html).css_first(_DESCRIPTION) if page else None
    return (found.attributes.get("content") if found else "") or ""


@lru_cache(PAGES_KEPT)
def count_words(page: str) -> int:
    """Count the words of a page's article, code included, without buttons, notes and drawings.

    Examples:
        >>> count_words("<nav>Home</nav><article><p>Two <b>words</b><svg>one</svg></p></article>")
        2
    """
    article = LexborHTMLParser(page).css_first("article")
    if article is None:
        return 0
    for aside in article.css(_UNREAD):
        aside.decompose()
    return len(article.text(separator=" ").split())


class _Filler(Editor):
    def __init__(
        self,
        known: dict[str, str],
        time: Callable[[str], int],
        lists: dict[str, Callable[[], str]],
    ) -> None:
        super().__init__()
        self.known, self.time, self.lists = known, time, lists
        self.unknown: list[str] = []
        self.dropped = ("", 0)  # the tag of the element that goes, and where it begins
        self.depth = 0  # how many elements of that tag are open

    def handle_starttag(self, tag: str, attributes: Attributes) -> None:
        if (
            not self.depth
            and "data-if" in attributes
            and not self.known.get(attributes["data-if"] or "")
        ):
            self.dropped = (tag, self.position)
        if tag == self.dropped[0]:
            self.depth += 1
        found = None if self.depth else self.answer(attributes)
        if found is not None:
            self.replace(self.after, self.after, found)

    def handle_endtag(self, tag: str) -> None:
        if self.depth and tag == self.dropped[0]:
            self.depth -= 1
            if not self.depth:
                self.replace(self.dropped[1], self.position + len(f"</{tag}>"), "")
                self.dropped = ("", 0)

    def answer(self, attributes: Attributes) -> str | None:
        if "data-proof" in attributes:
            name = attributes["data-proof"] or ""
            if name not in self.known:
                self.unknown.append(
                    f"the proof knows no {name!r}: use one of {', '.join(self.known)}"
                )
            return self.known.get(name)
        if "data-minutes" in attributes:
            folder = attributes["data-minutes"] or ""
            time = self.time(folder)
            if not time:
                self.unknown.append(f"there is nothing to read in {folder!r}")
            return str(time)
        if "data-list" in attributes:
            name = attributes["data-list"] or ""
            if name not in self.lists:
                self.unknown.append(f"there is no list of {name!r}: use {' or '.join(self.lists)}")
                return None
            return self.lists[name]()
        return None
