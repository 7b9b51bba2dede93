"""The site without a mouse, and in high contrast."""

import pytest
from playwright.sync_api import Page

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
BOXES = """[...document.querySelectorAll("article figure svg rect")].map(box => {
  const {fill, stroke, strokeWidth} = getComputedStyle(box)
  const page = getComputedStyle(document.body).backgroundColor
  const seen = stroke !== "none" && parseFloat(strokeWidth) > 0 ? stroke : fill
  return {box: box.outerHTML.slice(0, 120), seen, stands_out: seen !== page && seen !== "none"}
})"""


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


def test_in_high_contrast_the_boxes_of_a_figure_stay(page: Page, site: Served) -> None:
    page.emulate_media(forced_colors="active")
    page.goto(site.address + CHAPTER)
    boxes = page.evaluate(BOXES)
    assert boxes
    assert [box for box in boxes if not box["stands_out"]] == []
