from pathlib import Path

from website.pages.take_along import PLACE, Form, keep_place, link
from website.site import Site


def test_the_links_stand_below_the_heading_with_their_sizes(tmp_path: Path) -> None:
    (tmp_path / "part" / "a").mkdir(parents=True)
    (tmp_path / "part" / "a" / "index.html").write_text("<h1>A</h1>\n<p>Text.</p>")
    (tmp_path / "part" / "a.py").write_text("x" * 12_400)
    (tmp_path / "all.pdf").write_bytes(b"x" * 3_440_000)
    with Site(tmp_path) as site:
        (page,) = site.pages
        keep_place(page)
        link(site, page, [Form("script", "part/a.py"), Form("PDF", "all.pdf")])
    assert (tmp_path / "part" / "a" / "index.html").read_text() == (
        '<h1>A</h1>\n<nav class="along" aria-label="Take it along">Take it along: '
        '<a href="../a.py" download>script</a> (12 kB), '
        '<a href="../../all.pdf" download>PDF</a> (3.4 MB)</nav>\n<p>Text.</p>'
    )


def test_they_stand_below_the_line_that_says_how_long_the_page_takes(tmp_path: Path) -> None:
    line = '<p class="time">Part 1, page 1 of 7, about 4 minutes</p>'
    (tmp_path / "index.html").write_text(f"<h1>A</h1>\n{line}\n<p>Text.</p>")
    with Site(tmp_path) as site:
        keep_place(site.pages[0])
    assert (tmp_path / "index.html").read_text() == (f"<h1>A</h1>\n{line}\n{PLACE}\n<p>Text.</p>")


def test_a_page_without_forms_is_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("<h1>A</h1>")
    with Site(tmp_path) as site:
        link(site, site.pages[0], [])
    assert (tmp_path / "index.html").read_text() == "<h1>A</h1>"
