import json
import re
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from mkdocs.utils.yaml import yaml_load

from proof.mutant_report import fingerprint
from proof.record import digest
from tests.website.conftest import ROOT, Served
from website.pages import facts
from website.pages.facts import count_words, minutes, proof_facts
from website.site import Site
from website.sources import others, read_parts

RECORD = {
    "pythons": ["3.11", "3.12", "3.14"],
    "pages": {"a.md": [{"output": digest("1")}, {"output": digest("")}], "b.md": []},
}


def page(text: str) -> str:
    return f"<html><body><nav>Home</nav><article>{text}</article></body></html>"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """The page of a site whose record is published; a report on its sources stands beside it."""
    site, docs = tmp_path / "site", tmp_path / "docs"
    for folder in (site, docs):
        folder.mkdir()
    (site / "proof.json").write_text(json.dumps(RECORD), encoding="utf-8")
    (docs / "a.md").write_text("# A\n", encoding="utf-8")
    (site / "part" / "one").mkdir(parents=True)
    (site / "part" / "index.html").write_text(page("word " * 1200))
    (site / "part" / "one" / "index.html").write_text(page("word " * 1700))
    report = {
        "pages": fingerprint(docs),
        "made": {"output changed": 1000, "code removed": 1000},
        "killed": {"output changed": 1000, "code removed": 998},
    }
    (tmp_path / "mutants.json").write_text(json.dumps(report), encoding="utf-8")
    return site / "index.html"


def fill(home: Path, text: str, project: Path = facts.PROJECT) -> list[str]:
    """Let a text be filled in as the home page; return what is wrong with it."""
    home.write_text(page(text), encoding="utf-8")
    around = home.parent.parent
    report = around / "mutants.json"
    with Site(home.parent, around / "docs") as site:
        return facts.fill(site, repository="https://h.org/a/", report=report, project=project)


def test_the_numbers_of_the_proof_stand_where_a_page_asks_for_them(home: Path) -> None:
    assert fill(home, '<b data-proof="blocks"></b> on <b data-proof="pythons"></b>') == []
    assert '<b data-proof="blocks">2</b>' in home.read_text()
    assert '<b data-proof="pythons">3.11, 3.12 and 3.14</b>' in home.read_text()


FEET = '<p>V<span data-foot="version"></span>, <span data-foot="proof"></span></p>'


def test_the_foot_of_a_page_says_which_version_it_is_and_how_old_the_proof(home: Path) -> None:
    (home.parent / "proof.json").write_text(json.dumps(RECORD | {"commit": COMMIT}))
    project = home.parent / "pyproject.toml"
    project.write_text('[project]\nversion = "1.2"')
    assert fill(home, FEET, project=project) == []
    commit = '<a href="https://h.org/a/commit/5f3ac0ffee">5f3ac0f</a>'
    day = '<time datetime="2026-03-02">2 March 2026</time>'
    proof = f"Last proof: {day}, of commit {commit}, on Python 3.11, 3.12 and 3.14."
    assert home.read_text(encoding="utf-8") == page(f"<p>V 1.2, {proof}</p>")


def test_the_foot_names_no_version_where_the_project_names_none(home: Path) -> None:
    project = home.parent / "pyproject.toml"
    project.write_text('[tool.pytest.ini_options]\naddopts = ""')
    assert fill(home, "V" + '<span data-foot="version"></span>', project=project) == []
    assert "V<" in home.read_text(encoding="utf-8")


MUTANTS = "".join(f'<i data-proof="{name}"></i>' for name in ("changed", "removed", "rate"))


def test_the_mutants_that_the_proof_noticed_are_told(home: Path) -> None:
    assert fill(home, MUTANTS) == []
    assert re.findall(r">([^<>]+)</i>", home.read_text()) == [
        "1,000 of 1,000",
        "998 of 1,000",
        "99.9%",
    ]


def test_a_report_on_other_pages_does_not_count(home: Path) -> None:
    (home.parent.parent / "docs" / "a.md").write_text("# B\n", encoding="utf-8")
    assert fill(home, MUTANTS) == []
    assert home.read_text().count("not counted for this build") == 3


def test_without_a_report_the_rest_is_there(home: Path) -> None:
    (home.parent.parent / "mutants.json").unlink()
    assert fill(home, f'{MUTANTS}<b data-proof="blocks"></b>') == []
    assert home.read_text().count("not counted for this build") == 3
    assert '<b data-proof="blocks">2</b>' in home.read_text()


def test_an_output_is_counted_where_something_was_printed() -> None:
    assert proof_facts(RECORD) == {
        "blocks": "2",
        "outputs": "1",
        "pages": "1",
        "pythons": "3.11, 3.12 and 3.14",
        "browser": "0",
    }


COMMIT = {"hash": "5f3ac0ffee", "date": "2026-03-02"}
LAST = (
    '<dl><div>a</div><div data-if="commit"><div>of <b data-proof="commit"></b></div>'
    '<p data-proof="date"></p></div><div data-proof="blocks"></div></dl>'
)


def test_the_commit_of_the_last_proof_is_named(home: Path) -> None:
    (home.parent / "proof.json").write_text(json.dumps(RECORD | {"commit": COMMIT}))
    assert fill(home, LAST) == []
    text = home.read_text(encoding="utf-8")
    assert '<b data-proof="commit"><a href="https://h.org/a/commit/5f3ac0ffee">5f3ac0f</a>' in text
    assert '<p data-proof="date"><time datetime="2026-03-02">2 March 2026</time></p>' in text


def test_where_no_commit_was_proven_none_is_named(home: Path) -> None:
    assert fill(home, LAST) == []
    rest = '<dl><div>a</div><div data-proof="blocks">2</div></dl>'
    assert home.read_text(encoding="utf-8") == page(rest)


WHOLE = '<p data-if="whole">All.</p><p data-if="not-run"><b data-proof="not-run"></b> not.</p>'


def test_where_every_block_could_be_run_that_is_said(home: Path) -> None:
    assert fill(home, WHOLE) == []
    assert home.read_text(encoding="utf-8") == page('<p data-if="whole">All.</p>')


def test_where_some_could_not_be_run_they_are_counted(home: Path) -> None:
    gaps = [{"page": "a.md", "line": 3}, {"page": "b.md", "line": 1}]
    (home.parent / "proof.json").write_text(json.dumps(RECORD | {"not_run": gaps}))
    assert fill(home, f'{WHOLE}<i data-proof="blocks"></i>') == []
    assert home.read_text(encoding="utf-8") == page(
        '<p data-if="not-run"><b data-proof="not-run">2</b> not.</p><i data-proof="blocks">2</i>'
    )


def test_nothing_proven_is_said_to_be_nothing() -> None:
    known = proof_facts({"pythons": [], "pages": {}})
    assert (known["blocks"], known["pythons"]) == ("0", "none")


def test_the_time_to_read_is_that_of_all_pages_of_a_folder(home: Path) -> None:
    assert fill(home, '<b data-minutes="part/"></b>') == []
    assert '<b data-minutes="part/">15</b>' in home.read_text()  # 14.5
    assert minutes(Site(home.parent), "part/one/") == 10  # 8.5
    assert minutes(Site(home.parent), "elsewhere/") == 0


def test_what_is_not_read_is_not_counted() -> None:
    unread = (
        '<p>Two words<a class="headerlink">not <b>this</b></a><br></p>'
        '<svg><path d="M0 0"/><title>nor this</title></svg>'
        '<span class="meaning">nor <b>that</b></span>'
    )
    assert count_words(page(unread) + "<footer>nor that</footer>") == 2
    assert count_words("<p>nor a page without an article</p>") == 0


def test_the_list_of_the_parts_follows_the_navigation(home: Path) -> None:
    below = home.parent / "other" / "index.html"
    for folder, about in (("part", "1 &lt; 2 parts."), ("other", "No part.")):
        path = home.parent / folder / "index.html"
        path.parent.mkdir(exist_ok=True)
        text = page("word " * 900 + '<div data-list="parts"></div>' * (path == below))
        path.write_text(f'<meta name="description" content="{about}">{text}', encoding="utf-8")
    nav = [{"Home": "index.md"}, {"Part 1: R & D": ["part/index.md", "part/one.md"]}]
    home.write_text(page('<div data-list="parts"></div>'), encoding="utf-8")
    with Site(home.parent) as site:
        assert facts.fill(site, nav=nav) == []
    listed = (
        '<div data-list="parts"><ol><li><p><a href="part/">R &amp; D</a> '
        '<span class="time" data-pages="1">about 15 minutes</span></p>'
        "<p>1 &lt; 2 parts.</p></li></ol></div>"
    )
    assert listed in home.read_text(encoding="utf-8")
    assert listed.replace("part/", "../part/") in below.read_text(encoding="utf-8")


def test_the_pages_of_a_part_have_a_list_in_a_list(home: Path) -> None:
    texts = {"part": "R &amp; D", "part/one": "One", "part/two": "Two"}
    for folder, title in texts.items():
        (home.parent / folder).mkdir(exist_ok=True)
        text = page(f"<h1>{title}</h1>" + "word " * 500)
        (home.parent / folder / "index.html").write_text(
            f'<meta name="description" content="About.">{text}', encoding="utf-8"
        )
    asked = "".join(f'<div data-list="{name}"></div>' for name in ("part 3", "parts from 3"))
    home.write_text(page(asked), encoding="utf-8")
    nav: list[Any] = [{"Part 3: R & D": ["part/index.md", "part/one.md", "part/two.ipynb"]}]
    nav.append({"Part 4: One": ["part/one.md"]})
    with Site(home.parent) as site:
        assert facts.fill(site, nav=nav) == []
    text = home.read_text(encoding="utf-8")
    whole = (
        '<div data-list="part 3"><ul><li><p>Part 3: <a href="part/">R &amp; D</a> '
        '<span class="time" data-pages="2">about 10 minutes</span></p><p>About.</p>'
        '<ol class="pages"><li><a href="part/one/">One</a></li>'
        '<li><a href="part/two/">Two</a></li></ol></li></ul></div>'
    )
    assert whole in text
    both = text.partition('<div data-list="parts from 3">')[2]
    assert both.startswith(whole.partition(">")[2].removesuffix("</div>"))
    assert '</ul><ul><li><p>Part 4: <a href="part/one/">One</a>' in both


def test_what_is_in_no_part_has_a_list_too(home: Path) -> None:
    about = '<head><meta name="description" content="Every &lt;name&gt;"></head>'
    (home.parent / "names").mkdir()
    (home.parent / "names" / "index.html").write_text(about, encoding="utf-8")
    home.write_text(page('<div data-list="others"></div>'), encoding="utf-8")
    parts = {"Part 1: R & D": ["part/index.md"]}
    with Site(home.parent) as site:
        others = {"All & more": ["names/index.md", "names/a.md"]}
        assert facts.fill(site, nav=[{"Home": "index.md"}, parts, others]) == []
    assert (
        '<div data-list="others"><ul><li><p><a href="names/">All &amp; more</a></p>'
        "<p>Every &lt;name&gt;</p></li></ul></div>"
    ) in home.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "asked", ['data-proof="blokcs"', 'data-minutes="gone/"', 'data-list="chapters"']
)
def test_what_is_not_known_is_a_problem(home: Path, asked: str) -> None:
    (problem,) = fill(home, f"<b {asked}></b>")
    assert problem.startswith("index.html: ")
    assert asked.split('"')[1] in problem


def test_the_home_page_shows_what_the_record_holds(site: Served) -> None:
    home = (site.folder / "index.html").read_text(encoding="utf-8")
    record = json.loads((site.folder / "proof.json").read_bytes())
    shown = dict(re.findall(r'data-proof="(\w+)">(?:<[^>]+>)?([^<]+)<', home))
    assert int(shown["blocks"]) == sum(map(len, record["pages"].values())) > 0
    assert ("Every block of code on this site has been run" in home) == ("not_run" not in record)
    assert 0 < int(shown["outputs"]) <= int(shown["blocks"])
    assert re.findall(r"[\d.]+\d", shown["pythons"]) == record["pythons"]
    assert ("Last proof" in home) == bool(record["commit"])
    if record["commit"]:
        assert record["commit"]["hash"].startswith(shown["commit"])
        assert record["commit"]["date"] in home


def test_the_home_page_lists_every_part_of_the_navigation(site: Served) -> None:
    home = (site.folder / "index.html").read_text(encoding="utf-8")
    found = re.findall(
        r'<a href="([^"]+)/">([^<]+)</a> <span class="time" data-pages="\d+">about (\d+)', home
    )
    listed = [(folder, unescape(name)) for folder, name, _ in found]
    assert listed == [(part.folder, part.name) for part in read_parts(ROOT / "mkdocs.yml")]
    assert all(int(minutes) > 0 for *_, minutes in found)


def test_the_home_page_leads_to_all_else_in_the_navigation(site: Served) -> None:
    home = (site.folder / "index.html").read_text(encoding="utf-8")
    (found,) = re.findall(r'data-list="others">(.*?)</ul>', home, re.DOTALL)
    nav = yaml_load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))["nav"]
    assert re.findall(r">([^<]+)</a>", found) == [section.title for section in others(nav)]


def test_the_foot_of_every_page_says_whose_it_is(site: Served) -> None:
    for name in site.pages:
        text = site.file(site.base + name).read_text(encoding="utf-8")
        foot = text[text.index('class="md-copyright"') :]
        for wanted in ("The Verdict authors", "MIT License", "CC BY 4.0"):
            assert wanted in foot, name
        assert re.search(r"Verdict \d+\.\d+\.\d+ by", foot), name
        assert "data-foot" not in foot, name


def test_the_page_for_maintainers_has_the_figures(site: Served) -> None:
    page = site.folder / "for-maintainers" / "how-this-site-is-proven" / "index.html"
    shown = dict(re.findall(r'data-proof="(\w+)">([^<]+)<', page.read_text(encoding="utf-8")))
    record = json.loads((site.folder / "proof.json").read_bytes())
    figures = proof_facts(record).keys()
    assert shown.keys() == figures | {"changed", "removed", "rate"}
    assert int(shown["blocks"]) == sum(map(len, record["pages"].values()))
