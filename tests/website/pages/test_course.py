"""Each section of a part says where it stands, and how long it takes."""

from pathlib import Path

from website.pages import course
from website.site import Site
from website.sources import parts

NAV = [{"Home": "index.md"}, {"Part 2: Words": ["words/index.md", "words/a.md", "words/b.md"]}]
PAGE = "<article><h1>{}</h1>\n<p>{}</p></article>"


def test_the_line_stands_below_the_heading_of_each_section_and_of_nothing_else(
    tmp_path: Path,
) -> None:
    texts = {
        "index.html": "Home.",
        "words/index.html": "Begin.",
        "words/a/index.html": "a " * 900,
        "words/b/index.html": "Short.",
    }
    for file, text in texts.items():
        (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / file).write_text(PAGE.format("Title", text), encoding="utf-8")
    site = Site(tmp_path)
    course.place(site, parts(NAV))
    lines = {
        page.file: page.html.partition("</h1>\n")[2].partition("<p>")[0] for page in site.pages
    }
    assert lines == {
        "index.html": "",
        "words/index.html": "",
        "words/a/index.html": '<p class="time">Part 2, page 1 of 2, about 5 minutes</p>\n',
        "words/b/index.html": '<p class="time">Part 2, page 2 of 2, about 1 minute</p>\n',
    }
