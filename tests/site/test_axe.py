"""The site is for everyone, as far as axe can tell: all its rules, on a page of each kind."""

from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.site.axe import NOTHING_CLOSED, ONE_OF_EACH_COLOUR, bring_axe, findings
from tests.site.test_lighthouse import PAGES
from tests.site.visits import NARROWEST, WIDE, Window, window_of
from tests.website.conftest import Served

KINDS = (*PAGES, "changes/", "playground/", "404.html")
"""A page of each kind: on all others, the visits look with all rules but that of contrast."""
COLOURS = ["color-contrast", "link-in-text-block"]
"""The rules that may see in the dark, and on paper, what they do not see in light."""


def opened(window: Window, name: str, scheme: Literal["light", "dark"]) -> Page:
    """A page to which axe has come."""
    window.open(name, scheme)
    window.page.evaluate(NOTHING_CLOSED)
    bring_axe(window.page)
    return window.page


def test_axe_finds_nothing_in_light_in_the_dark_and_on_paper(
    browser: Browser, site: Served
) -> None:
    found: dict[str, list[str]] = {}
    with window_of(browser, site, WIDE) as window:
        for name in KINDS:
            page = opened(window, name, "light")
            found[f"{name} in light"] = findings(page)
            page.emulate_media(media="print")
            found[f"{name} on paper"] = findings(page, rules=COLOURS)
            page = opened(window, name, "dark")
            expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
            found[f"{name} in the dark"] = findings(page, rules=COLOURS)
    assert {where: each for where, each in found.items() if each} == {}
    assert len(found) == len(KINDS) * 3


def test_it_finds_nothing_on_a_phone_in_the_dark(browser: Browser, site: Served) -> None:
    """In light the visits look at each page in a narrow window, and at the colours of its text."""
    found: dict[str, list[str]] = {}
    with window_of(browser, site, NARROWEST) as window:
        for name in KINDS:
            page = opened(window, name, "dark")
            expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
            found[name] = findings(page)
    assert found == {name: [] for name in KINDS}


def test_code_keeps_one_piece_of_each_colour(page: Page) -> None:
    page.set_content(
        '<pre><code><span class="hll"><span class="k">if</span> <span class="n">a</span></span> '
        '<span class="k">or</span> <span class="n">b</span> <span class="k">or</span></code></pre>'
        '<pre><code><span class="k">in</span> <a href="#a">a</a> <span class="k">in</span></code>'
    )
    before = page.locator("code").all_text_contents()
    page.evaluate(ONE_OF_EACH_COLOUR)
    assert page.locator("code").all_text_contents() == before
    first, second = page.locator("code").all()
    assert first.locator("span").all_text_contents() == ["if a", "if", "a", "or", "b"]
    assert second.locator("span").count() == 2  # what has more than colours stays as it is


@pytest.mark.parametrize("faint", ["", "b"])
def test_a_colour_of_code_that_is_too_faint_is_found(page: Page, faint: str) -> None:
    page.set_content(
        "<!doctype html><html lang=en><title>A</title><style>.b { color: #999 }</style><body>"
        '<pre><code><span class="a">first</span> <span class="a">more</span> '
        f'<span class="{faint}">last</span> <span class="a">more</span></code></pre>'
    )
    bring_axe(page)
    assert bool(findings(page, rules=COLOURS)) == bool(faint)
