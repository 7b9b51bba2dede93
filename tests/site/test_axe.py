"""The site is for everyone, as far as axe can tell: all its rules, on a page of each kind."""

from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.site.test_lighthouse import PAGES
from tests.site.visits import AXE, NARROWEST, NOTHING_CLOSED, SETTLE, WIDE, Window, window_of
from tests.website.conftest import Served

KINDS = (*PAGES, "changes/", "playground/", "404.html")
"""A page of each kind: on all others, the visits look with all rules but that of contrast."""
COLOURS = ["color-contrast", "link-in-text-block"]
"""The rules that may see in the dark, and on paper, what they do not see in light."""
START = f"""rules => {{
  document.querySelectorAll("details").forEach(folded => folded.open = true)
  {SETTLE}
  const options = {{resultTypes: ["violations"], preload: false}}
  window.found = axe.run(rules ? {{...options, runOnly: rules}} : options)
}}"""
FOUND = """async () => (await found).violations.flatMap(
  ({id, nodes}) => nodes.map(({target}) => `${id}: ${target}`))"""


def opened(window: Window, name: str, scheme: Literal["light", "dark"]) -> Page:
    """A page to which axe has come."""
    window.open(name, scheme)
    window.page.evaluate(NOTHING_CLOSED)
    window.page.evaluate(AXE)
    return window.page


def findings(page: Page, rules: list[str] | None = None) -> list[str]:
    """What axe finds on a page as it is now, with all folds unfolded."""
    page.evaluate(START, rules)
    found: list[str] = page.evaluate(FOUND)
    return found


@pytest.mark.parametrize("width", [WIDE, NARROWEST])
def test_it_finds_nothing_in_light_in_the_dark_and_on_paper(
    browser: Browser, site: Served, width: int
) -> None:
    found: dict[str, list[str]] = {}
    with window_of(browser, site, width) as window:
        for name in KINDS:
            page = opened(window, name, "light")
            found[f"{name} in light"] = findings(page)
            if width == WIDE:  # as paper is
                page.emulate_media(media="print")
                found[f"{name} on paper"] = findings(page, COLOURS)
            page = opened(window, name, "dark")
            expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
            found[f"{name} in the dark"] = findings(page, COLOURS)
    assert {where: each for where, each in found.items() if each} == {}
    assert len(found) == len(KINDS) * (3 if width == WIDE else 2)
