"""A reader marks pages as done, finds the marks again, and goes on where they left off."""

import re

from playwright.sync_api import Browser, expect

from tests.website.conftest import Served

PART = "working-with-text-data/"
FIRST, PAGE = f"{PART}understanding-word-embeddings/", f"{PART}tokenizing-text/"
SOLVED = """document.querySelectorAll("[data-exercise]").forEach(place => document.dispatchEvent(
  new CustomEvent("solved", {detail: JSON.parse(place.dataset.exercise).number})))"""
"""What the exercises of a page say once their checks are through."""


def test_a_reader_marks_pages_goes_on_and_forgets(browser: Browser, site: Served) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        errors: list[str] = []
        page.on("pageerror", lambda error: errors.append(str(error)))

        page.goto(site.address + FIRST)
        marked = page.get_by_role("button", name="This page is done")
        marked.click()
        expect(marked).to_have_attribute("aria-pressed", "true")
        expect(page.get_by_text("Marked, on this device only.")).to_be_visible()

        page.goto(site.address + PAGE)
        navigation = page.locator(".md-nav--primary")
        done = "Understanding word embeddings , done"
        expect(navigation.get_by_role("link", name=done)).to_be_visible()
        expect(marked).to_have_attribute("aria-pressed", "false")
        if page.locator("[data-exercise]").count():  # else this site has no Python for readers
            page.evaluate(SOLVED)
            expect(marked).to_have_attribute("aria-pressed", "true")
            marked.click()
        expect(marked).to_have_attribute("aria-pressed", "false")

        page.goto(site.address)
        onward = page.get_by_role("link", name="Continue where you left off")
        expect(onward).to_have_attribute("href", site.address + PAGE)
        expect(page.get_by_text(re.compile(r"^1 of \d+ pages are marked"))).to_be_visible()
        expect(page.locator(".path .way-words")).to_have_text(re.compile(r"^, 1 of \d+ done$"))
        other = context.new_page()  # another tab
        other.goto(f"{site.address}course/")
        expect(other.locator(".pages .done")).to_have_count(1)
        expect(other.get_by_text("you were here")).to_be_visible()

        page.get_by_role("button", name="Forget all of it").click()
        expect(page.get_by_text("Forgotten: no page is marked")).to_be_focused()
        begin = page.get_by_role("link", name="Begin with Part 1")
        expect(begin).to_have_attribute(
            "href", f"{site.address}understanding-large-language-models/"
        )
        expect(other.locator(".pages .done")).to_have_count(0)
        assert page.evaluate("Object.keys(localStorage).filter(key => /way/.test(key))") == []
        assert errors == []


def test_without_scripts_no_marks_and_no_button_for_them_are_shown(
    browser: Browser, site: Served
) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(site.address + PAGE)
        expect(page.get_by_role("button", name="This page is done")).to_have_count(0)
        page.goto(f"{site.address}course/")
        expect(page.get_by_text("marks it as done")).to_be_hidden()
        assert page.locator(".pages a").count() > 80
