"""Nothing jumps on a page that is short, or whose fonts come late; what jumps is seen."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.site.visits import SHIFTS
from tests.website.conftest import Served, served
from website.build import build


def loaded(page: Page, address: str) -> list[str]:
    """What a page loads before any click."""
    found: list[str] = []
    page.on("request", lambda request: found.append(request.url))
    page.goto(address, wait_until="networkidle")
    return [url for url in found if not url.startswith("data:")]


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("name", ["", "working-with-text-data/tokenizing-text/", "glossary/"])
def test_a_font_that_comes_late_moves_nothing(
    browser: Browser, site: Served, name: str, width: int
) -> None:
    with (
        served(site.folder, site.base, late=".woff2") as slow,
        browser.new_context(viewport={"width": width, "height": 844}) as context,
    ):
        context.add_init_script(SHIFTS)
        page = context.new_page()
        assert any(url.endswith(".woff2") for url in loaded(page, slow.address + name))
        page.evaluate("document.fonts.ready")
        page.wait_for_timeout(200)
        assert page.evaluate("shifts") == []


@pytest.mark.parametrize("width", [390, 1280])
def test_a_page_that_fits_the_screen_stands_still(
    browser: Browser, in_project: Path, tmp_path: Path, width: int
) -> None:
    """On such a page the reader sees the row at its foot, where a script shows a button."""
    short = in_project / "docs" / "short.md"
    short.write_text("# Short\n\nOne line.\n", encoding="utf-8")
    try:
        build(tmp_path / "site", preview="http://127.0.0.1:8000/book/")
    finally:
        short.unlink()
    with (
        served(tmp_path / "site", "/book/") as small,
        browser.new_context(viewport={"width": width, "height": 844}) as context,
    ):
        context.add_init_script(SHIFTS)
        page = context.new_page()
        page.goto(f"{small.address}short/", wait_until="networkidle")
        button = page.get_by_role("button", name="Copy this page as Markdown")
        expect(button).to_be_in_viewport()
        page.wait_for_timeout(200)
        assert page.evaluate("shifts") == []


def test_what_jumps_is_seen_and_named(page: Page, site: Served) -> None:
    page.add_init_script(SHIFTS)
    page.goto(site.address, wait_until="networkidle")
    page.evaluate("document.body.prepend(Object.assign(new Image(), {height: 200, width: 200}))")
    for _ in range(200):  # the page's policy forbids to wait for a function
        if page.evaluate("shifts.length"):
            break
        page.wait_for_timeout(50)
    assert re.fullmatch(r"0\.\d{4}( \w+ '[^']+'| what is gone)+", page.evaluate("shifts")[0])
