import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.website.conftest import Served
from website.search import fuzzy_search

CHAPTER = "working-with-text-data/converting-tokens-into-token-ids/"
HEADING = re.compile(r"<h[12] id=[^>]*>(.*?)</h[12]>")


def ask(page: Page, query: str) -> None:
    page.get_by_role("textbox", name="Search").fill(query)
    page.keyboard.press("End")  # the theme looks when a key comes up


def found(page: Page) -> list[str]:
    """The pages that are found, the best first, below the site's address."""
    links: list[str] = page.evaluate(
        "[...document.querySelectorAll('.md-search-result__link')].map(link => link.pathname)"
    )
    return list(dict.fromkeys(links))


@pytest.fixture(scope="module")
def searching(browser: Browser, site: Served) -> Iterator[Page]:
    """A page with its search open."""
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(site.address)
        page.get_by_role("textbox", name="Search").click()
        yield page


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        # names from the code, whole and in part
        ("build_vocabulary", "reference/text/"),
        ("build_vocabulary", CHAPTER),
        ("SimpleTokenizerV1", CHAPTER),
        ("split_words", "reference/text/"),
        ("UnavailableError", "reference/text/"),
        ("TokenizerV1", CHAPTER),
        ("to_int", CHAPTER),
        # terms and headings
        ("emergent behavior", "glossary/"),
        ("byte pair encoding", "working-with-text-data/"),
        ("Splitting at white space", "working-with-text-data/tokenizing-text/"),
        # with a typing error
        ("vocabluary", CHAPTER),
        ("embeding", "working-with-text-data/understanding-word-embeddings/"),
        ("tokenizzer", CHAPTER),
    ],
)
def test_the_search_finds(searching: Page, site: Served, query: str, wanted: str) -> None:
    ask(searching, query)
    end = time.monotonic() + 5
    while site.base + wanted not in found(searching)[:5]:
        assert time.monotonic() < end, found(searching)
        time.sleep(0.05)


@pytest.mark.parametrize("term", ["vocabulary", "embedding"])
def test_a_term_leads_first_to_a_page_with_a_heading_about_it(
    searching: Page, site: Served, term: str
) -> None:
    """However many pages have the word."""
    ask(searching, "")
    expect(searching.locator(".md-search-result__meta")).to_contain_text("Type to start")
    ask(searching, term)
    expect(searching.locator(".md-search-result__meta")).to_contain_text("matching documents")
    first = found(searching)[0]
    headings = HEADING.findall(site.file(first).read_text(encoding="utf-8"))
    assert [heading for heading in headings if term in heading.lower()], first


def test_the_search_says_that_a_word_is_not_there(searching: Page) -> None:
    ask(searching, "hippopotamus")
    expect(searching.locator(".md-search-result__meta")).to_contain_text("No matching documents")
    assert found(searching) == []


def test_a_theme_without_a_search_is_a_problem(tmp_path: Path) -> None:
    (problem,) = fuzzy_search.forgive(tmp_path)
    assert "no search" in problem
