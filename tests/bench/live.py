"""Python in the browser: from the press on Run to the first output, and what a page costs before.

Wall time, the best of seven: a reader waits for the clock. Wanted: at most 2.5 s cold, 1.2 s
after a reload, 0.3 s for later runs; before any press, as much CPU as without the buttons.
"""

from collections.abc import Iterator
from contextlib import ExitStack
from functools import partial

from playwright.sync_api import Browser, Page

from tests.bench.comparison import Comparison
from tests.bench.site import CHAPTER, shown
from tests.website.conftest import ROOT, launched, served

PRESS = """() => new Promise(resolve => {
  const bar = document.querySelector("[data-live=page]")
  const run = bar.querySelector(".live-run")
  const began = performance.now()
  new MutationObserver((_, watch) => {
    if (!/^Ran in|^The same/.test(bar.querySelector("[role=status]").textContent)) return
    watch.disconnect()
    resolve((performance.now() - began) / 1000)
  }).observe(bar, {subtree: true, childList: true})
  run.click()
})"""


def comparisons() -> Iterator[Comparison]:
    with ExitStack() as stack:
        site = stack.enter_context(served(ROOT / "build" / "site"))
        browser = stack.enter_context(launched())
        kept = stack.enter_context(browser.new_context()).new_page()
        yield Comparison(
            "from the press on Run to the first output",
            {
                "the first time": partial(_cold, browser, site.address),
                "after a reload": partial(_again, kept, site.address),
                "later on": partial(kept.evaluate, PRESS),
            },
            comparable=None,
            cost=lambda seconds: seconds,
            summary=min,
        )
        yield Comparison(
            f"main thread of a browser 390 pixels wide before any press, {CHAPTER}",
            {
                "without the buttons": partial(shown, browser, site.address, "**/assets/live/*"),
                "with them": partial(shown, browser, site.address),
            },
            comparable=None,
            cost=lambda seconds: seconds,
        )


def _cold(browser: Browser, address: str) -> float:
    with browser.new_context() as context:  # which has its own, empty cache
        return _again(context.new_page(), address)


def _again(page: Page, address: str) -> float:
    page.goto(address + CHAPTER, wait_until="networkidle")
    return float(page.evaluate(PRESS))
