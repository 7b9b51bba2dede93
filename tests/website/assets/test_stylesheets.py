import re
from pathlib import Path

from mkdocs.config import load_config

from tests.website.conftest import ROOT, Served
from website.assets.stylesheets import merge
from website.pyodide.live_figures import KINDS, style_sheets
from website.site import Site

PAGE = (
    '<head><link rel="stylesheet" href="{up}assets/deep/a.css">\n<style>i{{}}</style>'
    '<link rel="stylesheet" href="{up}assets/b.css"></head>'
)


def with_two_sheets(site: Path, first: str = "p{color:red}") -> Path:
    """A site with two pages that load the same two style sheets, the first with these rules."""
    (site / "assets" / "deep").mkdir(parents=True)
    (site / "page").mkdir()
    (site / "assets" / "deep" / "a.css").write_text(f'@charset "UTF-8";{first}/* a note */')
    (site / "assets" / "b.css").write_text('p{background:url("b.png")}')
    (site / "index.html").write_text(PAGE.format(up=""))
    (site / "page" / "index.html").write_text(PAGE.format(up="../"))
    return site


def merged(folder: Path) -> list[str]:
    with Site(folder) as site:
        return merge(site)


def test_style_sheets_become_one_in_their_order(tmp_path: Path) -> None:
    assert merged(with_two_sheets(tmp_path)) == []
    (sheet,) = tmp_path.rglob("*.css")
    assert sheet.parent.name == "assets"
    text = sheet.read_text()
    assert text.index("color:red") < text.index("background")
    assert text.count("@charset") == 1
    assert "note" not in text
    for path, up in ((tmp_path / "index.html", ""), (tmp_path / "page" / "index.html", "../")):
        page = path.read_text()
        assert re.findall('<link [^>]*href="([^"]+)"', page) == [f"{up}assets/{sheet.name}"]
        assert "<style>i{}</style>" in page


def test_the_rule_that_has_all_elements_styled_anew_is_left_out(tmp_path: Path) -> None:
    every = "[data-md-color-switching] *,[data-md-color-switching] :after{color:blue}"
    assert merged(with_two_sheets(tmp_path, f"p{{top:0}}{every}p{{left:0}}")) == []
    (sheet,) = tmp_path.rglob("*.css")
    assert sheet.read_text().startswith('@charset "UTF-8";p{top:0}p{left:0}p{background')


def test_no_rule_for_all_of_a_page_asks_what_is_in_it() -> None:
    """A browser would ask it again, and style the page anew, with each button of a script."""
    for sheet in (ROOT / "src" / "website" / "theme" / "assets").glob("*.css"):
        asking = re.findall(
            r"\.md-content__inner[^\s{,]*:has\([^{,]*", sheet.read_text(encoding="utf-8")
        )
        assert asking == [], sheet.name


def test_a_file_that_would_not_be_found_is_a_problem(tmp_path: Path) -> None:
    (problem,) = merged(with_two_sheets(tmp_path, "p{background:url(a.png)}"))
    assert problem.startswith("assets/deep/a.css")


def test_what_is_embedded_in_a_style_sheet_is_no_file_to_load(tmp_path: Path) -> None:
    assert (
        merged(with_two_sheets(tmp_path, "p{background:url('data:image/png,');mask:url(#m)}")) == []
    )


def test_every_page_loads_one_style_sheet(site: Served) -> None:
    for page in site.folder.rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        more = any(f'data-live="{kind}"' in text for kind in KINDS)
        assert text.count('rel="stylesheet"') == 1 + more


def test_every_style_sheet_of_the_theme_is_on_the_pages() -> None:
    theme = ROOT / "src" / "website" / "theme"
    sheets = {path.relative_to(theme).as_posix() for path in theme.rglob("*.css")}
    named = load_config(str(ROOT / "mkdocs.yml")).extra_css
    assert sorted(named) == sorted(sheets - style_sheets())  # which some pages ask for themselves
