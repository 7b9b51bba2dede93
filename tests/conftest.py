from collections.abc import Generator, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from playwright.sync_api import Browser, Page, expect

from proof.note import summary
from proof.plugin import cannot_be_had
from proof.record import load_all
from verdict import StoryUnavailableError, read_story

RECORDS = Path(__file__).parents[1] / "build" / "proof"
ONCE = (
    "tests/docs/test_figures.py::test_no_figure_depends_on_the_last_bit_of_a_number",
    "tests/docs/test_notebook.py::test_each_cell_of_a_notebook_that_is_removed_is_noticed",
    "tests/docs/test_pages.py::test_prints_the_same_whatever_the_order_of_sets",
    "tests/site/",
    "tests/test_external_links.py",
    "tests/test_install.py",
    "tests/test_install_lines.py",
    "tests/test_project.py",
    "tests/website/assets/test_wheels.py",
    "tests/website/mkdocs_patches/",
    "tests/website/preview/",
    "tests/website/pyodide/",
    "tests/website/sample/",
    "tests/website/test_build.py",
    "tests/website/test_not_run.py",
)
"""Tests of what is the same on every Python: one of them runs these, the others leave them out.

They are the mutants, the figures as other machines would add their numbers, the facts about the
repository, and whole builds and previews. For all other tests it is open whether they come out
alike, and every Python proves the pages and builds the site: see `check-python` in the Makefile.
"""

# A busy machine is slow now and then: speed is a matter for the benchmark.
settings.register_profile(
    "patient", settings.default, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("patient")
LIMIT = 60_000  # milliseconds: what is not on a page by then never comes
expect.set_options(timeout=LIMIT)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> Generator[None]:
    """Say at the very end which blocks could not be run: tests that need them were skipped."""
    yield
    records = load_all(sorted(RECORDS.glob("*.json")))
    if any(record.not_run for record in records):
        for line in summary(records):
            terminalreporter.write_line(line)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests that ask for a browser, and those that one Python runs for all."""
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker("browser")
        if item.nodeid.startswith(ONCE):
            item.add_marker("once")


@pytest.fixture(scope="session")
def story() -> str:
    """The story; where it cannot be had its tests are skipped; when strict, they fail."""
    try:
        return read_story()
    except StoryUnavailableError as error:
        cannot_be_had(error)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for all tests: a second cannot be started beside it."""
    from tests.website.conftest import ONE_COMPILER, launched

    with ExitStack() as stack:
        try:
            browser = stack.enter_context(launched(ONE_COMPILER))
        except FileNotFoundError as error:
            pytest.skip(str(error))
        yield browser


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A fresh browser window of 1280 by 900, in light mode."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, color_scheme="light")
    context.set_default_timeout(LIMIT)
    try:
        yield context.new_page()
    finally:
        context.close()
