"""What a reader's browser does with the built site."""

import re
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest
from playwright.sync_api import Browser, Locator, Page, Request, expect

from proof import notebook
from tests.conftest import LIMIT
from tests.site.visits import COPIED
from tests.website.conftest import ROOT, Served

DOCS = ROOT / "docs"
NOTEBOOK = "working-with-text-data/the-story-in-numbers/"
CHAPTER = "working-with-text-data/tokenizing-text/"


@pytest.fixture
def requests(page: Page) -> list[Request]:
    found: list[Request] = []
    page.on("request", lambda request: found.append(request))  # noqa: PLW0108 # a method will not do
    return found


@pytest.fixture
def complaints(page: Page) -> list[str]:
    """What the browser's console and its network complain of."""
    found: list[str] = []
    page.on("console", lambda m: found.append(m.text) if m.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: found.append(str(error)))
    page.on("requestfailed", lambda request: found.append(f"failed: {request.url}"))
    page.on("response", lambda r: found.append(f"{r.status}: {r.url}") if r.status > 399 else None)
    return found


def until(page: Page, is_so: Callable[[], bool]) -> None:
    """Wait for what the browser does, however busy the machine is."""
    for _ in range(LIMIT // 50):
        if is_so():
            break
        page.wait_for_timeout(50)


def test_a_page_may_not_load_from_elsewhere(
    page: Page, site: Served, complaints: list[str]
) -> None:
    page.goto(site.address, wait_until="networkidle")
    page.evaluate("document.body.append(Object.assign(new Image(), {src: 'http://127.0.0.2/'}))")
    page.evaluate(
        "document.body.append(Object.assign(document.createElement('script'), {text: 1}))"
    )

    def refused() -> list[str]:
        return [text for text in complaints if "Content Security Policy" in text]

    until(page, lambda: len(refused()) >= 2)
    assert len(refused()) == 2


def test_what_is_not_there_has_a_page(page: Page, site: Served, requests: list[Request]) -> None:
    answer = page.goto(f"{site.address}nowhere/at/all/", wait_until="networkidle")
    assert answer
    assert answer.status == 404
    expect(page.get_by_role("heading", level=1)).to_contain_text("404")
    loaded = [request.response() for request in requests[1:]]
    assert all(response and response.ok for response in loaded)
    page.get_by_role("link", name="Verdict").first.click()
    expect(page).to_have_url(site.address)


def test_search_finds_a_word_and_its_result_opens(page: Page, site: Served) -> None:
    page.goto(site.address)
    page.get_by_role("textbox", name="Search").click()
    page.keyboard.type("vocabulary")
    result = page.locator(".md-search-result__link").first
    result.wait_for()
    page.keyboard.press("Control+A")
    page.keyboard.type("glossary")
    expect(result).to_contain_text("Glossary")
    page.keyboard.press("Control+A")
    page.keyboard.press("Delete")
    expect(result).to_have_count(0)
    page.keyboard.type("vocabulary")
    result.click()
    page.wait_for_load_state()
    assert page.url != site.address
    expect(page.locator("article")).to_contain_text(re.compile("vocabulary", re.IGNORECASE))


def scheme(page: Page) -> str | None:
    return page.locator("body").get_attribute("data-md-color-scheme")


def test_light_and_dark_follow_the_system_and_the_reader(
    browser: Browser, page: Page, site: Served
) -> None:
    page.goto(site.address)
    assert scheme(page) == "default"
    page.get_by_title("Switch to dark mode").click()
    assert scheme(page) == "slate"
    page.goto(site.address + CHAPTER)
    assert scheme(page) == "slate"
    page.get_by_title("Switch to light mode").click()
    assert scheme(page) == "default"

    with browser.new_context(color_scheme="dark") as context:
        dark = context.new_page()
        dark.goto(site.address)
        assert scheme(dark) == "slate"


def test_the_contents_lead_to_their_headings(page: Page, site: Served) -> None:
    page.goto(site.address + CHAPTER)
    last = page.locator(".md-sidebar--secondary .md-nav__link").last
    last.click()
    heading = page.locator(f"[id='{str(last.get_attribute('href')).partition('#')[2]}']")
    expect(heading).to_be_in_viewport()
    expect(heading).to_contain_text(last.inner_text().strip())


def copied(page: Page, block: Locator) -> str:
    page.evaluate("navigator.clipboard.writeText('nothing was copied')")
    block.hover()
    block.locator("button[data-md-type=copy]").click()
    text = "nothing was copied"

    def is_copied() -> bool:
        nonlocal text
        text = str(page.evaluate("navigator.clipboard.readText()"))
        return text != "nothing was copied"

    until(page, is_copied)
    return text


def allow_clipboard(page: Page, site: Served) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=site.origin)


def test_the_button_copies_exactly_a_notebooks_code(page: Page, site: Served) -> None:
    cells = notebook.cells(notebook.read(DOCS / f"{NOTEBOOK.rstrip('/')}.ipynb"))
    allow_clipboard(page, site)
    page.goto(site.address + NOTEBOOK)
    blocks = page.locator(".language-python").all()
    assert [copied(page, block) for block in blocks] == [cell.source for cell in cells]
    expect(page.locator(".language-output button")).to_have_count(0)


def test_the_button_copies_no_prompts_and_no_marks(page: Page, sample: Served) -> None:
    allow_clipboard(page, sample)
    page.goto(sample.address)
    blocks = page.locator(".highlight:has(button)").all()
    assert [copied(page, block) for block in blocks] == [
        "def double(number):\n    return 2 * number\n\n\nprint(double(21))",
        "first = 1\nsecond = 2\nthird = 3  # not a note",
        "double(1)\nfor number in (1, 2):\n    print(number)",
        ">>> is a mark here",
    ]
    expect(page.locator(".md-annotation__index").first).to_have_attribute("aria-label", "Note 1")


def test_the_button_copies_an_example_of_the_reference_without_prompts(
    page: Page, site: Served
) -> None:
    allow_clipboard(page, site)
    page.goto(f"{site.address}reference/text/")
    shown = page.locator(".language-pycon").all_inner_texts()
    assert shown
    for code, session in zip(page.evaluate(COPIED, ".language-pycon"), shown, strict=True):
        assert code.split("\n") == re.findall(r"^(?:>>>|\.\.\.) ?(.*)$", session, re.MULTILINE)
    expect(page.locator(".language-signature button")).to_have_count(0)


def test_a_plot_has_a_name_and_follows_light_and_dark(page: Page, site: Served) -> None:
    page.goto(site.address + NOTEBOOK)
    plot = page.get_by_role("img", name="The twelve commonest words of the story")
    expect(plot).to_be_visible()
    colours = {}
    for mode, other in (("light", "dark"), ("dark", "light")):
        colours[mode] = plot.evaluate(
            "plot => [...plot.querySelectorAll('path, text')].map(e => getComputedStyle(e).fill)"
        )
        assert "rgb(0, 0, 0)" not in colours[mode]
        page.get_by_title(f"Switch to {other} mode").click()
    pairs = zip(colours["light"], colours["dark"], strict=True)
    assert all(light != dark for light, dark in pairs if light != "none")


def test_a_notebook_can_be_downloaded(page: Page, site: Served) -> None:
    page.goto(site.address + NOTEBOOK)
    with page.expect_download() as download:
        page.get_by_title("Download this notebook").click()
    stored = DOCS / f"{NOTEBOOK.rstrip('/')}.ipynb"
    assert download.value.suggested_filename == stored.name
    (install, _), *cells = code_of(download.value.path())
    assert "pip install" in install
    assert cells == code_of(stored)


def code_of(notebook: Path) -> list[tuple[str, str]]:
    """The code of a notebook and what it printed, cell by cell."""
    return [
        (cell.source, "".join(each.get("text", "") for each in cell.outputs))
        for cell in nbformat.read(notebook, as_version=4).cells  # type: ignore[no-untyped-call]
        if cell.cell_type == "code"
    ]
