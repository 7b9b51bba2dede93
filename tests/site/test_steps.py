"""Figures that readers can go through step by step."""

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.conftest import LIMIT
from tests.website.conftest import ROOT, Served

DOCS = ROOT / "docs"
# All that a test looks at, at once: each question from outside costs more than its answer.
LOOK = """figure => {
  figure.getAnimations({subtree: true}).forEach(fading => fading.finish())
  const all = selector => [...figure.querySelectorAll(selector)]
  const box = element => {
    const {x, y, width, height} = element.getBoundingClientRect()
    return [x, y, width, height]
  }
  return {
    dimmed: all("[data-step]").map(step => Number(getComputedStyle(step).opacity) < 1),
    said: all(".says > *").filter(line => line.checkVisibility({visibilityProperty: true}))
      .map(line => line.textContent),
    chosen: all(":checked").map(radio => radio.ariaLabel),
    buttons: all(".steps label").map(box),
    caption: box(figure.querySelector("figcaption")),
  }
}"""
# The Tab key goes on from where the focus was last, here from the line above the figure.
BEGIN_ABOVE = """figure => {
  const above = document.createElement("span")
  above.tabIndex = -1
  figure.before(above)
  above.focus()
}"""


class Stepped(NamedTuple):
    """A figure with steps: the address of its page, its id there, what each step says."""

    page: str
    id: str
    says: list[str]


def stepped() -> Iterator[Stepped]:
    for page in sorted(DOCS.rglob("*.md")):
        for included in re.findall(r'^--8<-- "(.+\.svg)"', page.read_text(encoding="utf-8"), re.M):
            tree = ET.parse(DOCS / included)
            says = [each.get("data-says", "") for each in tree.iter() if each.get("data-step")]
            if says:
                address = page.relative_to(DOCS).with_suffix("").as_posix() + "/"
                name = Path(included).stem.replace("_", "-")
                yield Stepped(address.removesuffix("index/"), name, says)


@pytest.fixture(scope="module", params=stepped(), ids=lambda figure: figure.id)
def figure(request: pytest.FixtureRequest) -> Stepped:
    found: Stepped = request.param
    return found


class Look(NamedTuple):
    """What a reader sees of a figure, once all fading is over."""

    dimmed: list[bool]  # each step
    said: list[str]  # the sentences below the buttons
    chosen: list[str]  # the names of the buttons that are pressed
    buttons: list[list[float]]  # of each its x, y, width and height, in px
    caption: list[float]  # the same


def look(found: Locator) -> Look:
    return Look(**found.evaluate(LOOK))


@pytest.fixture(scope="module")
def window(browser: Browser) -> Iterator[Page]:
    with browser.new_context(color_scheme="light") as context:
        yield context.new_page()


@pytest.fixture(scope="module")
def phone(browser: Browser) -> Iterator[Page]:
    size = {"width": 360, "height": 740}
    with browser.new_context(viewport=size, has_touch=True) as context:  # type: ignore[arg-type]
        yield context.new_page()


@pytest.fixture(scope="module")
def without_scripts(browser: Browser) -> Iterator[Page]:
    with browser.new_context(java_script_enabled=False) as context:
        yield context.new_page()


@pytest.fixture(scope="module")
def opened(window: Page, site: Served, figure: Stepped) -> Locator:
    """The figure on its page, which its tests open once."""
    return shown(window, site, figure)


@pytest.fixture
def found(opened: Locator) -> Iterator[Locator]:
    """The figure in a wide window, before any step is chosen."""
    fit(opened, 1280)
    yield opened
    opened.page.emulate_media(media="null", reduced_motion="null")
    choose(opened, "All")


@pytest.fixture(scope="module", params=[1280, 360])
def looks(request: pytest.FixtureRequest, opened: Locator) -> list[Look]:
    """The figure before any step is chosen, at each step, and with all of them again."""
    fit(opened, request.param)
    found = [look(opened)]
    for label in opened.locator(".steps label").all():
        label.click()
        found.append(look(opened))
    return found


def fit(found: Locator, width: int) -> None:
    found.page.set_viewport_size({"width": width, "height": 900})
    found.scroll_into_view_if_needed()


def shown(page: Page, site: Served, figure: Stepped) -> Locator:
    page.set_default_timeout(LIMIT)
    page.goto(site.address + figure.page)
    found = page.locator(f"figure:has(> svg#{figure.id})")
    found.scroll_into_view_if_needed()
    return found


def choose(found: Locator, number: int | str) -> None:
    found.locator("label").get_by_text(str(number), exact=True).click()


def dimmed(found: Locator) -> list[bool]:
    return look(found).dimmed


def test_all_steps_show_until_one_is_chosen(
    looks: list[Look], opened: Locator, figure: Stepped
) -> None:
    assert looks[0].dimmed == [False] * len(figure.says)
    assert looks[0].chosen == ["All steps"]
    group = opened.get_by_role("group", name=re.compile("^Go through the figure: "))
    expect(group.get_by_role("radio")).to_have_count(len(figure.says) + 1)
    expect(group.get_by_role("radio", name="All steps")).to_be_checked()


def test_a_step_dims_what_comes_later_and_says_what_happens(
    looks: list[Look], figure: Stepped
) -> None:
    count = len(figure.says)
    before, *steps, after = looks
    for number, (step, sentence) in enumerate(zip(steps, figure.says, strict=True), 1):
        assert step.chosen == [f"Step {number} of {count}: {sentence}"]
        assert step.dimmed == [place > number for place in range(1, count + 1)]
        assert step.said == [sentence]
    assert after == before


def test_the_buttons_of_steps_can_be_hit_and_a_press_moves_nothing(looks: list[Look]) -> None:
    before, *others = looks
    assert min(min(width, height) for _, _, width, height in before.buttons) >= 36
    assert len({y for _, y, _, _ in before.buttons}) == 1, "the buttons need two rows"
    for other in others:
        assert (other.buttons, other.caption) == (before.buttons, before.caption)


def test_a_press_on_a_part_opens_what_the_page_says_of_it(found: Locator, figure: Stepped) -> None:
    folds = found.page.locator("details.part")
    parts = found.locator("[data-step]")
    if figure.id != "architecture":
        expect(folds).to_have_count(0)
        expect(found.locator(".pressable")).to_have_count(0)
        return
    expect(folds).to_have_count(len(figure.says))
    assert folds.evaluate_all("all => all.map(fold => fold.open)") == [False] * len(figure.says)
    for place in range(len(figure.says)):
        parts.nth(place).locator("text").first.click()
        is_open = folds.evaluate_all("all => all.map(fold => fold.open)")
        assert is_open == [number == place for number in range(len(figure.says))]
        expect(folds.nth(place).locator("summary")).to_be_in_viewport()
        expect(folds.nth(place).locator("code").first).to_be_visible()
    assert dimmed(found) == [False] * len(figure.says)


def test_steps_can_be_chosen_with_the_keyboard(found: Locator, figure: Stepped) -> None:
    page = found.page
    radios = found.get_by_role("radio")
    last = found.get_by_role("radio", name="All steps")
    found.evaluate(BEGIN_ABOVE)
    for _ in range(5):
        page.keyboard.press("Tab")
        if last.evaluate("radio => radio === document.activeElement"):
            break
    expect(last).to_be_focused()
    page.keyboard.press("ArrowRight")  # round to the first
    expect(radios.first).to_be_checked()
    page.keyboard.press("ArrowRight")
    expect(radios.nth(1)).to_be_checked()
    assert dimmed(found) == [False, False] + [True] * (len(figure.says) - 2)
    outline = found.locator("label").nth(1).evaluate("label => getComputedStyle(label).outline")
    assert "solid" in outline
    page.keyboard.press("ArrowLeft")
    expect(radios.first).to_be_checked()


def test_steps_can_be_chosen_by_touch(phone: Page, site: Served, figure: Stepped) -> None:
    found = shown(phone, site, figure)
    found.locator("label").first.tap()
    assert dimmed(found) == [False] + [True] * (len(figure.says) - 1)


def test_all_steps_show_without_motion_and_on_paper(found: Locator) -> None:
    page = found.page
    choose(found, 1)
    assert any(dimmed(found))
    page.emulate_media(reduced_motion="reduce")
    assert not any(dimmed(found))
    expect(found.locator(".steps")).to_be_hidden()
    page.emulate_media(reduced_motion="no-preference", media="print")
    assert not any(dimmed(found))
    expect(found.locator(".steps")).to_be_hidden()


def test_all_steps_show_without_scripts(
    without_scripts: Page, site: Served, figure: Stepped
) -> None:
    found = shown(without_scripts, site, figure)
    expect(found.locator("svg")).to_be_visible()
    expect(found.locator(".later")).to_have_count(0)
    expect(found.locator(".steps")).to_have_count(0)
