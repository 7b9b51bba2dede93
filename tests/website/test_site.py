from pathlib import Path

import pytest

from website.editor import Editor
from website.site import Site


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder of a site with three pages, two of which have a source; docs stands beside it."""
    site, docs = tmp_path / "site", tmp_path / "docs"
    for name, text in {
        "index.html": "<h1>Home</h1>",
        "part/one/index.html": '<h1 id="a">A &amp; <em>b</em><a class="headerlink">¶</a></h1>\r\n',
        "404.html": "<p>Nothing</p>",
    }.items():
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_bytes(text.encode("utf-8"))
    for name in ("index.md", "part/one.ipynb", "part/gone.md"):
        (docs / name).parent.mkdir(parents=True, exist_ok=True)
        (docs / name).touch()
    return site


def test_a_page_knows_its_source_its_address_and_its_title(folder: Path) -> None:
    site = Site(folder, folder.parent / "docs", "https://example.org/book/")
    assert [(page.file, page.source, page.address, page.title, page.up) for page in site.pages] == [
        ("404.html", None, "https://example.org/book/404.html", None, ""),
        ("index.html", "index.md", "https://example.org/book/", "Home", ""),
        (
            "part/one/index.html",
            "part/one.ipynb",
            "https://example.org/book/part/one/",
            "A & b",
            "../../",
        ),
    ]
    assert site.page("part/gone/index.html") is None


class Louder(Editor):
    def handle_data(self, data: str) -> None:
        self.replace(self.position, self.after, data.upper())


def test_a_page_is_written_once_and_only_if_it_has_changed(folder: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in folder.rglob("*.html")}
    with Site(folder) as site:
        page = site.page("part/one/index.html")
        assert page
        page.edit(Louder())
        assert {path: path.stat().st_mtime_ns for path in before} == before
    assert (folder / page.file).read_bytes().decode() == page.html
    assert page.html.startswith('<h1 id="a">A & <em>B</em>')
    assert page.html.endswith("\r\n")
    assert (folder / "index.html").stat().st_mtime_ns == before[folder / "index.html"]


def test_after_an_error_the_folder_is_as_it_was(folder: Path) -> None:
    def failing() -> None:
        with Site(folder) as site:
            for page in site.pages:
                page.html = ""
            raise RuntimeError

    with pytest.raises(RuntimeError):
        failing()
    assert (folder / "index.html").read_text(encoding="utf-8") == "<h1>Home</h1>"
