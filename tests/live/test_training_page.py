"""Train it here, as its reader uses it: with a Python, without one, without scripts."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, FilePayload, Page, Route, expect

from live import model_files, trained, training
from tests.live.conftest import PYTHON_STARTS, Host, untouched
from tests.live.test_playground_page import PAGE_WIDTH, SET_SCHEME, WIDTHS_AND_SCHEMES
from tests.live.test_training import OWN_TEXT
from tests.site.axe import bring_axe, findings
from tests.website.conftest import ROOT
from website.pyodide import live_figures, runtime
from website.site import Site

ADDRESS = "train-it-here/"
RUN = "runs/train-it-here.json"
FIGURE = re.compile(r'<figure [^>]*data-live="training".*?</figure>', re.DOTALL)
# In the place of Pyodide, this machine's Python answers: a few steps at a time, when the test lets
# it go on.
BEGIN_FIGURE = """async address => {
  const { Trainer } = await import(address)
  let started
  window.python = {
    get isStarted() { return started !== undefined },
    start: () => started ??= Promise.resolve(),
    run: async () => ({}),
    call: async (module, name, ...given) =>
      name === "exec" ? null : JSON.parse(await ask(name, JSON.stringify(given))),
    end() { started = undefined },
  }
  window.trainer = new Trainer(document.querySelector("[data-live=training]"), window.python)
}"""


class Trainer:
    """The figure, as its reader handles it."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.figure = page.locator("[data-live=training]")
        self.status = self.figure.get_by_role("status")
        self.chart = self.figure.get_by_role("img")
        self.samples = self.figure.get_by_role("list", name="Samples").get_by_role("listitem")

    def says(self, words: str) -> None:
        expect(self.status).to_contain_text(words, timeout=PYTHON_STARTS)

    def press(self, name: str) -> None:
        self.figure.get_by_role("button", name=name, exact=True).click()

    def buttons(self, *names: str) -> None:
        shown = self.figure.locator("> .buttons").get_by_role("button")
        expect(shown).to_have_text(list(names), timeout=PYTHON_STARTS)


def answered(name: str, given: str) -> str:
    parameters: list[Any] = json.loads(given)
    if name == "advance":
        parameters = [0]  # milliseconds: one step
    modules = [training, model_files, trained]
    module = next(module for module in modules if hasattr(module, name))
    return json.dumps(getattr(module, name)(*parameters))


@pytest.fixture
def trainer(
    browser: Browser, host: Host, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Trainer]:
    """The figure of a site with NumPy, whatever this one has."""
    written = FIGURE.search((ROOT / "docs" / "train-it-here.md").read_text(encoding="utf-8"))
    assert written
    monkeypatch.setattr(runtime, "has", lambda *_: True)
    (tmp_path / "runs").mkdir()
    (tmp_path / RUN).write_bytes((ROOT / "docs" / RUN).read_bytes())
    (tmp_path / "index.html").write_text(written[0], encoding="utf-8")
    with Site(tmp_path) as site:
        live_figures.fill(site)
    filled = (tmp_path / "index.html").read_text(encoding="utf-8")
    filled = filled.replace("playground ", "ready playground ")
    built = (ROOT / "build" / "site" / ADDRESS / "index.html").read_text(encoding="utf-8")
    html = FIGURE.sub(lambda _: filled, re.sub(r'<script type="module".*?</script>', "", built))

    def answer(route: Route) -> None:
        route.fulfill(body=html, content_type="text/html; charset=utf-8")

    with browser.new_context(bypass_csp=True, reduced_motion="reduce") as context:
        page = context.new_page()
        page.route(f"**/{ADDRESS}", answer)
        page.expose_function("ask", answered)
        page.goto(host.address + ADDRESS)
        (script,) = (ROOT / "build" / "site" / "assets" / "live").glob("trainer.*.js")
        page.evaluate(BEGIN_FIGURE, f"{host.address}assets/live/{script.name}")
        yield Trainer(page)


def test_a_training_from_its_first_step_to_its_last(trainer: Trainer) -> None:
    trainer.buttons("Train")
    trainer.figure.get_by_role("radio", name="small").check()
    trainer.figure.get_by_role("spinbutton", name="Steps").fill("40")
    trainer.press("Train")
    trainer.says("Trained. The training loss goes from 4.5")
    trainer.buttons("Train", "Train on")
    expect(trainer.chart).to_have_accessible_name(re.compile("40 steps, of which 40 are made"))
    expect(trainer.samples).to_have_count(9)
    expect(trainer.figure).to_contain_text("the recorded run, which has other settings")
    expect(trainer.figure.get_by_role("radio", name=re.compile(r"^small about \d"))).to_be_checked()


def test_it_can_be_paused_and_goes_on_stopped_and_begun_again(trainer: Trainer) -> None:
    trainer.figure.get_by_role("radio", name="small").check()
    trainer.figure.get_by_role("spinbutton", name="Steps").fill("3000")
    trainer.press("Train")
    trainer.buttons("Pause", "Stop", "Restart")
    expect(trainer.figure.get_by_role("radio", name="large")).to_be_disabled()
    trainer.press("Pause")
    trainer.says("Paused.")
    trainer.buttons("Go on", "Stop", "Restart")
    expect(trainer.figure.get_by_role("button", name="Go on")).to_be_focused()
    trainer.press("Go on")
    trainer.buttons("Pause", "Stop", "Restart")
    trainer.press("Restart")
    trainer.buttons("Pause", "Stop", "Restart")
    trainer.press("Stop")
    trainer.says("Stopped. The model stays as it is")
    trainer.buttons("Train", "Train on")
    expect(trainer.figure.get_by_role("radio", name="large")).to_be_enabled()


def test_a_model_learns_a_text_of_the_readers_own(trainer: Trainer) -> None:
    trainer.figure.get_by_role("radio", name="a text of mine").check()
    trainer.page.evaluate("document.querySelector('[data-part=own-field]').hidden = false")
    trainer.figure.get_by_role("spinbutton", name="Steps").fill("10")
    trainer.press("Train")
    trainer.says("Paste a text to learn from, or open a file.")
    own = trainer.figure.get_by_role("textbox", name="The text to learn from")
    own.fill("too short")
    trainer.press("Train")
    trainer.says("The text has 2 tokens.")
    trainer.buttons("Train")
    field = trainer.figure.locator("#training-file")
    file: FilePayload = {"name": "a.txt", "mimeType": "text/plain", "buffer": OWN_TEXT.encode()}
    field.set_input_files([file])
    expect(own).to_have_value(OWN_TEXT)
    trainer.press("Train")
    trainer.says("Trained.")


def test_what_is_wrong_is_said_and_the_next_press_works(trainer: Trainer) -> None:
    steps = trainer.figure.get_by_role("spinbutton", name="Steps")
    steps.fill("0")
    trainer.press("Train")
    trainer.says("Steps: a whole number from 10 to 3000.")
    steps.fill("10")
    trainer.page.evaluate(
        """() => { python.run = async () => { throw Error("Python broke down while it ran.") } }"""
    )
    trainer.press("Train")
    trainer.says("Python broke down while it ran.")
    trainer.buttons("Train")
    trainer.page.evaluate("() => { python.run = async () => ({}) }")
    trainer.press("Train")
    trainer.says("Trained.")


def test_what_can_be_done_with_the_model(trainer: Trainer) -> None:
    expect(trainer.figure.get_by_text("Your words")).to_be_hidden()
    trainer.figure.get_by_role("spinbutton", name="Steps").fill("10")
    trainer.press("Train")
    trainer.says("Trained.")
    prompt = trainer.figure.get_by_role("textbox", name="Your words")
    expect(prompt).to_have_value("Ada and Tom are")
    bars = trainer.figure.get_by_role("table", name="The next token")
    expect(bars.get_by_role("row")).to_have_count(10)
    trainer.figure.get_by_role("slider", name="Top-k").fill("3")
    expect(bars.get_by_role("row")).to_have_count(3)
    prompt.fill("Ada is a zebra")
    expect(trainer.figure).to_contain_text("The model has never seen 'zebra'")
    prompt.fill("Ada is a fox")
    trainer.press("Write on")
    expect(trainer.figure.locator("mark")).to_have_count(1)
    trainer.figure.get_by_text("Attention to these words, in all heads").click()
    expect(trainer.figure.get_by_role("table", name="Layer 1, head 4")).to_have_count(1)
    trainer.figure.get_by_text("Nudge a weight, and compare the gradient").click()
    trainer.figure.get_by_role("combobox", name="Array").select_option("norm_scale")
    trainer.press("Nudge")
    expect(trainer.figure).to_contain_text("the computed gradient")


def test_a_model_comes_from_a_file_and_goes_into_one(trainer: Trainer, tmp_path: Path) -> None:
    trainer.figure.get_by_text("A model in a file").click()
    expect(trainer.figure.get_by_role("button", name="Save this model")).to_be_hidden()
    trainer.press("Take our trained model")
    trainer.says("weights and 91 tokens is here.")
    trainer.press("Write on")
    expect(trainer.figure.locator("mark")).to_have_count(1)
    with trainer.page.expect_download() as download:
        trainer.press("Save this model")
    trainer.says("Saved: model.safetensors.")
    download.value.save_as(tmp_path / "model.safetensors")
    field = trainer.figure.locator("#training-model")
    (tmp_path / "text.txt").write_text("tea")
    field.set_input_files(tmp_path / "text.txt")
    trainer.says("Choose a file that ends in .safetensors.")
    field.set_input_files(tmp_path / "model.safetensors")
    trainer.says("weights and 91 tokens is here.")
    trainer.buttons("Train", "Train on")
    trainer.figure.get_by_role("radio", name="a text of mine").check()
    own = trainer.figure.get_by_role("textbox", name="The text to learn from")
    trainer.page.evaluate("document.querySelector('[data-part=own-field]').hidden = false")
    own.fill(OWN_TEXT)
    trainer.press("Train on")
    trainer.says("The text has the word")
    trainer.figure.get_by_role("radio", name="our tales of animals").check()
    trainer.figure.get_by_role("spinbutton", name="Steps").fill("10")
    trainer.press("Train on")
    trainer.says("Trained. The training loss goes from 0.")


def test_axe_finds_nothing_and_nothing_is_too_wide(trainer: Trainer) -> None:
    page = trainer.page
    trainer.figure.get_by_role("spinbutton", name="Steps").fill("10")
    trainer.press("Train")
    trainer.says("Trained.")
    for summary in trainer.figure.locator("summary").all():
        summary.click()
    trainer.press("Nudge")
    expect(trainer.figure).to_contain_text("the computed gradient")
    expect(trainer.figure.get_by_role("table", name="Layer 1, head 4")).to_have_count(1)
    bring_axe(page)
    found = {}
    for width, scheme in WIDTHS_AND_SCHEMES:
        page.set_viewport_size({"width": width, "height": 900})
        page.evaluate(SET_SCHEME, scheme)
        found[f"{width}, {scheme}"] = findings(page)
        assert page.evaluate(PAGE_WIDTH) <= width
    assert not any(found.values()), found


@pytest.mark.parametrize("has_scripts", [True, False])
def test_the_recorded_run_is_there_before_anything_runs(
    browser: Browser, whole_site: Path, has_scripts: bool
) -> None:
    with untouched(browser, whole_site, ADDRESS, has_scripts=has_scripts) as page:
        still = Trainer(page)
        expect(still.chart).to_have_accessible_name(re.compile("400 steps, of which 400 are made"))
        expect(still.samples).to_have_count(9)
        has_numpy = runtime.has("numpy")
        is_live = has_scripts and has_numpy
        expect(still.figure.get_by_role("button", name="Train")).to_have_count(int(is_live))
        lacking = still.figure.get_by_text("has no NumPy for the browser")
        expect(lacking).to_have_count(int(not has_numpy))
