"""Lighthouse gives each kind of page all it can give; speed is a matter for the benchmark."""

import pytest
from playwright.sync_api import Browser

from tests.site import checkers
from tests.site.checkers import Score
from tests.website.conftest import Served, chromium, served

CATEGORIES = ("accessibility", "best-practices", "seo")
PAGES = (
    "",
    "understanding-large-language-models/applications-of-llms/",
    "working-with-text-data/converting-tokens-into-token-ids/",
    "working-with-text-data/the-story-in-numbers/",
    "reference/text/",
)
FAULTY = "<title>A</title><img src='a.png'><a href='#'>here</a>"


@pytest.fixture(scope="module")
def scores(
    browser: Browser, site: Served, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, dict[str, Score]]:
    """What Lighthouse gives to pages of the site, and to one with faults."""
    folder = tmp_path_factory.mktemp("faulty")
    (folder / "index.html").write_text(FAULTY)
    (folder / "404.html").touch()
    with served(folder) as faulty:
        addresses = {page: site.address + page for page in PAGES} | {"faulty": faulty.address}
        try:
            found = checkers.lighthouse(chromium(), list(addresses.values()), CATEGORIES)
        except checkers.CheckerUnavailableError as error:
            pytest.skip(str(error))
    return {page: found[address] for page, address in addresses.items()}


@pytest.mark.parametrize("page", PAGES)
def test_each_kind_of_page_gets_full_marks(page: str, scores: dict[str, dict[str, Score]]) -> None:
    assert scores[page] == dict.fromkeys(CATEGORIES, Score(100, ()))


def test_a_page_with_faults_does_not(scores: dict[str, dict[str, Score]]) -> None:
    found = scores["faulty"]
    assert "image-alt" in found["accessibility"].lost
    assert found["best-practices"].score < 100
    assert "meta-description" in found["seo"].lost
