"""What checkers say of pages of ours, beside the same pages by stock Material.

Lighthouse looks as on a phone. Its score of the performance moves with the machine: nothing
depends on it.
"""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

from playwright.sync_api import Browser

from tests.bench.site import build, mkdocs, write_plain
from tests.site import checkers
from tests.site.axe import AXE
from tests.site.test_every_page import weight
from tests.site.visits import SHIFTS
from tests.website.conftest import Served, chromium, launched, served

PAGES = {
    "home": "",
    "a chapter": "working-with-text-data/tokenizing-text/",
    "a chapter with figures": "working-with-text-data/converting-tokens-into-token-ids/",
}
CATEGORIES = ("accessibility", "best-practices", "seo", "performance")
RUN_AXE = "async () => (await axe.run({resultTypes: ['violations']})).violations"


def tables() -> Iterator[str]:
    """A table for each page: what was looked at, stock Material's, ours."""
    with TemporaryDirectory() as temporary, ExitStack() as stack:
        folder = Path(temporary).resolve()
        write_plain(folder)
        mkdocs("material", folder)
        build(folder / "ours")
        sites = [stack.enter_context(served(folder / name)) for name in ("site", "ours")]
        browser = stack.enter_context(launched())
        for title, page in PAGES.items():
            columns = [looked_at(browser, site, page) for site in sites]
            lines = [f"{title:24} {'stock Material':>16} {'ours':>16}"]
            lines += [
                f"  {what:22} {stock:>16} {columns[1][what]:>16}"
                for what, stock in columns[0].items()
            ]
            yield "\n".join(lines)


def looked_at(browser: Browser, site: Served, name: str) -> dict[str, str]:
    """What the checkers say of one page."""
    address = site.address + name
    found: dict[str, str] = {}
    try:
        (scores,) = checkers.lighthouse(chromium(), [address], CATEGORIES).values()
        found["Lighthouse, " + "/".join(("acc.", "best", "SEO", "perf."))] = "/".join(
            str(scores[category].score) for category in CATEGORIES
        )
        found["Nu findings"] = str(
            sum(
                each.split(":")[1].endswith(f"/{name}index.html")
                for each in checkers.nu(site.folder)
            )
        )
    except checkers.CheckerUnavailableError as error:
        found["not checked"] = str(error)
    with browser.new_context(viewport={"width": 1280, "height": 900}, bypass_csp=True) as context:
        context.add_init_script(SHIFTS)
        page = context.new_page()
        addresses: list[str] = []
        page.on("request", lambda request: addresses.append(request.url))
        page.goto(address)
        page.wait_for_timeout(1500)
        shifts = page.evaluate("shifts")
        page.evaluate(AXE)
        rules = page.evaluate(RUN_AXE)
    ours = [url for url in addresses if url.startswith(site.address)]
    nodes = sum(len(rule["nodes"]) for rule in rules)
    found["axe rules / elements"] = f"{len(rules)} / {nodes}"
    found["requests"] = str(len(ours))
    found["to third parties"] = str(
        sum(not url.startswith((site.address, "data:", "blob:")) for url in addresses)
    )
    size = sum(weight(site.file(urlsplit(url).path)) for url in ours)
    found["kB from the own site"] = f"{size / 1000:.0f}"
    found["layout shift"] = f"{sum(float(shift.split()[0]) for shift in shifts):.4f}"
    return found
