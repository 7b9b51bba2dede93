"""Ask it, and the spam filter for a reader's messages, as their reader uses them."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from live import asking, spam_filter
from tests.live.conftest import PYTHON_STARTS, Host
from tests.live.test_playground_page import PAGE_WIDTH, SET_SCHEME, WIDTHS_AND_SCHEMES
from tests.site.axe import bring_axe, findings
from tests.website.conftest import ROOT
from website.pyodide import live_figures, runtime
from website.site import Site

FIGURE = re.compile(r'<figure [^>]*data-live="(asking|spam_filter)".*?</figure>', re.DOTALL)
WORDS = ["please", "reply", "with", "your", "password"]
PAGES = {
    asking: "ask-it",
    spam_filter: "fine-tuning-for-classification/using-the-llm-as-a-spam-classifier",
}
# In the place of Pyodide, this machine's Python answers.
BEGIN_FIGURE = """async address => {
  const { begin } = await import(address)
  const started = Promise.resolve()
  const python = {
    isStarted: true,
    start: () => started,
    run: async () => ({}),
    call: async (module, name, ...given) =>
      name === "exec" ? null : JSON.parse(await ask(name, JSON.stringify(given))),
  }
  const figure = document.querySelector("figure[data-live]")
  begin(figure, { python, megabytes: 9.7, needs: ["numpy"] }, () => {})
}"""


class Answers:
    """A figure that answers, as its reader handles it."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.figure = page.locator("figure[data-live]")
        self.status = self.figure.get_by_role("status")

    def says(self, words: str) -> None:
        expect(self.status).to_contain_text(words, timeout=PYTHON_STARTS)

    def field(self, name: str) -> Any:
        return self.figure.get_by_role("textbox", name=name)

    def axe(self) -> None:
        """Nothing is found in either form, and nothing is too wide."""
        found = {}
        bring_axe(self.page)
        for width, scheme in WIDTHS_AND_SCHEMES:
            self.page.set_viewport_size({"width": width, "height": 900})
            self.page.evaluate(SET_SCHEME, scheme)
            found[f"{width}, {scheme}"] = findings(self.page)
            assert self.page.evaluate(PAGE_WIDTH) <= width
        assert not any(found.values()), found


@pytest.fixture
def answers(
    request: pytest.FixtureRequest,
    browser: Browser,
    host: Host,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Answers]:
    """The figure of a module, in a site with NumPy, whatever this one has."""
    module, address = request.param, PAGES[request.param]
    written = FIGURE.search((ROOT / "docs" / f"{address}.md").read_text(encoding="utf-8"))
    assert written
    monkeypatch.setattr(runtime, "has", lambda *_: True)
    (tmp_path / "index.html").write_text(written[0], encoding="utf-8")
    with Site(tmp_path) as site:
        live_figures.fill(site)
    filled = (tmp_path / "index.html").read_text(encoding="utf-8")
    filled = filled.replace("playground ", "ready playground ", 1)
    built = (ROOT / "build" / "site" / address / "index.html").read_text(encoding="utf-8")
    html = FIGURE.sub(lambda _: filled, re.sub(r'<script type="module".*?</script>', "", built))

    def show(route: Route) -> None:
        route.fulfill(body=html, content_type="text/html; charset=utf-8")

    def asked(name: str, given: str) -> str:
        return json.dumps(getattr(module, name)(*json.loads(given)))

    with browser.new_context(bypass_csp=True, reduced_motion="reduce") as context:
        page = context.new_page()
        page.route(f"**/{address}/", show)
        page.expose_function("ask", asked)
        page.goto(f"{host.address}{address}/")
        (script,) = (ROOT / "build" / "site" / "assets" / "live").glob("answering.*.js")
        page.evaluate(BEGIN_FIGURE, f"{host.address}assets/live/{script.name}")
        yield Answers(page)


@pytest.mark.parametrize("answers", [asking], indirect=True)
def test_it_answers_what_is_typed_and_what_is_pressed(answers: Answers) -> None:
    figure = answers.figure
    expect(figure.locator(".answered")).to_have_text([".", "river moon sun"])  # before any touch
    answers.field("Instruction").fill("what is the opposite of cold?")
    answers.field("Input").fill("")
    answers.says("After tuning: “hot”")
    task = figure.get_by_role("button", name="make it a question")
    task.press("Enter")
    answers.says("Now it is right.")
    expect(task).to_be_focused()
    expect(answers.field("Instruction")).to_have_value("make it a question")
    expect(answers.field("Input")).to_have_value(re.compile("^[a-z]+ has a [a-z]+$"))
    after = figure.get_by_role("group", name="After tuning")
    expect(after.get_by_role("listitem")).to_have_count(7)
    likeliest = after.get_by_role("table", name="The likeliest")
    expect(likeliest).to_have_count(1)  # of the first token
    after.locator("summary").nth(1).press("Enter")
    expect(after.get_by_role("listitem").nth(1).get_by_role("row")).to_have_count(asking.BARS)
    figure.get_by_role("button", name="small talk").click()
    answers.says("“who”, “you”: they are not among the 210 tokens")
    answers.axe()
    answers.field("Instruction").fill("")
    answers.says("There is no instruction.")
    expect(figure.locator(".answered").last).to_have_text("city")  # what was there stays


@pytest.mark.parametrize("answers", [spam_filter], indirect=True)
def test_the_filter_judges_what_is_typed_and_what_is_drawn(answers: Answers) -> None:
    figure = answers.figure
    four = figure.locator(".four details")
    expect(four).to_have_count(4)
    expect(four.nth(0)).to_contain_text("Spam 1.00 WIN a FREE prize")
    effects = figure.locator("[data-part=result]").get_by_role("rowheader")
    expect(effects).to_have_text(
        ["please", "reply", "with", "your", "password"]
    )  # before any touch
    answers.field("Your message").fill("see you at <b>noon</b>")
    answers.says("Not spam, ")
    expect(effects).to_have_text(["see", "you", "at", "<b>noon</b>"])
    figure.get_by_role("button", name="Draw one").click()
    answers.says("That is right.")
    expect(answers.field("Your message")).not_to_have_value("see you at <b>noon</b>")
    for summary in four.locator("summary").all()[1:]:
        summary.click()
    answers.axe()
