"""What a visit notices: on pages with one fault each, it finds that fault and no other."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.site.axe import AXE, CLOSED, NOTHING_CLOSED, PLAIN_CODE, RUN_AXE, SETTLE
from tests.site.test_every_page import is_legible
from tests.site.visits import CUT_OFF, INKS, MOVING, NARROW, SCROLLING, WIDE, Ink, window_of
from tests.website.conftest import ROOT, Served, served

FAINT = "color: #999"  # on white a contrast of 2.8
FONTS = ROOT / "src" / "website" / "theme" / "assets" / "fonts"
SHOWN = "[...document.body.querySelectorAll('*')].filter(box => box.checkVisibility()).length"
CONTRAST_ALONE = {"runOnly": ["color-contrast"]}


def inks(page: Page, body: str) -> list[Ink]:
    page.set_content(f"<!doctype html><html lang=en><title>A</title><body>{body}")
    return [
        Ink(tuple(ink), tuple(ground), size, weight, text)
        for ink, ground, size, weight, text in page.evaluate(INKS)
    ]


@pytest.mark.parametrize(
    "body",
    [
        f"<p style='{FAINT}'>faint",
        "<div style='background: #888'><p style='color: #000; opacity: 0.5'>half gone</div>",
        "<p style='color: rgb(0 0 0 / 40%)'>half gone",
        "<div style='background: #333'><p>dark on dark</div>",
        "<div style='background: #333'><p style='background: rgb(255 255 255 / 20%)'>veiled</div>",
        "<p style='font-size: 20px; color: #888'>large, and not large enough",
        "<p>well <b style='color: #999'>ill</b>",
    ],
)
def test_text_too_faint_is_seen_as_axe_sees_it(page: Page, body: str) -> None:
    assert not all(map(is_legible, inks(page, body)))
    page.evaluate(AXE)
    assert page.evaluate(RUN_AXE, CONTRAST_ALONE)


@pytest.mark.parametrize(
    "body",
    [
        "<p>black on white",
        "<p style='font-size: 24px; color: #888'>large",
        "<p style='font-size: 19px; font-weight: 700; color: #888'>large and bold",
        f"<p>seen<p hidden style='{FAINT}'>hidden",
        f"<p>seen<button disabled style='{FAINT}'>not to be pressed</button>",
        f"<p>seen<p style='{FAINT}; visibility: hidden'>hidden",
        "<div style='background: #222'><p style='color: #fff'>white on black</div>",
        "<div style='background: #fff'><p style='color: #000; opacity: 0.9'>nearly black</div>",
    ],
)
def test_text_that_can_be_read_is_left_alone_as_axe_leaves_it(page: Page, body: str) -> None:
    found = inks(page, body)
    assert found
    assert all(map(is_legible, found))
    page.evaluate(AXE)
    assert page.evaluate(RUN_AXE, CONTRAST_ALONE) == []


def test_each_shade_behind_a_text_counts(page: Page) -> None:
    """Where axe gives no answer."""
    found = inks(page, "<p style='background: linear-gradient(#fff, #444)'>from white to grey")
    assert sorted(ink.ground for ink in found) == [(68, 68, 68), (255, 255, 255)]
    assert [ink.ground for ink in found if not is_legible(ink)] == [(68, 68, 68)]


def test_what_scrolls_without_the_keyboard_is_seen(page: Page) -> None:
    page.set_content("<article><pre style='width: 9em; overflow: auto'>a long line of code</pre>")
    assert len(page.evaluate(SCROLLING)) == 1
    page.evaluate("document.querySelector('pre').tabIndex = 0")
    assert page.evaluate(SCROLLING) == []


@pytest.mark.parametrize(
    "style",
    ["width: 9em; overflow: auto", "position: relative; width: 40em"],
)
def test_code_that_is_cut_off_or_under_a_button_is_seen(page: Page, style: str) -> None:
    corner = "position: absolute; left: 0; top: 0; width: 3em"
    block = "<pre style='position: relative'><nav style='{}'>Copy</nav><code style='{}'>{}</code>"
    page.set_content(block.format(corner, f"display: block; {style}", "a long line of code"))
    assert page.evaluate(CUT_OFF) == ["a long line of code"]
    page.set_content(block.format(f"{corner}; left: 50em", "display: block", "a line"))
    assert page.evaluate(CUT_OFF) == []


def test_what_moves_is_seen(page: Page) -> None:
    page.set_content("<p style='transition: color 1s'>slowly")
    assert len(page.evaluate(MOVING)) == 1


def test_code_loses_its_colours_and_nothing_else(page: Page) -> None:
    linked = '<span class="k">see</span> <a href="#a">a</a>'
    named = '<span id="a">a</span>'
    blocks = [
        f"<pre><code>{code}</code></pre>"
        for code in ('<span class="k">if</span> 1 &lt; 2', linked, named)
    ]
    page.set_content("".join(blocks))
    page.evaluate(PLAIN_CODE)
    left = page.locator("code").evaluate_all("codes => codes.map(code => code.innerHTML)")
    assert left == ["if 1 &lt; 2", linked, named]


def test_what_is_closed_goes_from_the_pages_of_the_site_and_nothing_else(
    browser: Browser, site: Served
) -> None:
    """On a narrow page the navigation and the search, which open when they are asked for."""
    with window_of(browser, site, NARROW) as window:
        window.open("")
        page = window.page
        whole = page.evaluate(SHOWN)
        assert page.evaluate(f"{CLOSED}.map(box => box.className)") == [
            "md-search__inner",
            "md-sidebar__scrollwrap",
        ]
        page.evaluate(NOTHING_CLOSED)
        assert page.evaluate(f"{CLOSED}.filter(box => box.checkVisibility())") == []
        assert page.evaluate(SHOWN) == whole - 2


def test_what_fades_within_what_fades_comes_to_its_end(page: Page) -> None:
    page.set_content("<style>* { transition: color 9s }</style><p>slowly <b>and <i>slowly")
    page.evaluate("document.body.style.color = '#010203'")
    page.evaluate(SETTLE)
    assert page.locator("i").evaluate("it => getComputedStyle(it).color") == "rgb(1, 2, 3)"


def test_a_page_comes_as_it_would_to_a_new_reader(browser: Browser, tmp_path: Path) -> None:
    """Whatever the page before it has stored, loaded, or complained of."""
    head = "<!doctype html><html lang=en><title>A</title><link rel=stylesheet href=a.css><body>"
    face = "@font-face { font-family: A; src: url(a.woff2) } b { font-family: A }"
    (tmp_path / "a.css").write_text(face)
    (tmp_path / "a.woff2").write_bytes((FONTS / "source-serif.woff2").read_bytes())
    (tmp_path / "404.html").touch()
    (tmp_path / "plain.html").write_text(f"{head}plain <img src=data:, alt=''>")
    (tmp_path / "other.html").write_text(
        f"{head}<b>bold</b><script>localStorage.a = sessionStorage.a = 1; absent()</script>"
    )
    with served(tmp_path) as site, window_of(browser, site, WIDE) as window:
        plain = window.open("plain.html")
        assert plain["requests"] == ["/plain.html", "/a.css"]
        other = window.open("other.html")
        assert other["requests"] == ["/other.html", "/a.css", "/a.woff2"]
        assert len(other["complaints"]) == 1
        assert window.page.evaluate("[localStorage.length, sessionStorage.length]") == [1, 1]
        assert window.open("plain.html") == plain
        assert window.page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]
