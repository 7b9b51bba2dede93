import json
from pathlib import Path

import pytest

from website.links import internal_links
from website.site import Site

HOME = """<!doctype html><title>Home</title><link rel="canonical" href="https://example.org/book/">
<h1 id="top">Home</h1> <a id="a-b" href="#top">up</a> <a name="old">old</a>
<a href="part/">part</a> <a href="part/#sec%C3%A9">section</a> <a href="/book/part/">absolute</a>
<a href="https://example.org/book/part/#sec%C3%A9">whole</a> <a href="https://elsewhere.org/">else</a>
<a href="mailto:a@example.org">mail</a> <img src="i.svg" srcset="i.svg 1x, part/i2.svg 2x">
<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw="> <style>a { background: url(i.svg) }</style>
<svg aria-labelledby="t"><title id="t">T</title><path id="p" fill="url(#p)"/><use href="#p"/></svg>
"""
PART = '<h1 id="secé">Part</h1> <a href="../">home</a> <a href="../index.html#a-b">b</a>'


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site with nothing wrong."""
    for name, text in {
        "index.html": HOME,
        "part/index.html": PART,
        "404.html": '<a href="/book/">home</a>',
        "i.svg": "<svg/>",
        "part/i2.svg": "<svg/>",
        "a.css": '/* url("gone") */ a { background: url("i.svg"), url(data:,x) }',
        "search/search_index.json": json.dumps(
            {"docs": [{"location": ""}, {"location": "part/#secé"}]}
        ),
    }.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path


def check(folder: Path) -> list[str]:
    return internal_links.check(Site(folder, address="https://example.org/book/"))


def test_a_sound_site_has_no_problems(site: Path) -> None:
    assert check(site) == []


@pytest.mark.parametrize(
    "defect",
    [
        '<a href="gone/">',
        '<a href="part">',
        '<a href="PART/">',
        '<a href="../book/part/">',
        '<a href="/part/">',
        '<a href="https://example.org/book/gone/">',
        '<a href="#gone">',
        '<a href="part/#gone">',
        '<img src="gone.png">',
        '<img srcset="i.svg 1x, gone.png 2x">',
        '<script src="gone.js"></script>',
        '<link rel="stylesheet" href="gone.css">',
        '<svg><path fill="url(#gone)"/></svg>',
        '<svg><path style="clip-path: url(#gone)"/></svg>',
        '<svg><use xlink:href="#gone"/></svg>',
        '<svg aria-labelledby="gone"></svg>',
        '<p id="top">',
        '<a name="top">',
        '<script src="https://elsewhere.org/a.js"></script>',
        '<script src="//elsewhere.org/a.js"></script>',
        '<link rel="stylesheet" href="https://elsewhere.org/a.css">',
        '<link rel="preconnect" href="https://elsewhere.org/">',
        '<img src="https://elsewhere.org/a.png">',
        '<img srcset="https://elsewhere.org/a.png 2x">',
        '<iframe src="https://elsewhere.org/"></iframe>',
        '<form action="https://elsewhere.org/"></form>',
        '<p style="background: url(https://elsewhere.org/a.png)">',
        "<style>@import 'https://elsewhere.org/a.css';</style>",
        "<style>a { background: url(gone.png) }</style>",
    ],
)
def test_a_planted_defect_is_found(site: Path, defect: str) -> None:
    (site / "index.html").write_text(f"{HOME}{defect}\n", encoding="utf-8")
    found = check(site)
    assert len(found) == 1
    assert found[0].startswith("index.html:")


def test_a_style_sheet_that_loads_from_elsewhere_is_found(site: Path) -> None:
    (site / "a.css").write_text("/*\n*/\na { background: url('https://elsewhere.org/a') }")
    (found,) = check(site)
    assert found == "a.css:3: loads https://elsewhere.org/a from a third party"


def test_a_page_that_the_search_finds_must_be_there(site: Path) -> None:
    index = site / "search" / "search_index.json"
    index.write_text(json.dumps({"docs": [{"location": "part/#gone"}]}))
    (found,) = check(site)
    assert "part/#gone" in found
