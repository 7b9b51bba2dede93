import json
import os
import re
import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cached_property, partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, sync_playwright

from proof.plugin import cannot_be_had
from proof.unavailable import in_short
from tests import PATIENCE
from tests.website.small_site import small  # noqa: F401 (a fixture)
from website.build import build

ROOT = Path(__file__).parents[2]
CHROMIUM = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "chrome")
"""The first is the same browser without what only its windows need: a page costs it a third."""
CHROMIUM_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
# The first of V8's two compilers of WebAssembly: for most tests, the second takes longer than all
# that they run.
ONE_COMPILER = "--js-flags=--liftoff-only"
NO_SITE = "There is no built site: run `make site` first."
SAMPLE = Path(__file__).parent / "sample"
PACKAGE = """
build-system = {requires = ["hatchling"], build-backend = "hatchling.build"}
project = {name = "sample", version = "1.0"}
tool.hatch.build.targets.wheel.packages = ["src/sample"]
"""


class Served:
    """A built site and the address at which a browser finds it."""

    def __init__(self, folder: Path, origin: str, base: str) -> None:
        self.folder, self.origin, self.base = folder, origin, base

    @property
    def address(self) -> str:
        return self.origin + self.base

    @cached_property
    def pages(self) -> list[str]:
        """The addresses of all pages, below the site's own."""
        found = (path.relative_to(self.folder).as_posix() for path in self.folder.rglob("*.html"))
        return sorted(path.removesuffix("index.html") for path in found)

    def file(self, path: str) -> Path:
        """The file behind the path of an address."""
        name = path.removeprefix(self.base)
        return self.folder / (f"{name}index.html" if path.endswith("/") else name)


class Server(ThreadingHTTPServer):
    """A server to which browsers may come faster than a busy machine lets them in."""

    request_queue_size = 128  # beyond it a connection is lost, and is tried again seconds later


@contextmanager
def served(folder: Path, base: str = "/", *, late: str = "") -> Iterator[Served]:
    """Serve a folder; what has the ending `late` comes a second late."""

    class Handler(SimpleHTTPRequestHandler):
        def translate_path(self, path: str) -> str:
            below = urlsplit(path).path
            if late and below.endswith(late):
                time.sleep(1)
            if not below.startswith(base):
                return str(folder / "nowhere")
            return super().translate_path("/" + below.removeprefix(base))

        def send_error(self, code: int, *_: object) -> None:
            page = (folder / "404.html").read_bytes()
            self.send_response(code)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(page)

        def copyfile(self, source: Any, outputfile: Any) -> None:
            with suppress(ConnectionError):  # the browser has gone elsewhere
                super().copyfile(source, outputfile)

        def log_message(self, *_: object) -> None:
            pass

    with Server(("127.0.0.1", 0), partial(Handler, directory=str(folder))) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        try:
            yield Served(folder, f"http://127.0.0.1:{server.server_port}", base)
        finally:
            server.shutdown()
            thread.join(PATIENCE)


@pytest.fixture(scope="session")
def site() -> Iterator[Served]:
    """The site as it will be published."""
    folder = ROOT / "build" / "site"
    if not (folder / "index.html").is_file():
        pytest.fail(NO_SITE)
    with served(folder, urlsplit(published_address(folder)).path) as site:
        yield site


def published_address(folder: Path) -> str:
    """Where a built site will be published, as its home page says."""
    home = (folder / "index.html").read_text(encoding="utf-8")
    canonical = re.search(r'<link rel="canonical" href="([^"]+)"', home)
    return canonical[1] if canonical else "/"


def needs_every_mark(site: Path) -> None:
    """Skip what needs blocks with marks, where the site has some that could not be run."""
    record = site / "proof.json"
    if not record.is_file():
        pytest.fail(NO_SITE)
    if not_run := json.loads(record.read_bytes()).get("not_run"):
        reason = in_short(not_run[0]["reason"])
        cannot_be_had(f"{len(not_run)} blocks of the built site were not run. {reason}")


@pytest.fixture(scope="session")
def whole_site(site: Served) -> Served:
    """The site as it will be published, with a mark on every block."""
    needs_every_mark(site.folder)
    return site


@pytest.fixture(scope="session")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small project of its own, with the real configuration, theme and styles."""
    folder = tmp_path_factory.mktemp("project")
    shutil.copytree(SAMPLE, folder / "docs")
    shutil.copytree(ROOT / "src" / "website" / "theme", folder / "src" / "website" / "theme")
    (folder / "src" / "sample").mkdir(parents=True)
    (folder / "src" / "sample" / "__init__.py").touch()
    (folder / "pyproject.toml").write_text(PACKAGE, encoding="utf-8")
    (folder / "mkdocs.yml").write_text(
        f"INHERIT: {(ROOT / 'mkdocs.yml').as_posix()}\n"
        "site_url: http://127.0.0.1:8000/book/\n"
        "nav: [index.md, plots.ipynb]\n",
        encoding="utf-8",
    )
    return folder


@pytest.fixture
def in_project(project: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A test in the small project's folder."""
    monkeypatch.chdir(project)
    return project


@pytest.fixture
def sample(in_project: Path, tmp_path: Path) -> Iterator[Served]:
    """The small project's site: blocks of every kind, a notebook with a plot."""
    build(tmp_path / "site", preview="http://127.0.0.1:8000/book/")
    with served(tmp_path / "site", "/book/") as site:
        yield site


def chromium(*, is_whole: bool = False) -> str:
    """The path of the browser, with what its windows need if that is asked for.

    Raises:
        FileNotFoundError: there is none.
    """
    names = (os.environ.get("CHROMIUM", ""), *CHROMIUM[is_whole:])
    path = next(filter(None, (shutil.which(name) for name in names if name)), None)
    if not path:
        raise FileNotFoundError(
            f"no browser: none of {', '.join(CHROMIUM)} is on the PATH, and CHROMIUM names none"
        )
    return path


@contextmanager
def launched(*arguments: str) -> Iterator[Browser]:
    """A browser, with more arguments than usual."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium(), args=[*CHROMIUM_FLAGS, *arguments]
        )
        try:
            yield browser
        finally:
            browser.close()
