"""The search in its field, in a browser. What it finds is asked in test_queries.py."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.website.conftest import Served
from website.search import deferred_search

CHAPTER = "working-with-text-data/byte-pair-encoding/"


def ask(page: Page, query: str) -> None:
    page.get_by_role("textbox", name="Search").fill(query)
    page.keyboard.press("End")  # the theme looks when a key comes up


@pytest.fixture(scope="module")
def searching(browser: Browser, site: Served) -> Iterator[Page]:
    """A page with its search open."""
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(site.address)
        page.get_by_role("textbox", name="Search").click()
        yield page


def test_a_term_shows_the_chapter_that_teaches_it_and_then_its_own_line(searching: Page) -> None:
    ask(searching, "BPE")
    chapter, term = (searching.locator(".md-search-result__item").nth(at) for at in (0, 1))
    expect(chapter.locator("h1")).to_have_text("Byte pair encoding")
    expect(term.locator("h2")).to_have_text("byte pair encoding")
    expect(term.locator("article p")).to_contain_text("BPE for short.")
    assert len(term.inner_text()) < 300


def test_the_search_says_that_a_word_is_not_there(searching: Page) -> None:
    ask(searching, "hippopotamus")
    expect(searching.locator(".md-search-result__meta")).to_contain_text("No matching documents")
    expect(searching.locator(".md-search-result__link")).to_have_count(0)


def test_what_is_typed_last_is_answered(searching: Page) -> None:
    for query in ("softmax", "softm", "hippopotamus", "BPE"):
        ask(searching, query)
    expect(searching.locator(".md-search-result__item h1").first).to_have_text("Byte pair encoding")


def test_the_enter_key_opens_the_best_result(searching: Page, site: Served) -> None:
    ask(searching, "BPE")
    expect(searching.locator(".md-search-result__item h1").first).to_have_text("Byte pair encoding")
    searching.keyboard.press("Enter")
    searching.wait_for_url(f"{site.address}{CHAPTER}?h=bpe")


def test_a_theme_without_a_search_is_a_problem(tmp_path: Path) -> None:
    (problem,) = deferred_search.publish(tmp_path, [])
    assert "no place" in problem
