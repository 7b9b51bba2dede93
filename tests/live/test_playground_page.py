"""The playground, as its reader uses it: on a page of its own, and on the home page."""

import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.live.conftest import PYTHON_STARTS, Host
from tests.live.findings import findings_again
from tests.live.test_failures import gone
from tests.site.axe import bring_axe, findings
from tests.website.conftest import served

WIDTHS_AND_SCHEMES = ((1280, "default"), (360, "slate"))  # wide and light, narrow and dark
SET_SCHEME = "scheme => document.body.setAttribute('data-md-color-scheme', scheme)"
PAGE_WIDTH = "document.documentElement.scrollWidth"
PASTE = """text => new Promise(resolve => {
  const field = document.activeElement
  field.addEventListener("input", resolve, {once: true})
  field.select()
  field.dispatchEvent(new InputEvent("beforeinput", {
    inputType: "insertFromPaste", data: text, bubbles: true, cancelable: true,
  }))
}).then(() => {})"""
TYPE_HALF_A_CHARACTER = """() => {
  document.activeElement.value = "a\\ud800b"
  document.activeElement.dispatchEvent(new Event("input", {bubbles: true}))
}"""


class Playground:
    """A playground, as its reader handles it."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.figure = page.locator("[data-live=playground]")
        self.status = self.figure.get_by_role("status")
        self.text = self.figure.get_by_role("textbox", name="Text", exact=True)
        self.ids = self.figure.get_by_role("textbox", name="Token IDs")
        self.tokens = self.figure.get_by_role("list", name="Its tokens")
        self.pieces = self.tokens.get_by_role("listitem")

    def says(self, words: str) -> None:
        expect(self.status).to_contain_text(words, timeout=PYTHON_STARTS)

    def choose(self, name: str) -> None:
        self.figure.get_by_role("radio", name=name).check()

    def has(self, name: str) -> Locator:
        return self.figure.locator(f"[data-part={name}]")


@pytest.fixture
def playground(page: Page, host: Host) -> Playground:
    page.goto(f"{host.address}playground/")
    return Playground(page)


def test_home_has_tokens_at_once_and_comes_alive_with_a_key(page: Page, host: Host) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(host.address, wait_until="networkidle")
    live = [url.rsplit("/", 1)[1].split(".")[0] for url in asked if "/live/" in url]
    assert sorted(live) == ["page", "playground", "waiting"]
    home = Playground(page)
    expect(home.figure).to_contain_text(re.compile(r"7\.\d MB and, for GPT-2's files, 0\.\d MB"))
    before = home.tokens.inner_html()
    field = home.figure.get_by_role(
        "textbox", name="Type a sentence of your own, and see its tokens"
    )
    field.focus()  # a reader who only passes by with the Tab key
    assert len([url for url in asked if "/live/" in url]) == 3
    page.keyboard.press("End")
    page.keyboard.type(" ")
    page.keyboard.press("Backspace")
    home.says("11 tokens for 41 characters.")
    assert home.tokens.inner_html() == before  # the build and the browser write the same
    page.keyboard.type(" Zxq")
    home.says("14 tokens for 45 characters.")
    assert "unknown" not in home.tokens.inner_text()
    assert all(url.startswith((host.address, f"blob:{host.address}")) for url in asked)
    home.figure.get_by_role("link", name="The playground").click()
    linked = Playground(page)
    expect(linked.text).to_have_value("Unbelievable: models read tokenized text. Zxq")
    expect(linked.figure.get_by_role("radio", name="GPT-2")).to_be_checked()


def test_each_tokenizer_goes_from_text_to_ids_and_back(page: Page, playground: Playground) -> None:
    before = playground.tokens.inner_html()
    playground.text.click()
    playground.says("14 tokens, 1 of them unknown.")
    assert playground.tokens.inner_html() == before
    playground.choose("Words only")
    playground.says("KeyError: 'Hello'")
    playground.says("This word is not in the vocabulary")
    expect(playground.pieces.first).to_have_text("Hellono ID unknown")
    playground.choose("Byte pairs")
    expect(playground.has("made")).to_have_text(
        "757 tokens, 500 of them from merges", timeout=PYTHON_STARTS
    )
    expect(playground.has("same")).to_have_text("the same text")
    playground.figure.get_by_role("spinbutton", name="Merges").fill("0")
    expect(playground.has("made")).to_have_text("257 tokens, 0 of them from merges")
    playground.figure.get_by_role("spinbutton", name="Merges").fill("99999999")
    playground.says("Merges: a whole number from 0 to 20000.")
    playground.choose("GPT-2")
    expect(playground.has("made")).to_contain_text("50,257 tokens", timeout=PYTHON_STARTS)
    expect(playground.has("learned")).to_be_hidden()
    playground.ids.fill("15496, 11, 8887")
    expect(playground.text).to_have_value("Hello, tea")
    expect(playground.pieces).to_have_text(["Hello15496", ",11", " tea8887"])
    playground.ids.fill("15496 abc")
    playground.says("TypeError: a token ID must be an integer, not str: 'abc'")
    playground.ids.fill("-1")
    playground.says("KeyError: 'token ID -1 is not in this vocabulary of 50,257 tokens")
    playground.text.fill("<img src=x onerror=alert(1)> שלום 👩‍👩‍👧 e\u0301\n\t\u00a0")
    playground.says("tokens for")
    expect(playground.tokens.locator("img")).to_have_count(0)
    expect(playground.has("same")).to_have_text("the same text")
    expect(playground.tokens.locator(".line, .tab, .code")).to_have_count(3)
    playground.text.fill("")
    playground.says("0 tokens for 0 characters.")
    page.evaluate(TYPE_HALF_A_CHARACTER)
    playground.says("5 tokens for 3 characters.")
    expect(playground.has("same")).to_have_text("the same text")
    playground.choose("Words, with")
    playground.choose("a text of mine")
    playground.figure.get_by_role("textbox", name="The text to learn from").fill("so a b")
    playground.text.fill("so what")
    playground.says("2 tokens, 1 of them unknown.")
    expect(playground.has("made")).to_have_text("5 tokens")


def test_a_long_paste_is_shown_in_part_and_long_work_can_be_stopped(
    page: Page, playground: Playground
) -> None:
    playground.choose("Byte pairs")
    playground.choose("a text of mine")
    playground.text.focus()
    page.evaluate(PASTE, "0123456789 " * 90_000)
    playground.says("The first 2,000 are shown.")
    expect(playground.pieces).to_have_count(2000)
    expect(playground.has("counts")).to_contain_text("990,000")
    playground.figure.get_by_role("textbox", name="The text to learn from").focus()
    page.evaluate(PASTE, "".join(f"{number:x} " for number in range(200_000)))
    playground.figure.get_by_role("button", name="Stop").click(timeout=PYTHON_STARTS)
    playground.says("Stopped.")
    playground.text.fill("so")
    playground.choose("the story")
    playground.says("2 tokens for 2 characters.")


def test_a_link_carries_the_text_and_nothing_runs_before_it_is_asked_for(
    page: Page, host: Host, playground: Playground
) -> None:
    text = "<b>\"Hi\" & 'so'</b>\n👩‍👩‍👧 #?=+%"
    fields = {"text": text, "tokenizer": "pairs", "source": "story", "merges": 7}
    address = f"{host.address}playground/#{urlencode(fields)}"
    asked: list[str] = []
    errors: list[str] = []
    page.goto("about:blank")
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(address, wait_until="networkidle")
    assert not [url for url in asked if "Hi" in url.split("#")[0] or ".wasm" in url]
    expect(playground.text).to_have_value(text)
    expect(playground.figure.get_by_role("radio", name="Byte pairs")).to_be_checked()
    expect(playground.figure.get_by_role("spinbutton", name="Merges")).to_have_value("7")
    expect(playground.pieces).to_have_count(0)
    playground.says("This text came with the link. To see its tokens, Python has to load: 7.")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    playground.figure.get_by_role("button", name="Copy a link").click()
    playground.says("Copied: a link to this text.")
    assert page.evaluate("navigator.clipboard.readText()") == address
    playground.figure.get_by_role("button", name="Show its tokens").click()
    playground.says("tokens for")
    expect(playground.text).to_be_focused()
    expect(playground.tokens.locator("b")).to_have_count(0)

    for fragment in ("#text=", "#text=%E0%A4%A&tokenizer=x", '#text="]<script>', "#" + "x" * 9000):
        page.goto("about:blank")
        page.goto(f"{host.address}playground/{fragment}")
        expect(playground.text).to_be_visible()
    assert errors == []


def test_axe_finds_nothing(browser: Browser, host: Host) -> None:
    with browser.new_context(reduced_motion="reduce", bypass_csp=True) as context:
        page = context.new_page()
        page.goto(f"{host.address}playground/")
        bring_axe(page)
        playground = Playground(page)
        found = {}

        def look(state: str, find: Callable[[Page], list[str]] = findings_again) -> None:
            for width, scheme in WIDTHS_AND_SCHEMES:
                page.set_viewport_size({"width": width, "height": 900})
                page.evaluate(SET_SCHEME, scheme)
                found[f"{state}, {width}, {scheme}"] = find(page)
                assert page.evaluate(PAGE_WIDTH) <= width, state

        look("before", findings)
        host.fail("", gone)
        playground.text.click()
        playground.says("The playground could not be loaded: the network is gone")
        look("its script cannot load")
        host.fail(".wasm", gone)
        playground.text.click()
        playground.says("What you see is the text before.")
        look("Python cannot load")
        host.well()
        playground.choose("Byte pairs")
        playground.choose("a text of mine")
        look("it loads")
        playground.text.fill(f"{'long' * 60} \n\t שלום 👩‍👩‍👧 <|endoftext|> \u200b")
        playground.says("tokens for")
        look("done", findings)
        playground.choose("the story")
        playground.choose("Words only")
        playground.says("KeyError")
        look("error")
    assert not any(found.values()), found


def test_in_high_contrast_every_piece_has_its_frame(page: Page, host: Host) -> None:
    page.emulate_media(forced_colors="active")
    page.goto(f"{host.address}playground/")
    styles = Playground(page).pieces.evaluate_all(
        "pieces => pieces.map(piece => getComputedStyle(piece).borderStyle)"
    )
    assert set(styles) == {"solid", "dashed", "double"}


@pytest.mark.parametrize(
    ("name", "text", "piece"),
    [
        ("", "models read tokenized text.", "token11241"),
        ("playground/", "I had always thought so.", "thought1003"),
    ],
)
def test_without_scripts_the_example_is_whole_and_no_control_is_dead(
    browser: Browser, name: str, text: str, piece: str, whole_site: Path
) -> None:
    with (
        served(whole_site, "/book/") as site,
        browser.new_context(java_script_enabled=False) as context,
    ):
        page = context.new_page()
        page.goto(site.address + name)
        playground = Playground(page)
        expect(playground.figure.locator(".typed")).to_contain_text(text)
        expect(playground.pieces.filter(has_text=piece)).to_be_visible()
        for control in playground.figure.locator("input, textarea, button, progress").all():
            expect(control).to_be_hidden()
