import os

import pytest
from playwright.sync_api import Browser

from tests.site.visits import NARROW, WIDE, Visit, forget_others, visits
from tests.website.conftest import Served, in_project, project, sample, site  # noqa: F401


@pytest.fixture(scope="session")
def visited(browser: Browser, site: Served) -> dict[int, dict[str, Visit]]:  # noqa: F811
    """The visits to all pages, by the window's width, then by the page's address."""
    forget_others(browser, site)
    names = list(site.pages)
    if os.environ.get("PYTEST_XDIST_WORKER", "gw0") != "gw0":
        names.reverse()  # two workers begin at either end, and take each other's visits
    found: dict[int, dict[str, Visit]] = {WIDE: {}, NARROW: {}}
    for name, width, visit in visits(browser, site, names):
        found[width][name] = visit
    return found
