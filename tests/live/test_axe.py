"""In each state of a block, axe finds nothing."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.live.conftest import CHAPTER, Block, Host
from tests.live.test_failures import gone
from tests.site.axe import bring_axe, findings

PAGE_WIDTH = "document.documentElement.scrollWidth"


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (360, "dark")])
def test_axe_finds_no_fault_in_a_block_while_it_is_used(
    browser: Browser, host: Host, width: int, scheme: str
) -> None:
    view = {"width": width, "height": 900}
    with browser.new_context(viewport=view, color_scheme=scheme, bypass_csp=True) as context:  # type: ignore[arg-type]
        page = context.new_page()
        page.goto(host.address + CHAPTER)
        bring_axe(page)
        block = Block(page, 3)
        found = {}
        before = page.evaluate(PAGE_WIDTH)

        def look(state: str) -> None:
            found[state] = findings(page)
            assert page.evaluate(PAGE_WIDTH) <= before, state

        host.fail("", gone)
        block.run()
        block.says("the network is gone")
        look("it cannot load")
        host.well()
        block.run()
        block.says("The same, ")
        look("it ran")
        block.write("print('a long line ' * 20)\n1 / 0")
        block.run()
        block.says("ended with an error")
        look("it was edited, and failed")
        block.write("while True: pass")
        block.run()
        expect(block.button("Stop")).to_be_visible()
        look("it runs")
        block.stop()
        block.says("Stopped after")
    assert not any(found.values()), found


def test_what_happens_is_announced(page: Page, host: Host) -> None:
    page.goto(host.address + CHAPTER)
    page.evaluate(
        """() => {
          window.said = []
          const status = document.querySelectorAll("[data-live=page] [role=status]")[2]
          const watch = new MutationObserver(() => said.push(status.textContent))
          watch.observe(status, {childList: true})
        }"""
    )
    block = Block(page, 3)
    block.run()
    block.says("The same, ")
    said: list[str] = page.evaluate("said")
    assert re.fullmatch(r"Loading Python, \d\.\d MB…", said[0])
    assert said[-1].startswith("The same, ")
    assert len(said) < 10  # the bar shows how much has come: nobody has to hear each step
