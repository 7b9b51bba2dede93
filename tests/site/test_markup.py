"""Every page is valid HTML: the Nu checker finds nothing."""

from pathlib import Path

import pytest

from tests.site import checkers
from tests.website.conftest import Served

FAULTY = '<!doctype html><html lang="en"><title>A</title><p><div role="nothing"></p><a name="b">'


def test_every_page_is_valid_and_one_that_is_not_is_found(site: Served, tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text(FAULTY, encoding="utf-8")
    try:
        found = checkers.nu(site.folder, tmp_path)
    except checkers.CheckerUnavailableError as error:
        pytest.skip(str(error))
    of_faulty = [each for each in found if tmp_path.as_posix() in each]
    assert [each for each in found if each not in of_faulty] == []
    assert any("No “p” element in scope" in each for each in of_faulty)
    assert any("“nothing”" in each for each in of_faulty)
