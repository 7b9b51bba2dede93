import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import PATIENCE, wait_until
from tests.website.preview.serving import COMMAND, Preview, get, serving


@pytest.fixture
def preview(in_project: Path, tmp_path: Path) -> Iterator[Preview]:
    with serving(in_project, tmp_path / "log.txt", "/book/") as preview:
        yield preview
    # Other tests of this project begin without a record.
    shutil.rmtree(in_project / "build" / "proof", ignore_errors=True)


def test_a_server_follows_edits_survives_mistakes_and_ends_well(
    preview: Preview, in_project: Path
) -> None:
    preview.shows("Blocks of every kind")
    page, settings = in_project / "docs" / "index.md", in_project / "mkdocs.yml"
    text, good = page.read_text(encoding="utf-8"), settings.read_text(encoding="utf-8")
    try:
        page.write_text(f"{text}\nFreshly edited.\n", encoding="utf-8")
        preview.shows("Freshly edited.")
        settings.write_text(f"{good}plugins: [no-such-plugin]\n", encoding="utf-8")
        wait_until(lambda: "no-such-plugin" in preview.said, "it says what is wrong")
        assert "Freshly edited." in get(preview.address)
        settings.write_text(good, encoding="utf-8")
        page.write_text(f"{text}\nMended.\n", encoding="utf-8")
        preview.shows("Mended.")
    finally:
        page.write_text(text, encoding="utf-8")
        settings.write_text(good, encoding="utf-8")
    assert "404" in get(f"{preview.address}nowhere/")

    second = subprocess.run(
        [*COMMAND, str(preview.port)],
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
    )
    assert second.returncode == 1
    assert f"Port {preview.port} is in use" in second.stdout

    if os.name == "posix":
        preview.end_by_ctrl_c()
