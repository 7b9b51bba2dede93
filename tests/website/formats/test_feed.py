import xml.etree.ElementTree as ET
from datetime import datetime
from pathlib import Path

import pytest

from tests.website.conftest import ROOT, Served
from website.formats import feed
from website.site import Site

ATOM = "{http://www.w3.org/2005/Atom}"
SITE = "https://example.org/book/"
TEXT = """# Changelog

## Unreleased

- Not yet.

## 0.2.0 - 2026-03-01

### For readers

- A & B, *quickly*.

## 0.1.0 - 2026-02-01

- The first.
"""


def text_of(element: ET.Element, *path: str) -> str:
    found = element.find("/".join(f"{ATOM}{tag}" for tag in path))
    assert found is not None
    assert found.text
    return found.text


def test_the_feed_has_the_dated_sections() -> None:
    root = ET.fromstring(feed.feed(feed.entries(TEXT), "Book", SITE))
    assert root.tag == f"{ATOM}feed"
    assert text_of(root, "updated") == "2026-03-01T00:00:00Z"
    first, second = root.findall(f"{ATOM}entry")
    assert text_of(first, "title") == "Book 0.2.0 - 2026-03-01"
    assert text_of(first, "id") == f"{SITE}changes/#020-2026-03-01"
    assert "<li>A &amp; B, <em>quickly</em>.</li>" in text_of(first, "content")
    assert text_of(second, "updated") == "2026-02-01T00:00:00Z"


def test_a_site_without_the_page_has_no_feed(tmp_path: Path) -> None:
    assert feed.publish(Site(tmp_path), "Book") == []
    assert list(tmp_path.iterdir()) == []


def test_a_changelog_without_dates_is_a_problem(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "changes").mkdir()
    (tmp_path / "changes" / "index.html").touch()
    (tmp_path / "CHANGELOG.md").write_text("## Unreleased\n", encoding="utf-8")
    (problem,) = feed.publish(Site(tmp_path), "Book")
    assert "no dated section" in problem


def test_the_published_feed_has_what_atom_asks_for(site: Served) -> None:
    root = ET.parse(site.folder / "feed.xml").getroot()
    dated = feed.entries((ROOT / "CHANGELOG.md").read_text(encoding="utf-8"))
    entries = root.findall(f"{ATOM}entry")
    assert len(entries) == len(dated) > 0
    page = (site.folder / "changes" / "index.html").read_text(encoding="utf-8")
    for element in (root, *entries):
        assert text_of(element, "title")
        assert datetime.fromisoformat(text_of(element, "updated")).tzinfo
    ids = [text_of(entry, "id") for entry in entries]
    assert len(set(ids)) == len(ids)
    assert all(f'id="{each.partition("#")[2]}"' in page for each in ids)
    assert text_of(root, "author", "name") == "Verdict"
    home = (site.folder / "index.html").read_text(encoding="utf-8")
    assert 'type="application/atom+xml" title="Changes" href="feed.xml"' in home
