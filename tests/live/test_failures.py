"""Whatever fails, the page stays whole, says what happened, and the next click works."""

import re
from collections.abc import Callable
from threading import Event

import pytest
from playwright.sync_api import Browser, Page, expect

from tests import PATIENCE
from tests.live.conftest import CHAPTER, PYTHON_STARTS, SITE, Block, Chapter, Handler, Host, another
from tests.website.conftest import ONE_COMPILER


def not_there(handler: Handler) -> None:
    handler.send_error(404)


def half(handler: Handler) -> None:
    """Half of a file, as if it were all."""
    data = handler.whole()
    handler.send(data[: len(data) // 2])


def cut(handler: Handler) -> None:
    """The connection ends before the file does."""
    data = handler.whole()
    handler.send(data[:1000], length=len(data))


def gone(handler: Handler) -> None:
    """No answer at all."""
    handler.close_connection = True


def of_another_type(handler: Handler) -> None:
    handler.send(handler.whole(), "application/octet-stream")


def is_whole(page: Page) -> None:
    """The page has all its text, and its blocks their code and output."""
    expect(page.locator("h1")).to_contain_text("Tokenizing text")
    assert page.locator(".highlight pre").count() == page.content().count("<pre")


@pytest.mark.parametrize(
    ("ending", "answer", "words"),
    [
        (".wasm", not_there, "is not there (pyodide.asm.wasm, status 404)"),
        (".wasm", half, "may be damaged"),
        (".wasm", cut, "Python could not be"),
        (".zip", not_there, "is not there (python_stdlib.zip, status 404)"),
        (".zip", half, "python_stdlib.zip has"),
        (".whl", half, "bytes instead of"),
        (".mjs", half, "may be damaged"),
        ("", gone, "the network is gone, or the site does not answer"),
    ],
)
def test_a_file_of_python_that_fails_to_load_is_told_and_tried_again(
    page: Page, host: Host, ending: str, answer: Callable[[Handler], None], words: str
) -> None:
    page.goto(host.address + CHAPTER)
    block = Block(page, 3)
    host.fail(ending, answer)
    block.run()
    block.says(words)
    is_whole(page)
    host.well()
    block.run()
    block.says("The same, ")


def test_a_host_that_does_not_know_the_type_of_webassembly(chapter: Chapter, host: Host) -> None:
    host.fail(".wasm", of_another_type)
    chapter(1).run()
    chapter(1).says("Ran in")


def test_a_worker_or_an_editor_that_cannot_be_loaded_is_told_and_comes_later(
    chapter: Chapter, host: Host
) -> None:
    block = chapter(3)
    (worker,) = (path.name for path in (SITE / "assets/live").glob("worker.*.js"))
    host.fail(worker, not_there)
    block.run()
    block.says(f"is not there ({worker}, status 404)")
    host.fail("", gone)
    block.button("Edit").click()
    block.says("The editor could not be loaded")
    host.well()
    block.run()
    block.says("The same, ")


def test_without_the_script_of_the_page_it_is_whole_and_has_no_buttons(
    page: Page, host: Host
) -> None:
    host.fail(next((SITE / "assets/live").glob("page.*.js")).name, not_there)
    page.goto(host.address + CHAPTER)
    is_whole(page)
    expect(page.locator(".bar button:visible")).to_have_count(0)


def test_code_that_never_ends_can_be_stopped_and_keeps_what_ran_before(chapter: Chapter) -> None:
    block = chapter(1)
    block.run()
    block.says("Ran in ")
    clock = block.page.clock
    clock.install()  # the page's seconds pass at once, and those of Python as they are
    block.write("count = 0\nwhile True:\n    count += 1")
    block.run()
    expect(block.status).to_contain_text("Running")
    clock.fast_forward(1000)
    expect(block.status).to_contain_text("Running for 1 s")
    block.stop()
    block.says("Stopped after")
    block.says("What ran before is kept.")
    block.write("count > 1000")
    block.run()
    block.prints("True")

    # Within C code Python hears nothing: it ends, and begins again.
    block.write("from itertools import count\nsum(count())")
    block.run()
    expect(block.status).to_contain_text("Running")
    block.stop()
    clock.fast_forward(1500)
    block.says("Stopped. Run starts Python again.")
    block.write("1 + 1")
    block.run()
    block.prints("2")


def test_output_without_end_is_cut_and_can_be_stopped(chapter: Chapter) -> None:
    block = chapter(1)
    block.write("while True:\n    print('again and again ' * 4)")
    block.run()
    cut_off = "cut here: one run shows 100,000 characters at most"
    expect(block.result).to_contain_text(cut_off, timeout=PYTHON_STARTS)
    block.stop()
    block.says("Stopped after")
    is_whole(block.page)
    block.write("print('done')")
    block.run()
    block.prints("done")


def test_code_that_uses_up_memory_or_depth_ends_with_an_error(chapter: Chapter) -> None:
    block = chapter(1)
    block.write("full = []\nwhile True:\n    full.append(bytearray(2**31 - 2**20))")
    block.run()
    block.says("Your version ended with an error: MemoryError.")
    block.write("print(len(full), 'of 2 GB')\ndel full")
    block.run()
    block.prints("1 of 2 GB")
    # A function that C calls is one more call in C too: the stack is full long before the memory.
    endless = "def call(_):\n    max([0], key=call)\ncall(0)"
    block.write(f"import sys\nsys.setrecursionlimit(10**8)\n{endless}")
    block.run()
    block.says("Python broke down while it ran this (Maximum call stack size exceeded)")
    block.write("print('again')")
    block.run()
    block.prints("again")


def test_numpy_that_the_site_does_not_have(chapter: Chapter) -> None:
    manifest = next((SITE / "assets/live").glob("page.*.js")).read_text(encoding="utf-8")
    if "numpy" in manifest:
        pytest.skip("this build of the site has NumPy for the browser")
    block = chapter(1)
    block.write("import numpy as np")
    block.run()
    expect(block.result).to_contain_text(
        "ModuleNotFoundError: No module named 'numpy'\n"
        "This copy of the site was built without NumPy, so the browser's Python has none.\n"
        "In a Python of your own, it comes with: python -m pip install numpy",
        use_inner_text=True,
        timeout=PYTHON_STARTS,
    )


def test_a_package_that_the_site_does_not_have(chapter: Chapter) -> None:
    block = chapter(1)
    block.write("import torch")
    block.run()
    expect(block.result).to_contain_text(
        re.compile(
            r"ModuleNotFoundError: No module named 'torch'\n"
            r"In the browser, this site has the standard library(, verdict and NumPy| and verdict)"
            r" only: there is no torch\.\nA Python of your own has whatever you install\."
        ),
        use_inner_text=True,
        timeout=PYTHON_STARTS,
    )


def test_it_can_be_stopped_while_it_loads(chapter: Chapter, host: Host) -> None:
    asked = Event()

    def slow(handler: Handler) -> None:
        asked.wait(PATIENCE)
        gone(handler)

    host.fail(".wasm", slow)
    block = chapter(1)
    block.run()
    expect(block.status).to_contain_text("Loading Python")
    block.stop()
    block.says("Stopped.")
    asked.set()
    host.well()
    block.run()
    block.says("Ran in ")


def test_a_page_that_is_left_and_comes_back(browser: Browser, host: Host) -> None:
    with another(browser, ONE_COMPILER, ignored=["--disable-back-forward-cache"]) as page:
        page.goto(host.address + CHAPTER)
        block = Block(page, 1)
        block.write("while True: pass")
        block.run()
        expect(block.status).to_contain_text("Running", timeout=PYTHON_STARTS)
        page.evaluate("window.isTheSame = true")
        page.goto(host.address)
        page.evaluate("setTimeout(() => history.back())")
        page.wait_for_url(re.compile(CHAPTER), wait_until="commit")
        assert page.evaluate("window.isTheSame")  # the browser has kept the page as it was
        block.says("Stopped, as you left the page. Run starts Python again.")
        block.write("'here ' + 'again'")
        block.run()
        block.prints("'here again'")


def test_a_browser_without_webassembly_is_told_so(browser: Browser, host: Host) -> None:
    with another(browser, "--js-flags=--jitless") as page:
        page.goto(host.address + CHAPTER)
        block = Block(page, 3)
        for _ in range(2):
            block.run()
            block.says("This browser has no WebAssembly, or it is switched off.")
        is_whole(page)


def test_a_browser_without_scripts_has_no_buttons_and_all_of_the_proof(
    browser: Browser, host: Host
) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(host.address + CHAPTER)
        assert page.locator(".bar button:visible").count() == 0
        mark = page.locator(".proven").first
        expect(mark.locator(".where")).to_contain_text(", browser")
        expect(mark.locator(".how")).to_be_hidden()
        mark.locator(".where").focus()
        expect(mark.locator(".how")).to_be_visible()
        expect(mark).to_contain_text("and on WebAssembly Python 3.14")


STRICT = "default-src 'self'; style-src 'self' 'unsafe-inline'; script-src 'self' 'unsafe-inline'"


def test_a_policy_that_forbids_webassembly_is_named(page: Page, host: Host) -> None:
    host.policy = STRICT
    page.goto(host.address + CHAPTER)
    block = Block(page, 3)
    block.run()
    block.says("A security policy of this site or browser forbids Python to run here.")
    is_whole(page)


def test_a_policy_that_allows_what_is_needed(page: Page, host: Host) -> None:
    host.policy = f"{STRICT} 'wasm-unsafe-eval'; connect-src 'self' blob:"
    page.goto(host.address + CHAPTER)
    block = Block(page, 1)
    block.write("while True: pass")
    block.run()
    expect(block.status).to_contain_text("Running", timeout=PYTHON_STARTS)
    block.stop()
    block.says("Stopped after")
