"""The figure of a sentence, as its reader uses it: with a Python, without one, without scripts."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from live import attention
from tests.live.conftest import PYTHON_STARTS, Block, Host, untouched
from tests.live.findings import findings_again
from tests.live.test_playground_page import PAGE_WIDTH, SET_SCHEME, WIDTHS_AND_SCHEMES
from tests.site.axe import bring_axe, findings
from tests.website.conftest import ROOT
from website.pyodide import live_figures, runtime
from website.site import Site

ADDRESS = "coding-attention-mechanisms/extending-single-head-attention-to-multi-head-attention/"
FIGURE = re.compile(r'<figure [^>]*data-live="attention".*?</figure>', re.DOTALL)
SIX_WORDS = " ".join(attention.WORDS)
# In the place of Pyodide, this machine's Python answers.
BEGIN_FIGURE = """async address => {
  const { begin } = await import(address)
  const started = Promise.resolve()
  const python = {
    isStarted: true,
    start: () => started,
    run: async () => ({}),
    call: async (module, name, given) => name === "exec" ? null : JSON.parse(await show(given)),
  }
  const given = { python, megabytes: 9.7, needs: ["numpy"] }
  const told = () => document.body.dataset.told = "yes"
  begin(document.querySelector("[data-live=attention]"), given, told)
}"""


class Sentence:
    """The figure, as its reader handles it."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.figure = page.locator("[data-live=attention]")
        self.text = self.figure.get_by_role("textbox", name="Your sentence")
        self.status = self.figure.get_by_role("status")
        self.steps = self.figure.locator("[data-part=steps]")
        self.words = self.steps.locator("li").first.get_by_role("rowheader")

    def says(self, words: str) -> None:
        expect(self.status).to_contain_text(words, timeout=PYTHON_STARTS)


@pytest.fixture
def sentence(
    browser: Browser, host: Host, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Sentence]:
    """The figure of a site with NumPy, whatever this one has."""
    source = ROOT / "docs" / f"{ADDRESS.rstrip('/')}.md"
    written = FIGURE.search(source.read_text(encoding="utf-8"))
    assert written
    monkeypatch.setattr(runtime, "has", lambda *_: True)
    (tmp_path / "index.html").write_text(written[0], encoding="utf-8")
    with Site(tmp_path) as site:
        live_figures.fill(site)
    filled = (
        (tmp_path / "index.html")
        .read_text(encoding="utf-8")
        .replace("playground ", "ready playground ")
    )
    built = (ROOT / "build" / "site" / ADDRESS / "index.html").read_text(encoding="utf-8")
    bare = re.sub(r'<script type="module".*?</script>', "", built)
    html = FIGURE.sub(lambda _: filled, bare)

    def answer(route: Route) -> None:
        route.fulfill(body=html, content_type="text/html; charset=utf-8")

    with browser.new_context(bypass_csp=True, reduced_motion="reduce") as context:
        page = context.new_page()
        page.route(f"**/{ADDRESS}", answer)
        page.expose_function("show", lambda text: json.dumps(attention.show(text)))
        page.goto(host.address + ADDRESS)
        (script,) = (ROOT / "build" / "site" / "assets" / "live").glob("answering.*.js")
        page.evaluate(BEGIN_FIGURE, f"{host.address}assets/live/{script.name}")
        yield Sentence(page)


def test_the_steps_follow_what_is_typed(sentence: Sentence) -> None:
    before = sentence.steps.inner_html()
    sentence.text.press("End")
    sentence.page.keyboard.type(" ")
    sentence.says("6 tokens.")
    assert sentence.page.evaluate("document.body.dataset.told") == "yes"
    assert sentence.steps.inner_html() == before  # the build and the browser show the same
    sentence.page.keyboard.type("<b>tea</b>")
    sentence.says("7 tokens.")
    expect(sentence.words.last).to_have_text("7 <b>tea</b>")
    expect(sentence.text).to_be_focused()
    sentence.text.fill("")
    sentence.says("There is no token in it. Type a word.")
    expect(sentence.words).to_have_count(7)  # what was there stays
    sentence.text.fill("so " * 13)
    sentence.says("13 tokens. The first 12 are shown.")
    expect(sentence.words).to_have_count(12)


def test_its_tables_say_what_they_are(sentence: Sentence) -> None:
    for name in ("The vectors", "Head 1: queries, keys and values", "Head 2: weights"):
        expect(sentence.figure.get_by_role("table", name=name)).to_have_count(1)
    weights = sentence.figure.get_by_role("table", name="Head 1: weights")
    expect(weights.get_by_role("columnheader", name="2 journey")).to_have_count(1)
    expect(weights.get_by_role("rowheader")).to_have_text(
        [f"{place} {word}" for place, word in enumerate(SIX_WORDS.split(), 1)]
    )


def test_axe_finds_nothing_and_what_is_wide_scrolls_by_itself(sentence: Sentence) -> None:
    page = sentence.page
    bring_axe(page)
    found = {}
    for text in (SIX_WORDS, "a b c d e f g h i j k l", f"{'long' * 20} so"):
        for width, scheme in WIDTHS_AND_SCHEMES:
            page.set_viewport_size({"width": width, "height": 900})
            page.evaluate(SET_SCHEME, scheme)
            sentence.text.fill("")
            sentence.says("no token")
            sentence.text.fill(text)
            sentence.says("tokens.")
            found[f"{text}, {width}, {scheme}"] = (
                findings(page)
                if text == SIX_WORDS  # what another text does not change is seen once
                else findings_again(page, within="[data-live=attention]")
            )
            assert page.evaluate(PAGE_WIDTH) <= width
            scrolls = sentence.figure.get_by_role("group", name="Head 1: scores", exact=True)
            expect(scrolls).to_have_count(1 if width == 360 and text.startswith("a b") else 0)
    assert not any(found.values()), found


@pytest.mark.parametrize("has_scripts", [True, False])
def test_the_example_is_whole_before_anything_runs(
    browser: Browser, whole_site: Path, has_scripts: bool
) -> None:
    with untouched(browser, whole_site, ADDRESS, has_scripts=has_scripts) as page:
        still = Sentence(page)
        expect(still.words).to_have_text(
            [f"{n} {word}" for n, word in enumerate(SIX_WORDS.split(), 1)]
        )
        expect(still.steps.locator("li")).to_have_count(6)
        has_numpy = runtime.has("numpy")
        expect(still.text).to_have_count(int(has_scripts and has_numpy))
        expect(still.figure.get_by_text("has no NumPy for the browser")).to_have_count(
            int(not has_numpy)
        )
        if not (has_scripts and has_numpy):
            expect(still.figure.locator(".typed")).to_be_visible()
            expect(still.figure.locator(".typed")).to_have_text(SIX_WORDS)


def test_it_shares_the_python_of_the_blocks(page: Page, host: Host) -> None:
    if not runtime.has("numpy"):
        pytest.skip("this site has no NumPy for the browser")
    page.goto(host.address + ADDRESS)
    sentence, block = Sentence(page), Block(page, 1)
    sentence.text.press("End")
    page.keyboard.type(" tea")
    sentence.says("7 tokens.")
    expect(block.button("Run")).not_to_contain_text("MB")  # all that it needs is there
    block.run()
    block.says("The same, ")
    page.on("worker", lambda _: pytest.fail("there is a second Python"))
    sentence.text.fill("tea")
    sentence.says("1 token.")
