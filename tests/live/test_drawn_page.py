"""A figure that is drawn again, as its reader uses it: by keyboard, on a phone, without scripts."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.live.conftest import PYTHON_STARTS, Host
from tests.live.test_playground_page import PAGE_WIDTH, SET_SCHEME, WIDTHS_AND_SCHEMES
from tests.site.axe import AXE, SETTLE
from website.pyodide import runtime

FAULTS = """async () => (await axe.run("[data-live=drawing]", {preload: false})).violations.flatMap(
  ({id, nodes}) => nodes.map(({target}) => `${id}: ${target}`))"""
ADDRESS = "working-with-text-data/byte-pair-encoding/"


@pytest.fixture(autouse=True)
def _has_story() -> None:
    if not runtime.the_story():
        pytest.skip("the figure shows the story, which this site does not have")


def test_the_figure_follows_what_is_typed(page: Page, host: Host) -> None:
    page.set_viewport_size({"width": 360, "height": 900})
    page.goto(host.address + ADDRESS)
    figure = page.locator("[data-live=drawing]")
    word, merges = figure.get_by_role("textbox"), figure.get_by_role("spinbutton")
    status, steps = figure.get_by_role("status"), figure.get_by_role("radio")
    drawing = figure.get_by_role("img")
    before = drawing.evaluate("svg => svg.outerHTML")
    expect(steps).to_have_count(8)

    merges.focus()
    page.keyboard.press("Control+A")
    page.keyboard.type("744")  # what is drawn already
    expect(status).to_have_text("8 bytes, 7 merges, 1 token: ␣thought", timeout=PYTHON_STARTS)
    assert drawing.evaluate("svg => svg.outerHTML") == before

    page.keyboard.press("Shift+Tab")
    expect(word).to_be_focused()
    page.keyboard.press("Control+A")
    page.keyboard.type("<b>")
    expect(status).to_contain_text("Type one word", timeout=PYTHON_STARTS)
    assert drawing.evaluate("svg => svg.outerHTML") == before  # what was there stays
    word.fill(" then")
    expect(status).to_have_text("5 bytes, 4 merges, 1 token: ␣then", timeout=PYTHON_STARTS)
    expect(steps).to_have_count(5)
    expect(word).to_be_focused()
    merges.fill("0")
    expect(status).to_have_text("5 bytes, 0 merges, 5 tokens: ␣ t h e n", timeout=PYTHON_STARTS)
    expect(steps).to_have_count(0)
    expect(figure.locator("desc")).to_contain_text("No merge fits")

    page.evaluate(AXE)
    found = {}
    word.fill(" internationalization")
    merges.fill("2517")
    expect(status).to_contain_text("21 bytes", timeout=PYTHON_STARTS)
    for width, scheme in WIDTHS_AND_SCHEMES:
        page.set_viewport_size({"width": width, "height": 900})
        page.evaluate(SET_SCHEME, scheme)
        page.evaluate(SETTLE)
        found[f"{width}, {scheme}"] = page.evaluate(FAULTS)
        assert page.evaluate(PAGE_WIDTH) <= width
    assert not any(found.values()), found


def test_without_scripts_it_is_whole_and_has_no_fields(browser: Browser, host: Host) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(host.address + ADDRESS)
        figure = page.locator("[data-live=drawing]")
        expect(figure.get_by_role("img", name="The merges of a word")).to_be_visible()
        expect(figure.locator("[data-step]")).to_have_count(7)
        expect(figure.locator("input[name=word]")).to_be_hidden()
        expect(figure.get_by_text("A key loads Python")).to_be_hidden()
