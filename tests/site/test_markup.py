"""Every page is valid HTML: the Nu checker finds nothing."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.site import checkers
from tests.website.conftest import Served


@pytest.fixture
def findings() -> Callable[[Path], list[str]]:
    """What the checker says of a folder."""

    def find(folder: Path) -> list[str]:
        try:
            return checkers.nu(folder)
        except checkers.CheckerUnavailableError as error:
            pytest.skip(str(error))

    return find


def test_every_page_is_valid(site: Served, findings: Callable[[Path], list[str]]) -> None:
    assert findings(site.folder) == []


def test_a_page_that_is_not_valid_is_found(
    tmp_path: Path, findings: Callable[[Path], list[str]]
) -> None:
    page = '<!doctype html><html lang="en"><title>A</title><p><div role="nothing"></p><a name="b">'
    (tmp_path / "index.html").write_text(page, encoding="utf-8")
    found = "\n".join(findings(tmp_path))
    assert "No “p” element in scope" in found
    assert "“nothing”" in found
