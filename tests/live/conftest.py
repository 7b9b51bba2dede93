import gzip
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from http.server import SimpleHTTPRequestHandler
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests import PATIENCE
from tests.website.conftest import (
    CHROMIUM_FLAGS,
    ROOT,
    Server,
    chromium,
    needs_every_mark,
    served,
)
from website.pyodide import runtime

SITE = ROOT / "build" / "site"
CHAPTER = "working-with-text-data/tokenizing-text/"
PYTHON_STARTS = 120_000
"""Milliseconds: by then Python has come, on a machine that is busy, too."""


def megabytes() -> str:
    """What a reader's browser loads for Python, packed as a server packs it: '7.1 MB'."""
    kinds = ("pyodide-*/*", "runner.*.py", "*.whl", "the-verdict.*.txt")
    files = [path for kind in kinds for path in (SITE / "assets" / "live").glob(kind)]
    return f"{sum(len(gzip.compress(path.read_bytes(), 6)) for path in files) / 1e6:.1f} MB"


class Handler(SimpleHTTPRequestHandler):
    """Serves the site, unless a test has another answer for the address."""

    host: "Host"

    def send_head(self) -> Any:
        if self.path.split("?")[0].endswith(self.host.ending):
            return self.host.answer(self)
        return super().send_head()

    def end_headers(self) -> None:
        if self.host.policy:
            self.send_header("Content-Security-Policy", self.host.policy)
        super().end_headers()

    def copyfile(self, source: Any, outputfile: Any) -> None:
        with suppress(ConnectionError):  # the browser has gone elsewhere
            super().copyfile(source, outputfile)

    def log_message(self, *_: object) -> None:
        pass

    def whole(self) -> bytes:
        """The file that is asked for."""
        return Path(self.translate_path(self.path)).read_bytes()

    def send(self, data: bytes, kind: str = "", length: int = -1) -> None:
        """Send data as a file, of another type or with another length than it has."""
        self.send_response(200)
        self.send_header("Content-Type", kind or self.guess_type(self.path))
        self.send_header("Content-Length", str(len(data) if length < 0 else length))
        self.end_headers()
        self.wfile.write(data)


class Host:
    """A server of the site, which can be made to fail."""

    def __init__(self) -> None:
        self.address = ""
        self.policy = ""
        self.well()

    def well(self) -> None:
        self.fail("nothing has this ending", Handler.send_head)

    def fail(self, ending: str, answer: Callable[[Handler], None]) -> None:
        """Give this answer for all files whose address has that ending."""
        self.ending, self.answer = ending, answer


@contextmanager
def hosted(folder: Path) -> Iterator[Host]:
    host = Host()
    handler = type("HandlerOfHost", (Handler,), {"host": host})
    with Server(("127.0.0.1", 0), partial(handler, directory=str(folder))) as server:
        host.address = f"http://127.0.0.1:{server.server_port}/"
        thread = Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        try:
            yield host
        finally:
            server.shutdown()
            thread.join(PATIENCE)


@pytest.fixture(scope="session", autouse=True)
def _is_possible() -> None:
    if not runtime.is_possible():
        pytest.skip("no Python for the browser: it needs Node.js and npm, and `make`")


@pytest.fixture
def whole_site() -> Path:
    """The folder of the built site, in which every block that can has its buttons."""
    needs_every_mark(SITE)
    return SITE


@pytest.fixture
def host(whole_site: Path) -> Iterator[Host]:
    with hosted(whole_site) as host:
        yield host


@contextmanager
def another(browser: Browser, *arguments: str, ignored: Sequence[str] = ()) -> Iterator[Page]:
    """A page of a whole browser, as a reader has it, with more arguments or fewer than usual."""
    try:
        path = chromium(is_whole=True)
    except FileNotFoundError as error:
        pytest.skip(str(error))
    other = browser.browser_type.launch(
        executable_path=path,
        args=[*CHROMIUM_FLAGS, *arguments],
        ignore_default_args=list(ignored),
    )
    try:
        yield other.new_page()
    finally:
        other.close()


@contextmanager
def untouched(browser: Browser, folder: Path, address: str, *, has_scripts: bool) -> Iterator[Page]:
    """A page on a phone that nobody has touched, with scripts or without: it has no error."""
    with (
        served(folder, "/book/") as site,
        browser.new_context(java_script_enabled=has_scripts) as context,
    ):
        page = context.new_page()
        errors: list[str] = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.set_viewport_size({"width": 360, "height": 900})
        page.goto(site.address + address)
        yield page
        assert errors == []


class Block:
    """One live block of a page, as its reader handles it."""

    def __init__(self, page: Page, number: int) -> None:
        self.page, self.number = page, number
        self.bar = page.locator(f"[data-live=page][data-block='{number}']")
        self.status = self.bar.get_by_role("status")
        self.result = self.bar.locator("+ .live-result")
        self.output = self.bar.locator("xpath=preceding-sibling::div[1]")
        self.code = self.bar.locator("xpath=preceding-sibling::div[contains(@class, 'python')][1]")
        self.editor = page.get_by_role("textbox", name=f"Code of block {number}.")

    def button(self, name: str) -> Locator:
        return self.bar.get_by_role("button", name=re.compile(rf"^{name} "))

    def run(self) -> None:
        self.button("Run").click()

    def stop(self) -> None:
        self.button("Stop").click()

    def write(self, code: str) -> None:
        """Open the editor, if it is not open, and put this code in the place of what is there."""
        if not self.editor.is_visible():
            self.button("Edit").click()
        self.editor.click()
        self.page.keyboard.press("Control+A")
        self.page.keyboard.insert_text(code)

    def says(self, words: str) -> None:
        expect(self.status).to_contain_text(words, timeout=PYTHON_STARTS)
        expect(self.button("Run")).to_be_visible(timeout=PYTHON_STARTS)

    def prints(self, text: str) -> None:
        expect(self.result).to_have_text(text, use_inner_text=True, timeout=PYTHON_STARTS)


Chapter = Callable[[int], Block]


@pytest.fixture
def chapter(page: Page, host: Host) -> Chapter:
    """The blocks of a chapter, by their numbers."""
    page.goto(host.address + CHAPTER)
    return partial(Block, page)
