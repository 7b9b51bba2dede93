"""The site is for everyone, as far as axe can tell: all its rules, on a page of each kind."""

from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.site.test_lighthouse import PAGES
from tests.site.visits import AXE
from tests.website.conftest import Served

KINDS = (*PAGES, "changes/", "playground/", "404.html")
"""A page of each kind: on all others, the visits look with all rules but that of contrast."""
COLOURS = ["color-contrast", "link-in-text-block"]
"""The rules that may see in the dark, and on paper, what they do not see in light."""
START = """rules => {
  document.querySelectorAll("details").forEach(folded => folded.open = true)
  document.getAnimations().forEach(fading => fading.finish())
  const options = {resultTypes: ["violations"], preload: false}
  window.found = axe.run(rules ? {...options, runOnly: rules} : options)
}"""
FOUND = """async () => (await found).violations.flatMap(
  ({id, nodes}) => nodes.map(({target}) => `${id}: ${target}`))"""


@pytest.fixture
def windows(browser: Browser, request: pytest.FixtureRequest) -> Iterator[list[Page]]:
    """A wide and a narrow window. They work side by side, as axe takes its time."""
    with ExitStack() as stack:
        # axe comes from outside, which the pages' own policy forbids.
        contexts = [
            browser.new_context(
                viewport={"width": width, "height": 900},
                color_scheme=request.param,
                bypass_csp=True,
            )
            for width in (1280, 360)
        ]
        yield [stack.enter_context(context).new_page() for context in contexts]


def findings(windows: list[Page], rules: list[str] | None = None) -> Iterator[str]:
    """What axe finds on the pages as they are now: the address, the rule, the element."""
    for window in windows:
        window.evaluate(START, rules)
    for window in windows:
        width = window.evaluate("innerWidth")
        yield from (f"{window.url} at {width}: {found}" for found in window.evaluate(FOUND))


def visit(windows: list[Page], address: str) -> None:
    for window in windows:
        window.goto(address)
        window.evaluate(AXE)


@pytest.mark.parametrize("windows", ["light"], indirect=True)
def test_it_finds_nothing_in_light_and_on_paper(windows: list[Page], site: Served) -> None:
    found: list[str] = []
    for name in KINDS:
        visit(windows, site.address + name)
        found += findings(windows)
        wide = windows[:1]  # as paper is
        wide[0].emulate_media(media="print")
        found += findings(wide, COLOURS)
    assert found == []


@pytest.mark.parametrize("windows", ["dark"], indirect=True)
def test_it_finds_no_colour_too_weak_in_the_dark(windows: list[Page], site: Served) -> None:
    found: list[str] = []
    for name in KINDS:
        visit(windows, site.address + name)
        expect(windows[0].locator("body")).to_have_attribute("data-md-color-scheme", "slate")
        found += findings(windows, COLOURS)
    assert found == []
