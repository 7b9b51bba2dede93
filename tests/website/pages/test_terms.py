"""The terms of the glossary, where the pages use them first."""

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.website.conftest import Served
from website.pages.terms import Glossary, entries, explain

GLOSSARY = Glossary(
    {
        "token": ("token", "A piece of text."),
        "token id": ("token-id", "A token's number."),
        "language model": ("language-model", 'A model of "language".'),
        "llm": ("language-model", 'A model of "language".'),
    }
)


def explained(text: str) -> str:
    return explain(f"<article>{text}</article>", GLOSSARY)


def test_reads_each_entry_without_its_pointer() -> None:
    page = """<dl>
      <dt id="llm">language model</dt><dt>LLM</dt>
      <dd><p>A model
        of language. See <a href="there">What</a>.</p></dd>
      <dt id="token">token</dt><dd>See also: a piece of text.</dd></dl>"""
    assert entries(page).meanings == {
        "language model": ("llm", "A model of language."),
        "llm": ("llm", "A model of language."),
        "token": ("token", "See also: a piece of text."),
    }


def test_an_empty_glossary_has_no_terms() -> None:
    glossary = entries("<article></article>")
    assert explain("<article><p>token</p></article>", glossary) == "<article><p>token</p></article>"


def test_the_first_use_alone_is_explained() -> None:
    page = explained("<p>One token.</p><p>A token, and a token.</p>")
    assert page.startswith('<article><p>One <span class="term"')
    assert page.count("A piece of text.") == 1
    assert page.endswith("<p>A token, and a token.</p></article>")


def test_the_longest_name_wins_and_both_are_explained() -> None:
    page = explained("<p>A token ID is not a token.</p>")
    assert page.index(">token ID</span>") < page.index(">token</span>")


@pytest.mark.parametrize("text", ["tokens", "Tokens", "TOKEN", "<strong>token</strong>s"])
def test_plurals_capitals_and_emphasis_are_uses_too(text: str) -> None:
    assert 'class="term"' in explained(f"<p>{text}</p>")


@pytest.mark.parametrize("text", ["tokenizer", "mytoken", "token-wise", "tokened"])
def test_words_that_are_no_terms_are_not_explained(text: str) -> None:
    assert explained(f"<p>{text}</p>") == f"<article><p>{text}</p></article>"


@pytest.mark.parametrize(
    "around",
    [
        '<p><a href="x">{}</a></p>',
        "<p><code>{}</code></p>",
        "<h2>{}</h2>",
        "<figure><svg><p><text>{}</text></p></svg></figure>",
        '<div class="highlight"><p>{}</p></div>',
        '<div class="doc doc-object"><p>{}</p></div>',
        "<ul><li><details><summary>{}</summary></details></li></ul>",
        "{}",
    ],
)
def test_outside_of_running_text_nothing_is_explained(around: str) -> None:
    page = around.format("token")
    assert explained(page) == f"<article>{page}</article>"


def test_two_names_of_one_term_are_explained_once() -> None:
    page = explained("<p>A language model, or LLM.</p>")
    assert page.count('id="term-language-model"') == 1


def test_what_surrounds_a_term_stays_as_it_is_written() -> None:
    page = explained("<p>a &amp; b<br>&quot;token&quot;<img src=x>&lt;LLM&gt;</p>")
    assert '&quot;<span class="term"' in page
    assert "<p>a &amp; b<br>&quot;" in page
    assert "A model of &quot;language&quot;." in page
    assert page.endswith("</span>&gt;</p></article>")


def test_a_letter_that_is_two_in_lower_case_moves_nothing() -> None:
    page = explained("<p>İzmir has İ and one token.</p>")
    assert page.startswith("<article><p>İzmir has İ and one <span")
    assert ">token</span>" in page


def test_the_meaning_is_tied_to_the_term_for_those_who_hear_the_page() -> None:
    page = explained("<p>token</p>")
    assert 'aria-describedby="term-token"' in page
    assert 'role="tooltip" id="term-token"' in page


TAUGHT = "understanding-large-language-models/introducing-the-transformer-architecture/"


def first_term(page: Page) -> tuple[Locator, Locator]:
    return page.locator(".term").first, page.locator(".meaning").first


def test_the_meaning_shows_while_the_term_has_the_focus(page: Page, site: Served) -> None:
    page.goto(site.address + TAUGHT)
    term, meaning = first_term(page)
    expect(meaning).not_to_be_visible()
    term.focus()
    expect(meaning).to_be_visible()
    page.keyboard.press("Tab")
    expect(meaning).not_to_be_visible()


def test_the_tab_key_reaches_the_term(page: Page, site: Served) -> None:
    page.goto(site.address + TAUGHT)
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('.term')"):
            return
    pytest.fail("no term was reached")


def test_pointing_shows_the_meaning_and_escape_puts_it_away(page: Page, site: Served) -> None:
    page.goto(site.address + TAUGHT)
    term, meaning = first_term(page)
    term.hover()
    expect(meaning).to_be_visible()
    page.keyboard.press("Escape")
    expect(meaning).not_to_be_visible()
    page.mouse.move(0, 0)
    term.hover()
    expect(meaning).to_be_visible()


def test_the_meaning_stays_while_it_is_pointed_at_itself(page: Page, site: Served) -> None:
    page.goto(site.address + TAUGHT)
    term, meaning = first_term(page)
    term.hover()
    box = meaning.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 20, box["y"] + box["height"] - 4, steps=8)
    page.wait_for_timeout(400)  # longer than it stays on its own
    expect(meaning).to_be_visible()


def test_a_tap_shows_each_meaning_within_a_small_screen(browser: Browser, site: Served) -> None:
    phone = browser.new_context(viewport={"width": 360, "height": 740}, has_touch=True)
    try:
        page = phone.new_page()
        page.goto(site.address + TAUGHT)
        every = page.locator(".term").all()
        assert every
        for term, meaning in zip(every, page.locator(".meaning").all(), strict=True):
            term.tap()
            expect(meaning).to_be_visible()
            box = meaning.bounding_box()
            assert box is not None
            assert box["x"] >= 0
            assert box["x"] + box["width"] <= 360
            page.locator("h1").tap()
            expect(meaning).not_to_be_visible()
    finally:
        phone.close()


def test_without_scripts_the_meaning_shows_too(browser: Browser, site: Served) -> None:
    plain = browser.new_context(java_script_enabled=False)
    try:
        page = plain.new_page()
        page.goto(site.address + TAUGHT)
        term, meaning = first_term(page)
        term.hover()
        expect(meaning).to_be_visible()
    finally:
        plain.close()


def test_the_glossary_is_sorted_and_each_entry_has_one_link(page: Page, site: Served) -> None:
    page.goto(site.address + "glossary/")
    names = page.locator("dt").all_inner_texts()
    assert names == sorted(names, key=str.lower)
    for entry in page.locator("dd").all():
        expect(entry.locator("a")).to_have_count(1)
