"""How long a writer waits for an edit: from the file to the browser, ours and bare MkDocs'.

Both servers stand in turn on a copy of the project, with the record of its proof, if there is
one: without it (`make prove`), the preview proves all pages beside the edits, and that slows it.
"""

import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, Error

from tests import PATIENCE
from tests.bench.site import CHAPTER, write_ours, write_plain
from tests.website.conftest import launched
from tests.website.preview.serving import free_port

EDITS = 5
GOAL = 1.2
"""How many times as long as with bare MkDocs a writer may wait."""
SOURCE = f"docs/{CHAPTER.rstrip('/')}.md"


def tables() -> Iterator[str]:
    """The seconds from an edit until the page shows it, best and median."""
    with TemporaryDirectory() as temporary, launched() as browser:
        plain, ours = Path(temporary, "plain").resolve(), Path(temporary, "ours").resolve()
        write_plain(plain)
        write_ours(ours)
        bare = ["mkdocs", "serve", "--quiet", "--config-file", "mkdocs.yml", "--dev-addr"]
        lines = [f"an edit of {CHAPTER} is seen after, best and median of {EDITS}"]
        medians = []
        for name, folder, command in (
            ("bare MkDocs", plain, [*bare, "127.0.0.1:{port}"]),
            ("our preview", ours, ["website", "serve", "--port", "{port}"]),
        ):
            with _served(folder, command) as address:
                waits = list(_waits(browser, address, folder / SOURCE))
            lines.append(f"  {name:12} {min(waits):6.2f} s {median(waits):6.2f} s")
            medians.append(median(waits))
        ratio = medians[1] / medians[0]
        word = "reached" if ratio <= GOAL else "NOT REACHED"
        lines.append(f"  {ratio:.2f} times as long, wanted at most {GOAL}: {word}")
        yield "\n".join(lines)


@contextmanager
def _served(folder: Path, command: Sequence[str]) -> Iterator[str]:
    port = str(free_port())
    filled = [sys.executable, "-m", *(part.format(port=port) for part in command)]
    quiet = subprocess.DEVNULL
    with subprocess.Popen(filled, cwd=folder, stdout=quiet, stderr=quiet) as process:
        try:
            yield f"http://127.0.0.1:{port}/"
        finally:
            process.kill()


def _waits(browser: Browser, address: str, source: Path) -> Iterator[float]:
    page = browser.new_page()
    end = time.monotonic() + PATIENCE
    while True:
        try:
            page.goto(address + CHAPTER)
            break
        except Error:  # it does not serve yet
            if time.monotonic() > end:
                raise
            time.sleep(0.2)
    text = source.read_text(encoding="utf-8")
    for number in range(EDITS):
        page.wait_for_timeout(1500)  # a person reads before the next edit
        start = time.monotonic()
        source.write_text(f"{text}\nEdit number {number}.\n", encoding="utf-8")
        page.get_by_text(f"Edit number {number}.").wait_for(timeout=PATIENCE * 1000)
        yield time.monotonic() - start
    page.close()
