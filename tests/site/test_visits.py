"""What a visit notices: on pages with one fault each, it finds that fault and no other."""

import pytest
from playwright.sync_api import Page

from tests.site.test_every_page import is_legible
from tests.site.visits import (
    AXE,
    CUT_OFF,
    INKS,
    MOVING,
    NO_CLOSED_DRAWER,
    PLAIN_CODE,
    RUN_AXE,
    SCROLLING,
    Ink,
)

FAINT = "color: #999"  # on white a contrast of 2.8
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


def test_of_two_drawers_the_closed_one_goes(page: Page) -> None:
    page.set_content(
        "<div class=md-sidebar style='content-visibility: hidden'>a</div>"
        "<div class=md-sidebar>b</div>"
    )
    page.evaluate(NO_CLOSED_DRAWER)
    assert page.locator(".md-sidebar").evaluate_all(
        "drawers => drawers.map(drawer => drawer.checkVisibility())"
    ) == [False, True]
