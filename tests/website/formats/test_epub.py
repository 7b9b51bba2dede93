"""The EPUB: its own checker finds nothing, and its links lead where they did on the site."""

import re
import shutil
import zipfile
from pathlib import Path

import pytest

from proof.plugin import cannot_be_had
from tests.site.checkers import SHORT_LIVED
from tests.website.conftest import ROOT
from tests.website.small_site import ADDRESS, Small
from website.formats import epub

THEME = ROOT / "src" / "website" / "theme" / "assets"


@pytest.fixture
def made(small: Small, tmp_path: Path) -> zipfile.ZipFile:
    epub.write(tmp_path / "book.epub", small.about, small.parts(), THEME)
    return zipfile.ZipFile(tmp_path / "book.epub")


def text(made: zipfile.ZipFile, name: str) -> str:
    return made.read(f"book/{name}").decode()


@pytest.mark.once
def test_its_own_checker_finds_nothing(
    made: zipfile.ZipFile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JAVA_TOOL_OPTIONS", " ".join(SHORT_LIVED))
    if not shutil.which("java"):
        cannot_be_had("EPUBCheck needs Java, and there is none on the PATH.")
    assert epub.faults(tmp_path / "book.epub") == []
    files = {each: made.read(each) for each in made.namelist()}
    broken = tmp_path / "broken.epub"
    with zipfile.ZipFile(broken, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data.replace(b"words-one.xhtml", b"nowhere.xhtml"))
    assert any("nowhere.xhtml" in fault for fault in epub.faults(broken))


def test_what_it_is_stands_first_as_plain_bytes(made: zipfile.ZipFile) -> None:
    first = made.infolist()[0]
    assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
    assert made.read("mimetype") == b"application/epub+zip"


def test_links_lead_within_the_book_or_to_the_site(made: zipfile.ZipFile) -> None:
    links = re.findall(r'<a href="([^"]*)"', text(made, "words-one.xhtml"))
    assert links == ["numbers.xhtml#sum", "words-one.xhtml#figure", f"{ADDRESS}playground/"]
    # A place that is not there is none of the book's.
    assert f'href="{ADDRESS}words/one/#no"' in text(made, "numbers.xhtml")


def test_a_page_is_without_what_only_a_site_has(made: zipfile.ZipFile) -> None:
    page = text(made, "words-one.xhtml")
    for gone in (
        "Take it along",
        "No NumPy",
        "¶",
        "3.11",
        "A piece.",
        "<button",
        "data-step",
        "<span",
    ):
        assert gone not in page
    assert '<h1 id="one">One of a &amp; b</h1>' in page
    assert '<div class="note"><p class="title">Solution</p>\n<p>So.</p></div>' in page
    assert '<pre class="output"><code>1\n</code></pre>' in page
    assert 'textLength="4">1 &lt; 2</text>' in page


def test_both_contents_have_the_parts_and_their_chapters(made: zipfile.ZipFile) -> None:
    new = re.findall(r'<a href="([^"]+)">([^<]+)</a>', text(made, "contents.xhtml"))
    old = re.findall(
        r'<text>([^<]+)</text></navLabel><content src="([^"]+)"', text(made, "contents.ncx")
    )
    assert new == [(place, title) for title, place in old]
    assert new == [
        ("words.xhtml", "Part 1: Of words"),
        ("words-one.xhtml", "One of a &amp; b"),
        ("numbers.xhtml", "Part 2: Of numbers"),
        ("glossary.xhtml", "Glossary"),
    ]


def test_the_figures_have_colours_that_every_reader_knows() -> None:
    style = epub.figure_style(THEME)
    assert ".fig-token {" in style
    assert ".fig-heat-3 {" in style
    assert "var(" not in style
    assert "color-mix" not in style


def test_the_same_book_gives_the_same_bytes(small: Small, tmp_path: Path) -> None:
    for name in ("one", "two"):
        epub.write(tmp_path / name, small.about, small.parts(), THEME)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()
