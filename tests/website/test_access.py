"""The site without a mouse, in large type, in high contrast, without motion."""

from contextlib import suppress

import pytest
from playwright.sync_api import Browser, Error, Page

from tests.website.conftest import Served

CHAPTER = "working-with-text-data/converting-tokens-into-token-ids/"
FOCUS = """() => {
  const element = document.activeElement
  if (!element || element === document.body) return null
  const look = node => {
    const {outlineStyle, outlineWidth, boxShadow, backgroundColor, color} = getComputedStyle(node)
    const outline = outlineStyle === "none" ? "none" : `${outlineStyle} ${outlineWidth}`
    return [outline, boxShadow, backgroundColor, color].join(" ")
  }
  // A control may be hidden, and the label beside it be what a reader sees.
  const beside = element.nextElementSibling
  const seen = beside?.matches("label") ? [element, beside] : [element]
  const focused = seen.map(look).join()
  element.blur()
  document.getAnimations().forEach(fading => fading.finish())
  const plain = seen.map(look).join()
  element.focus({focusVisible: true})
  return {
    name: `${element.tagName} ${element.className} ${element.textContent.trim().slice(0, 30)}`,
    shows: focused !== plain,
    first: element.matches(".md-skip"),
  }
}"""
STILL = "document.getAnimations().forEach(fading => fading.finish())"
SCROLLING = """[...document.querySelectorAll("article *")].filter(box =>
  box.scrollWidth > box.clientWidth + 1 && /auto|scroll/.test(getComputedStyle(box).overflowX)
  && box.tabIndex < 0 && !box.querySelector("a, button, input")
).map(box => box.outerHTML.slice(0, 80))"""
BOXES = """[...document.querySelectorAll("article figure svg rect")].map(box => {
  const {fill, stroke, strokeWidth} = getComputedStyle(box)
  const page = getComputedStyle(document.body).backgroundColor
  const seen = stroke !== "none" && parseFloat(strokeWidth) > 0 ? stroke : fill
  return {box: box.outerHTML.slice(0, 120), seen, stands_out: seen !== page && seen !== "none"}
})"""
MOVING = """[...document.querySelectorAll("*")].filter(element => {
  const {animationName, animationDuration, transitionDuration} = getComputedStyle(element)
  return [...transitionDuration.split(","), ...(animationName === "none" ? [] :
    animationDuration.split(","))].some(duration => parseFloat(duration) > 0.01)
}).map(element => element.outerHTML.slice(0, 80)).slice(0, 5)"""
ROOM = "document.documentElement.clientWidth - document.documentElement.scrollWidth"


def reached(page: Page, address: str) -> list[dict[str, object]]:
    """What the Tab key reaches on a page, in order."""
    page.emulate_media(reduced_motion="reduce")
    page.goto(address)
    found: list[dict[str, object]] = []
    for _ in range(400):
        page.keyboard.press("Tab")
        page.evaluate(STILL)
        here = page.evaluate(FOCUS)
        if not here or (found and here["first"]):
            return found
        found.append(here)
    raise AssertionError(f"the Tab key never leaves {address}")


@pytest.mark.parametrize("name", ["", CHAPTER, "glossary/"])
@pytest.mark.parametrize("width", [1280, 360])
def test_the_tab_key_begins_with_the_skip_link_and_shows_where_it_is(
    page: Page, site: Served, name: str, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    stops = reached(page, site.address + name)
    assert stops[0]["first"]
    assert "Material for MkDocs" in str(stops[-1]["name"])  # the foot of the page
    assert [stop["name"] for stop in stops if not stop["shows"]] == []


@pytest.mark.parametrize("width", [1280, 360])
def test_what_scrolls_can_be_scrolled_with_the_keyboard(
    page: Page, site: Served, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    found = {}
    for name in site.pages:
        page.goto(site.address + name)
        page.evaluate("document.querySelectorAll('details').forEach(folded => folded.open = true)")
        with suppress(Error):  # the theme's script needs a moment
            page.wait_for_function(f"({SCROLLING}).length === 0", timeout=3000)
        found[name] = page.evaluate(SCROLLING)
    assert {name: boxes for name, boxes in found.items() if boxes} == {}


def test_at_twice_the_size_every_page_fits_its_width(browser: Browser, site: Served) -> None:
    """A window of 1280 in which a reader has zoomed to 200 %."""
    zoomed = browser.new_context(viewport={"width": 640, "height": 450}, device_scale_factor=2)
    with zoomed as context:
        page = context.new_page()
        rooms = {}
        for name in site.pages:
            page.goto(site.address + name)
            rooms[name] = page.evaluate(ROOM)
    assert {name: room for name, room in rooms.items() if room < 0} == {}


def test_in_high_contrast_the_boxes_of_a_figure_stay(page: Page, site: Served) -> None:
    page.emulate_media(forced_colors="active")
    page.goto(site.address + CHAPTER)
    boxes = page.evaluate(BOXES)
    assert boxes
    assert [box for box in boxes if not box["stands_out"]] == []


def test_without_motion_nothing_moves(page: Page, site: Served) -> None:
    page.emulate_media(reduced_motion="reduce")
    moving = {}
    for name in site.pages:
        page.goto(site.address + name)
        moving[name] = page.evaluate(MOVING)
    assert {name: found for name, found in moving.items() if found} == {}
