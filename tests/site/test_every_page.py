"""What holds for every page of the built site, wide and narrow, in light, dark and print."""

import gzip
import tomllib
from collections import Counter
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from proof import session
from proof.page import Block, read
from tests.colours import contrast
from tests.site.visits import NARROW, WIDE, Ink, Visit
from tests.website.conftest import ROOT, Served

DOCS = ROOT / "docs"
BUDGET = tomllib.loads(Path(__file__).with_name("budget.toml").read_text(encoding="utf-8"))
PACKED = {".css", ".html", ".js", ".json", ".svg", ".txt", ".xml"}
"""What a server sends gzipped; fonts and pictures are packed as they are."""

Visited = dict[int, dict[str, Visit]]


def every(visited: Visited) -> list[tuple[str, Visit]]:
    """All visits, with words for which page it was, and how wide."""
    return [
        (f"{name or 'home'} at {width}", visit)
        for width, pages in visited.items()
        for name, visit in pages.items()
    ]


def test_every_page_has_one_heading_and_fits_the_window_at_twice_the_size_too(
    visited: Visited,
) -> None:
    for where, visit in every(visited):
        assert visit.headings == 1, where
        assert visit.complaints == [], where
        assert {width: room for width, room in visit.rooms.items() if room < 0} == {}, where


def test_every_page_loads_from_its_own_site_alone(visited: Visited, site: Served) -> None:
    for where, visit in every(visited):
        assert [url for url in visit.requests if not url.startswith(site.base)] == [], where


def test_no_two_pages_have_the_same_title(visited: Visited) -> None:
    titles = Counter(visit.title for visit in visited[WIDE].values())
    titles.subtract(["Verdict"])  # the page for what is not there has no title of its own
    assert max(titles.values()) == 1
    assert all(titles)


def test_axe_finds_nothing_on_any_page(visited: Visited) -> None:
    assert {where: visit.axe for where, visit in every(visited) if visit.axe} == {}


def is_legible(ink: Ink) -> bool:
    """Whether a text has the contrast that WCAG 2.2 asks for, level AA."""
    is_large = ink.size >= 24 or (ink.size >= 18.66 and ink.weight >= 700)
    return contrast(ink.ink, ink.ground) >= (3 if is_large else 4.5)


def test_every_text_has_the_contrast_that_reading_needs(visited: Visited) -> None:
    found = {
        (where, scheme, ink)
        for where, visit in every(visited)
        for scheme, inks in visit.inks.items()
        for ink in inks
    }
    assert {scheme for _, scheme, _ in found} == {"light", "dark", "print"}
    for name, visit in visited[WIDE].items():  # no text has in the dark the colours of the light
        assert set(visit.inks["dark"]).isdisjoint(visit.inks["light"]), name
    assert [each for each in found if not is_legible(each[2])] == []


def test_what_scrolls_can_be_scrolled_with_the_keyboard(visited: Visited) -> None:
    assert {w: visit.out_of_reach for w, visit in every(visited) if visit.out_of_reach} == {}


def test_no_block_is_cut_off_or_lies_under_its_button(visited: Visited) -> None:
    assert {where: visit.cut_off for where, visit in every(visited) if visit.cut_off} == {}


def test_without_motion_nothing_moves(visited: Visited) -> None:
    assert {where: visit.moving for where, visit in every(visited) if visit.moving} == {}


def test_nothing_jumps_once_it_is_shown(visited: Visited) -> None:
    assert {where: visit.shifts for where, visit in every(visited) if visit.shifts} == {}


def test_every_page_announces_the_faces_that_it_loads(visited: Visited) -> None:
    for where, visit in every(visited):
        faces = [url for url in visit.requests if url.endswith(".woff2")]
        assert sorted(faces) == sorted(_path(url) for url in visit.announced), where


def test_no_page_costs_more_than_its_budget(visited: Visited, site: Served) -> None:
    over, kinds = [], set()
    for where, visit in every(visited):
        budget = kind(where.partition(" at ")[0], visit)
        kinds.add(budget)
        files = [site.file(_path(url)) for url in visit.requests]
        size = sum(map(weight, files)) / 1000
        if len(files) > BUDGET[budget]["requests"] or size > BUDGET[budget]["kilobytes"]:
            over.append(f"{where}: {len(files)} requests, {size:.1f} kB: {visit.requests}")
    assert over == []
    assert kinds == BUDGET.keys()


def kind(name: str, visit: Visit) -> str:
    """The kind of a page, as budget.toml has it."""
    if name in ("home", "changes/"):
        return name.strip("/")
    if name.startswith("reference/"):
        return "reference"
    if (DOCS / f"{name.rstrip('/')}.ipynb").exists():
        return "notebook"
    return "page-with-figures" if visit.has_figure else "page"


@cache
def weight(path: Path) -> int:
    """The bytes of a file's contents on the wire."""
    data = path.read_bytes()
    return len(gzip.compress(data, 6) if path.suffix in PACKED else data)


@pytest.mark.parametrize("path", sorted(DOCS.rglob("*.md")), ids=lambda path: path.stem)
def test_copy_buttons_copy_exactly_the_code_of_a_page(visited: Visited, path: Path) -> None:
    sources = read(path.read_text(encoding="utf-8"), path, [DOCS, ROOT])[0].blocks
    name = f"{path.relative_to(DOCS).with_suffix('').as_posix()}/".removesuffix("index/")
    if sources:  # else the page may show code that it does not run
        copied = visited[NARROW][name].copied
        assert copied == [_code(block).rstrip("\n") for block in sources]


def _code(block: Block) -> str:
    """What is copied of a block: of a session, what was typed at its prompts."""
    typed = session.examples(block.source) if block.is_session else ()
    return "".join(example.source for example in typed) or block.source


def _path(url: str) -> str:
    return urlsplit(url).path
