"""Lighthouse gives each kind of page all it can give; speed is a matter for the benchmark."""

from pathlib import Path

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


def test_each_kind_of_page_gets_full_marks_and_a_page_with_faults_does_not(
    browser: Browser, site: Served, tmp_path: Path
) -> None:
    (tmp_path / "index.html").write_text(FAULTY)
    (tmp_path / "404.html").touch()
    with served(tmp_path) as faulty:
        pages = [site.address + page for page in PAGES]
        try:
            scores = checkers.lighthouse(chromium(), [*pages, faulty.address], CATEGORIES)
        except checkers.CheckerUnavailableError as error:
            pytest.skip(str(error))
    found = scores.pop(faulty.address)
    assert scores == {page: dict.fromkeys(CATEGORIES, Score(100, ())) for page in pages}
    assert "image-alt" in found["accessibility"].lost
    assert found["best-practices"].score < 100
    assert "meta-description" in found["seo"].lost
