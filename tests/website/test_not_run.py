"""Blocks that could not be run, from pytest to the built site: passed for this machine only."""

import json
import os
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from proof.record import Record
from tests import PATIENCE
from tests.website.conftest import ROOT
from website.build import main
from website.finish import is_to_be_published, must_be_proven
from website.pyodide import run_buttons, runtime

GONE = "class GoneError(Exception): pass"
RAISING = "raise GoneError('The file could not be had. Tried:\\n  a\\nName it.')"
INDEX = f"""# Some

```python
print(1)
```

```output
1
```

```python
{GONE}
{RAISING}
```

```output
2
```

```python
print(3)
```

```output
not seen by anyone
```
"""
WHOLE = "# All\n\n```python\nprint(1)\n```\n\n```output\n1\n```\n"
CONFTEST = """
from pathlib import Path
from proof.page import parser
from sybil import Sybil
pytest_collect_file = Sybil([parser([Path(__file__).parent])], pattern="*.md").pytest()
"""
SETTINGS = """[pytest]
addopts = -q -p proof.plugin -p no:cacheprovider
proof_unavailable = __main__.GoneError
proof_remedy = name the file
"""
ENVIRONMENT = {
    "PYTHONPATH": str(ROOT / "src"),
    "CI": "true",
    "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",  # the proof's plugin is named, and needs no other
}
MARK = '<p class="proven">'


@pytest.fixture
def book(project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with a page whose need cannot be had, and one that needs nothing."""
    book = tmp_path / "book"
    shutil.copytree(project, book)
    for page in (book / "docs").glob("*.*"):
        page.unlink()
    for name, text in (
        ("docs/index.md", INDEX),
        ("docs/whole.md", WHOLE),
        ("docs/conftest.py", CONFTEST),
        ("pytest.ini", SETTINGS),
        ("mkdocs.yml", settings(book, "http://127.0.0.1:8000/book/")),
    ):
        (book / name).write_text(text, encoding="utf-8")
    monkeypatch.chdir(book)
    monkeypatch.delenv("PROOF_STRICT", raising=False)
    run_buttons._say_once.cache_clear()
    return book


def settings(book: Path, address: str) -> str:
    """The project's `mkdocs.yml`, with another address and other pages."""
    lines = (book / "mkdocs.yml").read_text(encoding="utf-8").splitlines()
    others = [line for line in lines if not line.startswith(("site_url", "nav"))]
    return "\n".join([*others, f"site_url: {address}", "nav: [index.md, whole.md]"]) + "\n"


def prove(**environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "pytest", "docs", "--proof=build/proof/this.json"],
        env=os.environ | ENVIRONMENT | environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=PATIENCE,
    )


def test_a_build_for_this_machine_passes_blocks_that_were_not_run_and_their_page_says_so(
    book: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    done = prove()
    assert done.returncode == 0, done.stdout
    assert done.stdout.splitlines()[-4:-1] == [
        f"Proven: 2 blocks, on Python {sys.version_info[0]}.{sys.version_info[1]}.",
        "Not run: 2 blocks. The file could not be had.",
        "To run them: name the file",
    ]
    assert done.stdout.splitlines()[-1].startswith("2 passed, 2 skipped")
    assert main(book / "site") == 0, capsys.readouterr().out
    some = (book / "site" / "index.html").read_text(encoding="utf-8")
    assert some.count(MARK) == 1
    assert "2 of the 3 blocks of code on this page were not run here.</strong> The file" in some
    assert "<code>name the file</code>" in some
    assert some.index('class="not-run"') < some.index("print")
    assert some.count('data-live="page"') <= 1  # none at all on a machine without Node.js
    whole = (book / "site" / "whole" / "index.html").read_text(encoding="utf-8")
    assert (whole.count(MARK), "not-run" in whole) == (1, False)
    text = (book / "site" / "index.md").read_text(encoding="utf-8")
    assert "\n> **2 of the 3 blocks of code on this page were not run here.** The file" in text
    data = json.loads((book / "site" / "proof.json").read_bytes())
    assert [gap["line"] for gap in data["not_run"]] == [11, 20]


def test_no_block_that_was_not_run_passes_a_strict_build(
    book: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    strict = prove(PROOF_STRICT="1")
    assert strict.returncode == 1
    assert "GoneError: The file could not be had." in strict.stdout
    assert Record.load(book / "build" / "proof" / "this.json").not_run == {}
    assert prove().returncode == 0
    monkeypatch.setenv("PROOF_STRICT", "1")
    assert main(book / "site") == 1
    assert_refused(book, capsys.readouterr().out)


def test_no_block_that_was_not_run_passes_into_a_site_to_be_published(
    book: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert prove().returncode == 0
    text = settings(book, "https://example.org/book/")
    (book / "mkdocs.yml").write_text(text, encoding="utf-8")
    assert main(book / "site") == 1
    assert_refused(book, capsys.readouterr().out)


@pytest.mark.skipif(not runtime.is_possible(), reason="no Python for the browser here")
def test_a_site_to_be_published_is_refused_without_numpy_and_passes_if_that_is_asked_for(
    book: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    real = runtime.runtime()
    lock = {name: each for name, each in real.lock["packages"].items() if name != "numpy"}
    without_numpy = replace(real, lock={**real.lock, "packages": lock})
    monkeypatch.setattr(runtime, "runtime", lambda **_: without_numpy)
    monkeypatch.setenv("SITE_URL", "https://example.org/book/")
    monkeypatch.delenv(run_buttons.WITHOUT_NUMPY, raising=False)
    (book / "mkdocs.yml").write_text(settings(book, "!ENV SITE_URL"), encoding="utf-8")
    (book / "docs" / "index.md").write_text(WHOLE, encoding="utf-8")
    page = book / "docs" / "whole.md"
    page.write_text(f"{WHOLE}\n```python\nimport numpy\n```\n", encoding="utf-8")
    assert prove().returncode == 0

    assert main(book / "site") == 1
    said = capsys.readouterr().out
    assert "\nNumPy for the browser is not to be had, and 1 block needs it: " in said
    assert said.endswith(
        "To publish without NumPy, set VERDICT_WITHOUT_NUMPY=1.\n\nThe site was not built.\n"
    )
    assert not (book / "site").exists()

    monkeypatch.setenv(run_buttons.WITHOUT_NUMPY, "1")
    assert main(book / "site") == 0, capsys.readouterr().out
    html = (book / "site" / "whole" / "index.html").read_text(encoding="utf-8")
    assert (html.count(MARK), html.count('data-live="page"')) == (2, 1)
    assert "it needs numpy, which this copy of the site does not have" in html

    page.write_text(f"{WHOLE}\n```python\nimport numpy as np\n```\n", encoding="utf-8")
    assert main(book / "site") == 1
    assert "docs/whole.md:11: block 2 was never proven:" in capsys.readouterr().out


def assert_refused(book: Path, said: str) -> None:
    assert (
        "docs/index.md:11: 2 of the 3 blocks of code on this page were not run. "
        "The file could not be had.\nTo run them: name the file\n"
    ) in said
    assert not (book / "site").exists()


def test_a_block_that_has_changed_since_is_not_passed(
    book: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert prove().returncode == 0
    page = book / "docs" / "index.md"
    page.write_text(page.read_text().replace("print(3)", "print(4)"), encoding="utf-8")
    assert main(book / "site") == 1
    said = capsys.readouterr().out
    assert "docs/index.md:20: block 3 was never proven:\n    print(4)\n" in said
    assert said.count("\nTo run the pages, and see what is wrong with a block: make prove\n") == 1


def test_without_a_record_one_line_says_what_to_do(
    book: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(book / "site") == 1
    said = capsys.readouterr().out.splitlines()
    assert said == [
        "There is no record of a proof. Run the pages first: make prove",
        "",
        "The site was not built.",
    ]


@pytest.mark.parametrize(
    ("address", "is_public"),
    [
        ("http://127.0.0.1:8000/", False),
        ("http://127.3.2.1/book/", False),
        ("http://localhost:8000/", False),
        ("http://[::1]:8000/", False),
        ("https://example.org/book/", True),
        ("https://127.0.0.1.example.org/", True),
        ("http://192.168.1.5/", True),
        ("http://0.0.0.0:8000/", True),
        ("/book/", True),
        ("", True),
        (None, True),
    ],
)
def test_every_address_but_this_machine_s_is_strict(
    address: str | None, is_public: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert is_to_be_published(address) is is_public
    for value in ("", "0"):
        monkeypatch.setenv("PROOF_STRICT", value)
        assert must_be_proven(address) is is_public
    monkeypatch.setenv("PROOF_STRICT", "1")
    assert must_be_proven(address)
