import json
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from website.pages import report_links
from website.site import Site

REPOSITORY = "https://example.org/a/b"
MARK = '<p class="proven">Runs as shown on Python 3.14</p>'


def test_an_issue_names_page_and_block() -> None:
    address = report_links.issue(REPOSITORY, "https://c.org/part/b/", "part/b.md", 12)
    assert address.startswith(f"{REPOSITORY}/issues/new?")
    asked = parse_qs(urlsplit(address).query)
    assert asked["title"] == ["Problem with a block: part/b.md, line 12"]
    assert "https://c.org/part/b/" in asked["body"][0]
    assert "docs/part/b.md, line 12" in asked["body"][0]
    assert "cell 2" in report_links.issue(REPOSITORY, "", "n.ipynb", 2).replace("%20", " ")


def test_each_mark_gets_the_link_of_its_block() -> None:
    page = f"<article><p>One</p>{MARK}<p>Two</p>{MARK}</article>"
    linked = report_links.linked(page, ["?1", "?2"])
    assert linked.index("Two") > linked.index('href="?1"') > linked.index("One")
    assert linked.index('href="?2"') > linked.index("Two")


def test_a_page_whose_marks_and_blocks_do_not_pair_stays_as_it_is() -> None:
    for links in ([], ["?1"], ["?1", "?2", "?3"]):
        assert report_links.linked(MARK * 2, links) == MARK * 2


def test_the_links_name_the_lines_of_the_record(tmp_path: Path) -> None:
    (tmp_path / "part" / "b").mkdir(parents=True)
    page = tmp_path / "part" / "b" / "index.html"
    page.write_text(MARK + MARK, encoding="utf-8")
    blocks = [{"line": 3, "code": "", "output": ""}, {"line": 9, "code": "", "output": ""}]
    record = {"pythons": ["3.14"], "pages": {"part/b.md": blocks, "gone.md": blocks}}
    (tmp_path / "proof.json").write_text(json.dumps(record), encoding="utf-8")
    with Site(tmp_path, address="https://c.org/") as site:
        report_links.link(site, REPOSITORY)
    text = page.read_text(encoding="utf-8")
    assert 0 < text.index("line%203") < text.index("line%209")
    assert text.count('class="report"') == 2
    assert text.count("https%3A%2F%2Fc.org%2Fpart%2Fb%2F") == 2
