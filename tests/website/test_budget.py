"""What a page costs before any click stays within budget.toml, and nothing on it jumps."""

import gzip
import re
import tomllib
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.website.conftest import ROOT, Served, served
from website.build import build

BUDGET = tomllib.loads(Path(__file__).with_name("budget.toml").read_text(encoding="utf-8"))
PACKED = {".css", ".html", ".js", ".json", ".svg", ".txt", ".xml"}
"""What a server sends gzipped; fonts and pictures are packed as they are."""
WATCH = """
window.shifts = []
new PerformanceObserver(list => shifts.push(...list.getEntries().map(
  ({value, sources}) => [value.toFixed(4), ...sources.map(({node}) => {
    const text = node?.textContent.trim().replace(/\\s+/g, " ").slice(0, 40)
    return node ? `${node.nodeName.toLowerCase()} '${text}'` : "what is gone"
  })].join(" ")
))).observe({type: "layout-shift", buffered: true})
"""
"""Notes each shift of a page: how much, and of each element its tag and how its text begins."""


def kind(name: str, html: str) -> str:
    """The kind of a page, as budget.toml has it."""
    if name in ("", "changes/", "reference/"):
        return name.strip("/") or "home"
    if (ROOT / "docs" / f"{name.rstrip('/')}.ipynb").exists():
        return "notebook"
    return "page-with-figures" if "<figure" in html else "page"


@cache
def weight(path: Path) -> int:
    """The bytes of a file's contents on the wire."""
    data = path.read_bytes()
    return len(gzip.compress(data, 6) if path.suffix in PACKED else data)


def loaded(page: Page, address: str) -> list[str]:
    """What a page loads before any click."""
    found: list[str] = []
    page.on("request", lambda request: found.append(request.url))
    page.goto(address, wait_until="networkidle")
    return [url for url in found if not url.startswith("data:")]


@pytest.mark.parametrize("width", [390, 1280])
def test_every_page_is_within_its_budget_and_stands_still(
    browser: Browser, site: Served, width: int
) -> None:
    over = []
    kinds = set()
    for name in site.pages:
        with browser.new_context(viewport={"width": width, "height": 844}) as context:
            context.add_init_script(WATCH)
            page = context.new_page()
            addresses = loaded(page, site.address + name)
            shifts = page.evaluate("shifts")
            announced = page.locator("link[rel=preload][as=font]").evaluate_all(
                "links => links.map(link => link.href)"
            )
            of = kind(name, page.content())
        kinds.add(of)
        files = [site.file(urlsplit(url).path) for url in addresses]
        size = sum(map(weight, files)) / 1000
        if len(files) > BUDGET[of]["requests"] or size > BUDGET[of]["kilobytes"]:
            over.append(f"{name or 'home'}: {len(files)} requests, {size:.1f} kB: {addresses}")
        faces = [url for url in addresses if url.endswith(".woff2")]
        if sorted(faces) != sorted(announced):
            over.append(f"{name or 'home'} announces {announced} and loads {faces}")
        over += [f"{name or 'home'} moves: {shift}" for shift in shifts]
    assert over == []
    assert kinds == BUDGET.keys()


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("name", ["", "working-with-text-data/tokenizing-text/", "glossary/"])
def test_a_font_that_comes_late_moves_nothing(
    browser: Browser, site: Served, name: str, width: int
) -> None:
    with (
        served(site.folder, site.base, late=".woff2") as slow,
        browser.new_context(viewport={"width": width, "height": 844}) as context,
    ):
        context.add_init_script(WATCH)
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
        context.add_init_script(WATCH)
        page = context.new_page()
        page.goto(f"{small.address}short/", wait_until="networkidle")
        button = page.get_by_role("button", name="Copy this page as Markdown")
        expect(button).to_be_in_viewport()
        page.wait_for_timeout(200)
        assert page.evaluate("shifts") == []


def test_what_jumps_is_seen_and_named(page: Page, site: Served) -> None:
    page.add_init_script(WATCH)
    page.goto(site.address, wait_until="networkidle")
    page.evaluate("document.body.prepend(Object.assign(new Image(), {height: 200, width: 200}))")
    page.wait_for_function("shifts.length")
    assert re.fullmatch(r"0\.\d{4}( \w+ '[^']+'| what is gone)+", page.evaluate("shifts")[0])
