"""A finished site is bound, whole or not at all."""

import re
import zipfile
from datetime import date
from pathlib import Path

import pytest

from tests.website.conftest import ROOT
from tests.website.small_site import NAV, Small
from website import bind
from website.finish import BuildError
from website.formats import book, epub, pdf
from website.links import internal_links


@pytest.fixture
def site(small: Small, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A site in a project whose configuration has its navigation; nothing is printed."""
    folder = small.site.folder
    (folder / "proof.json").write_text('{"commit": {"date": "2026-03-02"}}')
    project = folder.parent
    (project / "docs").mkdir()
    theme = project / "src" / "website" / "theme"
    theme.parent.mkdir(parents=True)
    theme.symlink_to(ROOT / "src" / "website" / "theme")
    (project / "pyproject.toml").write_text('project.version = "1.0"')
    settings = (
        f"INHERIT: {(ROOT / 'mkdocs.yml').as_posix()}\nsite_url: {small.about.address}\nnav: "
    )
    (project / "mkdocs.yml").write_text(f"{settings}{NAV}")
    monkeypatch.chdir(project)
    monkeypatch.setattr(epub, "faults", lambda path: [])
    monkeypatch.setattr(pdf, "write", lambda path, *_: path.write_bytes(b"x" * 2_000_000))
    monkeypatch.setattr(internal_links, "check", lambda site: [])
    return folder


def test_each_page_of_the_book_links_to_it(site: Path) -> None:
    made = bind.bind(site)
    assert made[1] == "verdict.pdf, 2.0 MB"
    whole = '<a href="{0}verdict.epub" download>EPUB</a>'
    one = (site / "words" / "one" / "index.html").read_text(encoding="utf-8")
    assert f"(1 kB); the whole course as {whole.format('../../')} (" in one
    numbers = (site / "numbers" / "index.html").read_text(encoding="utf-8")
    assert f"Take along the whole course as {whole.format('../')} (" in numbers
    assert "verdict.epub" not in (site / "playground" / "index.html").read_text(encoding="utf-8")
    assert (site / epub.NAME).is_file()


def test_without_a_commit_the_book_has_the_day_of_its_making(site: Path) -> None:
    (site / "proof.json").write_text('{"commit": null}')
    today = date.today()
    bind.bind(site)
    with zipfile.ZipFile(site / epub.NAME) as book:
        about = book.read("book/content.opf").decode()
    assert re.findall("<dc:date>(.*)</dc:date>", about)[0] in (f"{today}", f"{date.today()}")


def test_a_book_with_a_fault_is_not_published(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = {path: path.read_bytes() for path in site.rglob("*") if path.is_file()}
    monkeypatch.setattr(epub, "faults", lambda path: ["RSC-005 is wrong"])
    with pytest.raises(BuildError, match="RSC-005 is wrong"):
        bind.bind(site)
    assert {path: path.read_bytes() for path in site.rglob("*") if path.is_file()} == before


def test_without_a_site_it_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(BuildError, match="make site"):
        bind.bind(tmp_path)


def test_the_book_is_the_parts_and_the_glossary(small: Small) -> None:
    found = book.read(small.site, NAV)
    assert [(part.title, [chapter.title for chapter in part.chapters]) for part in found] == [
        ("Part 1: Of words", ["Words", "One of a & b"]),
        ("Part 2: Of numbers", ["Numbers"]),
        ("", ["Glossary"]),
    ]
