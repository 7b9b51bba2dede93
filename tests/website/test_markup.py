"""Every page is valid HTML: the Nu checker, the one behind validator.w3.org, finds nothing."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.website.conftest import Served

NOT_FOR_IT = r".*violates Content Security Policy.*"
"""It reads the pages as files, which have no site of their own. A browser tries the policy."""


def findings(folder: Path) -> list[str]:
    """What the checker says of the pages in a folder: the file, the line, the message."""
    jar = os.environ.get("VNU_JAR")
    java = shutil.which("java")
    if not jar or not java:
        lacking = "VNU_JAR names no vnu.jar (npm's package vnu-jar has it)" if java else "no Java"
        pytest.skip(f"no Nu checker: {lacking}")
    options = ["--skip-non-html", "--format", "json", "--stdout", "--exit-zero-always"]
    done = subprocess.run(
        [java, "-jar", jar, *options, "--filterpattern", NOT_FOR_IT, str(folder)],
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    return [
        f"{message['url']}:{message.get('lastLine')}: {message['message']}"
        for message in json.loads(done.stdout)["messages"]
    ]


def test_every_page_is_valid(site: Served) -> None:
    assert findings(site.folder) == []


def test_a_page_that_is_not_valid_is_found(tmp_path: Path) -> None:
    page = '<!doctype html><html lang="en"><title>A</title><p><div role="nothing"></p><a name="b">'
    (tmp_path / "index.html").write_text(page, encoding="utf-8")
    found = "\n".join(findings(tmp_path))
    assert "No “p” element in scope" in found
    assert "“nothing”" in found
