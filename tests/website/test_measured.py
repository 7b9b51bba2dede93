import json
from pathlib import Path

import pytest

from proof.mutants import fingerprint
from proof.record import digest
from tests.website.conftest import Served
from website import measured

PLACE = "<h2>The figures</h2>\n<p data-measured>The table\nstands there.</p>\n<p>After.</p>"


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    """A site with a place for the figures, the pages' sources, and a report on them."""
    site, docs = tmp_path / "site", tmp_path / "docs"
    for folder in (site, docs):
        folder.mkdir()
    (site / "index.html").write_text(PLACE, encoding="utf-8")
    (docs / "a.md").write_text("# A\n", encoding="utf-8")
    blocks = [{"line": 1, "code": "x", "output": output} for output in (digest("1"), digest(""))]
    record = {"pythons": ["3.11", "3.14"], "pages": {"a.md": blocks, "b.md": []}}
    (site / "proof.json").write_text(json.dumps(record), encoding="utf-8")
    report = {
        "pages": fingerprint(docs),
        "made": {"output changed": 1000, "code removed": 1000},
        "killed": {"output changed": 1000, "code removed": 998},
    }
    (tmp_path / "mutants.json").write_text(json.dumps(report), encoding="utf-8")
    return docs


def filled(docs: Path) -> str:
    measured.fill(docs.parent / "site", docs, docs.parent / "mutants.json")
    return (docs.parent / "site" / "index.html").read_text(encoding="utf-8")


def test_the_figures_are_counted(docs: Path) -> None:
    page = filled(docs)
    for what, count in {
        "Pages with Python blocks": "1",
        "Blocks that ran": "2",
        "Blocks with output": "1",
        "Versions of Python": "3.11 and 3.14",
        "Changed lines of output that the proof noticed": "1,000 of 1,000",
        "Removed lines of code that the proof noticed": "998 of 1,000",
        "Kill rate": "99.9%",
    }.items():
        assert f'<th scope="row">{what}</th><td>{count}</td>' in page
    assert page.startswith("<h2>The figures</h2>\n<table>")
    assert page.endswith("</table>\n<p>After.</p>")


def test_a_report_on_other_pages_does_not_count(docs: Path) -> None:
    (docs / "a.md").write_text("# B\n", encoding="utf-8")
    page = filled(docs)
    assert "not made for this build" in page
    assert "Kill rate" not in page


def test_without_a_report_the_rest_is_there(docs: Path) -> None:
    (docs.parent / "mutants.json").unlink()
    page = filled(docs)
    assert "not made for this build" in page
    assert "Blocks that ran" in page


def test_the_page_for_maintainers_has_the_figures(site: Served) -> None:
    page = site.folder / "for-maintainers" / "how-this-site-is-proven" / "index.html"
    text = page.read_text(encoding="utf-8")
    assert "data-measured" not in text
    record = json.loads((site.folder / "proof.json").read_bytes())
    blocks = sum(map(len, record["pages"].values()))
    assert f'<th scope="row">Blocks that ran</th><td>{blocks}</td>' in text
