from pathlib import Path

from website.pages.take_along import Form, keep_place, link
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


def test_a_page_without_forms_is_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("<h1>A</h1>")
    with Site(tmp_path) as site:
        link(site, site.pages[0], [])
    assert (tmp_path / "index.html").read_text() == "<h1>A</h1>"
