"""The trained model of the home page, as its reader uses it."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Route, expect

from live import writing
from tests.live.conftest import SITE, Host
from tests.live.test_answers_page import Answers
from tests.live.test_failures import gone, not_there
from tests.website.conftest import ROOT
from website.pyodide import live_figures, runtime
from website.site import Site

FIGURE = re.compile(r'<figure [^>]*data-live="writing".*?</figure>', re.DOTALL)
# In the place of Pyodide, this machine's Python answers.
PYTHON = """async ([base, waiting, writing]) => {
  const { wait } = await import(base + waiting)
  const started = Promise.resolve()
  const python = {
    isStarted: true,
    start: () => started,
    run: async () => ({}),
    call: async (module, name, ...given) =>
      name === "exec" ? null : JSON.parse(await ask(name, JSON.stringify(given))),
  }
  const figure = document.querySelector("[data-live=writing]")
  wait(figure, python, { megabytes: 7, weights: { numpy: 2.7 }, writing }, base, () => {})
}"""


class Writer(Answers):
    """The figure, as its reader handles it."""

    def __init__(self, page: object) -> None:
        super().__init__(page)  # type: ignore[arg-type]
        self.figure = self.page.locator("[data-live=writing]")
        self.status = self.figure.get_by_role("status")
        self.button = self.figure.get_by_role("button", name="Let it write")
        self.text = self.field("Begin a tale")
        self.written = self.figure.locator(".written")


@pytest.fixture
def writer(
    browser: Browser, host: Host, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Writer]:
    """The figure of a site with NumPy, whatever this one has."""
    found = FIGURE.search((ROOT / "docs" / "index.md").read_text(encoding="utf-8"))
    assert found
    monkeypatch.setattr(runtime, "has", lambda *_: True)
    (tmp_path / "runs").symlink_to(SITE / "runs")
    (tmp_path / "index.html").write_text(found[0], encoding="utf-8")
    with Site(tmp_path) as site:
        live_figures.fill(site)
    filled = (tmp_path / "index.html").read_text(encoding="utf-8")
    built = (SITE / "index.html").read_text(encoding="utf-8")
    html = FIGURE.sub(lambda _: filled, re.sub(r'<script type="module".*?</script>', "", built))

    def show(route: Route) -> None:
        route.fulfill(body=html, content_type="text/html; charset=utf-8")

    def asked(name: str, given: str) -> str:
        return json.dumps(getattr(writing, name)(*json.loads(given)))

    with browser.new_context(bypass_csp=True, reduced_motion="reduce") as context:
        page = context.new_page()
        page.route(host.address, show)
        page.expose_function("ask", asked)
        page.goto(host.address)
        scripts = SITE / "assets" / "live"
        names = [next(scripts.glob(f"{name}.*.js")).name for name in ("waiting", "writing")]
        page.evaluate(PYTHON, [f"{host.address}assets/live/", *names])
        yield Writer(page)


def test_a_model_writes_on_from_the_readers_words_once_it_could_be_loaded(
    writer: Writer, host: Host
) -> None:
    expect(writer.status).to_contain_text("One press loads Python, NumPy and the model")
    expect(writer.status).to_contain_text("9.7 MB")
    before = writer.written.inner_text()
    assert before.startswith(f"{writer.text.input_value()} hedgehogs.")
    host.fail(".safetensors", not_there)
    writer.text.press("Enter")
    writer.says("The trained model could not be loaded (tales.safetensors, status 404).")
    host.fail(".json", gone)
    writer.button.click()
    writer.says("could not be loaded: the network is gone, or the site does not answer.")
    writer.says("What you see is the text before. Press the button, and it is tried again.")
    expect(writer.written).to_have_text(before)
    host.well()
    writer.button.click()
    writer.says("It has written ")
    expect(writer.button).to_be_focused()
    expect(writer.written).not_to_have_text(before)
    writer.text.fill("One <b>noon</b>")
    writer.text.press("Enter")
    writer.says("The model has never seen '<b>noon</b>'.")
    expect(writer.figure).to_contain_text("Its words: Ada, Ben,")
    writer.axe()
    writer.text.fill("One noon")
    writer.text.press("Enter")
    writer.says("It has written ")
    expect(writer.written).to_have_text(re.compile(r"^One noon\s.*\.$"))
    expect(writer.figure).not_to_contain_text("Its words")
    expect(writer.text).to_be_focused()
