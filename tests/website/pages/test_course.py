"""Each section of a part says where it stands, and can be marked; a list tells all of them."""

import json
from pathlib import Path

from website.pages import course
from website.site import Site
from website.sources import parts

NAV = [{"Home": "index.md"}, {"Part 2: Words": ["words/index.md", "words/a.md", "words/b.md"]}]
NAVIGATION = (
    '<a href="{0}words/" class="md-nav__link">Part 2</a>'
    '<a id="__nav_2_label" href="{0}words/" class="md-nav__link ">Part 2</a>'
    '<a href="{0}words/a/" class="md-nav__link">A</a>'
)
PAGE = (
    NAVIGATION + "<article><h1>{1}</h1>\n<p>{2}</p>\n"
    '<nav class="page-actions" aria-label="This page"></nav></article>'
)
TEXTS = {
    "index.html": "Home.",
    "words/index.html": 'Begin.</p><ul><li><a href="else/">E</a></li></ul>\n'
    '<ul>\n<li><a href="a/">A</a> is a.</li></ul><p>',
    "words/a/index.html": "a " * 900,
    "words/b/index.html": "Short.",
}


def placed(folder: Path) -> Site:
    """A small site with its course."""
    (folder / "assets").mkdir()
    for file, text in TEXTS.items():
        (folder / file).parent.mkdir(parents=True, exist_ok=True)
        page = PAGE.format("../" * file.count("/"), f"Title of {file}", text)
        (folder / file).write_text(page, encoding="utf-8")
    site = Site(folder)
    course.place(site, parts(NAV))
    return site


def test_the_line_stands_below_the_heading_of_each_section_and_of_nothing_else(
    tmp_path: Path,
) -> None:
    lines = {
        page.file: page.html.partition("</h1>\n")[2].partition("<p>")[0]
        for page in placed(tmp_path).pages
    }
    assert lines == {
        "index.html": "",
        "words/index.html": "",
        "words/a/index.html": '<p class="time">Part 2, page 1 of 2, about 5 minutes</p>\n',
        "words/b/index.html": '<p class="time">Part 2, page 2 of 2, about 1 minute</p>\n',
    }


def test_the_button_stands_at_the_end_of_each_section_and_of_nothing_else(tmp_path: Path) -> None:
    for page in placed(tmp_path).pages:
        before, found, after = page.html.partition("<button ")
        assert bool(found) == (page.file in ("words/a/index.html", "words/b/index.html"))
        if found:
            assert before.endswith('</p>\n<div class="mark">')
            assert after.endswith("</div>\n" + PAGE[PAGE.index("<nav ") :])


def test_the_pages_are_listed_in_their_order(tmp_path: Path) -> None:
    site = placed(tmp_path)
    assert json.loads((site.folder / course.LIST).read_bytes()) == [
        {
            "address": f"words/{name}/",
            "title": f"Title of words/{name}/index.html",
            "place": f"Part 2, page {number} of 2",
        }
        for number, name in ((1, "a"), (2, "b"))
    ]


def test_links_to_a_part_say_how_many_pages_it_has(tmp_path: Path) -> None:
    for page in placed(tmp_path).pages:
        up = "../" * page.file.count("/")
        assert page.html.count(f'href="{up}words/" class="md-nav__link" data-pages="2">') == 1
        assert page.html.count(f'href="{up}words/" class="md-nav__link " data-pages="2">') == 1
        assert page.html.count("data-pages") == 2


def test_the_list_of_a_part_is_told_from_other_lists(tmp_path: Path) -> None:
    index = placed(tmp_path).page("words/index.html")
    assert index
    assert index.html.count('<ul class="pages">\n<li><a href="a/">') == 1
    assert index.html.count("<ul>") == 1
