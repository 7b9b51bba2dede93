"""No Python block reaches a reader unless it was proven, and no output that it did not print."""

import json
import re
from pathlib import Path

import pytest

from proof.commit import Commit
from proof.gate import PUBLISHED, Source, check, check_page, main, published
from proof.page import read, verdict
from proof.record import ProvenBlock, Record, digest
from tests.proof.checking import PAGE, code
from tests.proof.rendering import render

TEXT = (
    "# Title\n\n"
    + code("x = '<a>'\n")
    + "Some `#!python inline` code.\n\n"
    + code("print(x)\n\nprint(1)\n", "<a>\n1\n")
    + "!!! note\n\n    ```py title='b' hl_lines='1'\n    y = 2\n    ```\n"
)
MARK = '<p class="proven">Runs as shown on Python {}</p>'


def proven(text: str, python: str = "3.11", name: str = "page.md") -> Record:
    """The record of a page that runs as shown."""
    page, _ = read(text, PAGE)
    assert [verdict(block) for block in page.blocks] == [None] * len(page.blocks)
    blocks = [
        ProvenBlock(block.fence.first + 1, digest(block.source), digest(block.shown))
        for block in page.blocks
    ]
    return Record(python, {name: blocks})


@pytest.fixture(scope="module")
def record() -> Record:
    return proven(TEXT)


SOURCE = (
    '"""Doc."""\n\nimport re\n\n\n'
    'class A:\n    """A class.\n\n    Examples:\n'
    '        >>> A().f(2)\n        4\n\n        >>> A().f(3)\n        6\n    """\n\n'
    "    @staticmethod\n    def f(x):\n        # why\n        return 2 * x\n"
)


@pytest.fixture
def source(tmp_path: Path) -> Source:
    (tmp_path / "src" / "part").mkdir(parents=True)
    (tmp_path / "src" / "part" / "a.py").write_text(SOURCE, encoding="utf-8")
    return Source(tmp_path / "src")


def faults(html: str, records: list[Record], source: Source, name: str = "page.md") -> list[str]:
    return check_page(html, name, records, source)[2]


# What passes


def test_marks_each_proven_block_below_its_output_and_changes_nothing_else(
    record: Record, source: Source
) -> None:
    html = render(TEXT)
    marked, count, problems = check_page(html, "page.md", [record], source)
    assert problems == []
    assert count == 3
    mark = MARK.format("3.11")
    assert marked.replace(mark, "") == html
    before = [part[-6:] for part in marked.split(mark)[:-1]]
    assert before == ["</div>"] * 3
    first, second, third, _ = marked.split(mark)
    assert "print" not in first
    assert "language-output" in second
    assert 'class="filename">b<' in third


def test_a_mark_names_all_versions(record: Record, source: Source) -> None:
    records = [record, Record("3.14", record.pages)]
    marked, count, problems = check_page(render(TEXT), "page.md", records, source)
    assert (count, problems) == (3, [])
    assert marked.count(MARK.format("3.11, 3.14")) == 3


@pytest.mark.parametrize(
    "settings", [{"linenums": True}, {"linenums": True, "linenums_style": "inline"}]
)
def test_knows_a_block_however_it_is_shown(
    record: Record, source: Source, settings: dict[str, object]
) -> None:
    html = render(TEXT, highlight=settings)
    assert check_page(html, "page.md", [record], source)[1:] == (3, [])


def test_the_same_code_may_run_twice_and_print_other(source: Source) -> None:
    text = (
        code("n = iter('ab')\n") + code("print(next(n))\n", "a\n") + code("print(next(n))\n", "b\n")
    )
    record = proven(text)
    html = render(text)
    assert check_page(html, "page.md", [record], source)[1:] == (3, [])
    assert len(faults(render(text + code("print(next(n))\n", "b\n")), [record], source)) == 1
    swapped = html.replace(">a<", ">c<").replace(">b<", ">a<").replace(">c<", ">b<")
    assert swapped != html
    assert len(faults(swapped, [record], source)) == 2


@pytest.mark.parametrize(
    "block",
    [
        f"```python\n{SOURCE}```\n",
        f"```py\n{SOURCE[SOURCE.index('class') :]}```\n",
        "```python\n@staticmethod\ndef f(x):\n    # why\n    return 2 * x\n```\n",
        "```pycon\n>>> A().f(2)\n4\n```\n",
        "```pycon\n>>> A().f(2)\n4\n\n>>> A().f(3)\n6\n```\n",
        '<pre><code class="language-python">    @staticmethod\n    def f(x):\n        # why\n'
        "        return 2 * x\n</code></pre>\n",
    ],
)
def test_a_whole_piece_of_the_source_passes_without_a_mark(block: str, source: Source) -> None:
    html = render(f"Text.\n\n{block}")
    assert 'class="' in html
    assert check_page(html, "page.md", [Record("3.11", {})], source) == (html, 0, [])


@pytest.mark.parametrize(
    "block",
    [
        "```py\nimport re\n```\n",
        "```python\nreturn 2 * x\n```\n",
        "```python\n# why\nreturn 2 * x\n```\n",
        "```python\ndef f(x):\n    # why\n    return 2 * x\n```\n",
        '```python\nclass A:\n    """A class.\n```\n',
        "```pycon\n>>> A().f(2)\n```\n",
        "```pycon\n>>> A().f(2)\n4\n\n>>> A().f(4)\n8\n```\n",
        "```python\n4\n\n```\n",
    ],
)
def test_some_lines_of_the_source_are_not_enough(block: str, source: Source) -> None:
    (problem,) = faults(render(f"Text.\n\n{block}"), [Record("3.11", {})], source)
    assert "was never proven:" in problem


# What does not


@pytest.mark.parametrize(
    "block",
    [
        '<pre><code class="language-python">z = 1</code></pre>\n',
        '<div class="highlight language-py"><pre>z = 1</pre></div>\n',
        "```pycon\n>>> z\n```\n",
        "```python2\nz = 1\n```\n",
        "```python\nreturn 2 *\n```\n",
        "```python\ndef f(self, x):\n    return 2 * x\n```\n",
    ],
)
def test_a_block_that_was_never_proven_fails(block: str, record: Record, source: Source) -> None:
    html = render(f"{TEXT}\nText.\n\n{block}")
    (problem,) = faults(html, [record], source)
    assert "was never proven:" in problem
    assert re.search(r"at line \d+ of the HTML", problem)
    assert problem.rpartition("\n    ")[2].strip(">= 12x*") in block


def test_a_block_from_a_snippet_fails(record: Record, source: Source, tmp_path: Path) -> None:
    (tmp_path / "more.md").write_text(code("z = 1\n"), encoding="utf-8")
    html = render(f'{TEXT}\n--8<-- "more.md"\n', [tmp_path])
    (problem,) = faults(html, [record], source)
    assert "z = 1" in problem


def test_a_block_of_another_page_fails(record: Record, source: Source) -> None:
    html = render("# Other\n\n" + code("x = '<a>'\n"))
    (problem,) = faults(html, [record], source, "other.md")
    assert "was never proven:" in problem


def test_a_block_that_was_changed_on_its_way_fails_twice(record: Record, source: Source) -> None:
    html = render(TEXT).replace("y", "Y")
    first, second = faults(html, [record], source)
    assert "was never proven:\n    Y = 2" in first
    assert second == "the block at line 22 of page.md ran, and is not shown."


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('<span class="go">1', '<span class="go">2'),
        ("1</span>\n</code>", "1</span>\n</code>extra"),
        ('<span class="go">1</span>\n</code>', "</code>"),
        ('<div class="language-output', '<div class="language-text'),
        ('<div class="admonition', '<pre class="language-output">9</pre><div class="admonition'),
        ("<p>Some", '<pre class="language-output">9</pre><p>Some'),
    ],
)
def test_an_output_that_was_changed_fails(
    record: Record, source: Source, old: str, new: str
) -> None:
    html = render(TEXT)
    assert html.count(old) == 1
    problems = faults(html.replace(old, new), [record], source)
    assert any("output" in problem for problem in problems)


def test_an_output_below_code_that_was_not_proven_fails(source: Source) -> None:
    html = render(f"```python\n{SOURCE}```\n\n```output\n1\n```\n")
    (problem,) = faults(html, [Record("3.11", {})], source)
    assert problem.endswith("is an output that stands below no proven block:\n    1")


def test_a_proven_block_that_is_not_shown_fails(record: Record, source: Source) -> None:
    html = render(
        TEXT.replace("!!! note", "<!--").replace("y = 2\n    ```\n", "y = 2\n    ```\n-->\n")
    )
    assert faults(html, [record], source) == [
        "the block at line 22 of page.md ran, and is not shown."
    ]


def test_a_block_that_one_python_has_not_proven_fails(record: Record, source: Source) -> None:
    blocks = record.pages["page.md"]
    records = [record, Record("3.13", {"page.md": blocks[1:]}), Record("3.14", {})]
    problems = faults(render(TEXT), records, source)
    assert ["3.13" in problem for problem in problems] == [True, False, False]
    assert all("never proven on Python" in problem and "3.14" in problem for problem in problems)


def test_an_output_that_one_python_printed_otherwise_fails(record: Record, source: Source) -> None:
    first, second, third = record.pages["page.md"]
    other = Record("3.13", {"page.md": [first, ProvenBlock(9, second.code, digest("3")), third]})
    problems = faults(render(TEXT), [record, other], source)
    assert "is shown with an output that it did not print" in problems[0]


# A whole site


def site_of(tmp_path: Path, pages: dict[str, str]) -> Path:
    for name, text in pages.items():
        path = tmp_path / "site" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(f"<html>\r\n{render(text)}</html>".encode())
    return tmp_path / "site"


def saved(tmp_path: Path, *records: Record) -> list[Path]:
    paths = [tmp_path / f"{record.python}.json" for record in records]
    for path, record in zip(paths, records, strict=True):
        record.save(path)
    return paths


def test_checks_each_page_of_a_site_by_its_source(
    tmp_path: Path, record: Record, source: Source
) -> None:
    blocks = record.pages["page.md"]
    names = ["index.md", "a.md", "b/index.md", "b/c.md", "n.ipynb"]
    html = ["index.html", "a/index.html", "b/index.html", "b/c/index.html", "n/index.html"]
    site = site_of(tmp_path, {**dict.fromkeys(html, TEXT), "404.html": "Text.\n"})
    records = saved(tmp_path, Record("3.11", dict.fromkeys(names, blocks)))
    report = check(site, records, source.folder)
    assert report.problems == []
    assert (report.pages, report.blocks) == (6, 15)
    assert (site / "404.html").read_bytes() == f"<html>\r\n{render('Text.')}</html>".encode()
    assert (site / "a" / "index.html").read_bytes().count(b'class="proven"') == 3
    assert (site / "a" / "index.html").read_bytes().startswith(b"<html>\r\n")


def test_names_the_page_that_fails(tmp_path: Path, record: Record, source: Source) -> None:
    site = site_of(tmp_path, {"page/index.html": TEXT, "b/index.html": code("z = 1\n")})
    report = check(site, saved(tmp_path, record), source.folder)
    (problem,) = report.problems
    assert problem.startswith(f"{Path('b/index.html')}: the block at line 2 of the HTML")


def test_a_proven_page_that_is_not_in_the_site_fails(
    tmp_path: Path, record: Record, source: Source
) -> None:
    report = check(site_of(tmp_path, {"a.html": "A\n"}), saved(tmp_path, record), source.folder)
    assert report.problems == ["page.md: proven on 3.11, and not in the site."]


def test_a_site_without_a_record_fails(tmp_path: Path, source: Source) -> None:
    report = check(site_of(tmp_path, {"page/index.html": TEXT}), [], source.folder)
    assert "no record of a proof" in report.problems[0]
    assert sum("was never proven:" in problem for problem in report.problems) == 3


def test_publishes_the_record(tmp_path: Path, record: Record, source: Source) -> None:
    site = site_of(tmp_path, {"page/index.html": TEXT})
    check(site, saved(tmp_path, Record("3.14", record.pages), record), source.folder)
    data = json.loads((site / PUBLISHED).read_text(encoding="utf-8"))
    assert data["pythons"] == ["3.11", "3.14"]
    assert data["commit"] is None
    assert [block["line"] for block in data["pages"]["page.md"]] == [3, 9, 22]
    assert data["pages"]["page.md"][1]["output"] == digest("<a>\n1")


def test_publishes_a_commit_that_all_records_are_of() -> None:
    one, other = Commit("5f3a", "2026-03-02"), Commit("61a2", "2026-03-03")
    for commits, shown in (
        ((one, one), {"hash": "5f3a", "date": "2026-03-02"}),
        ((one, other), None),
        ((one, None), None),
        ((None,), None),
        ((), None),
    ):
        assert published([Record("3.11", {}, commit) for commit in commits])["commit"] == shown


def test_the_command_says_how_it_went(
    tmp_path: Path, record: Record, source: Source, capsys: pytest.CaptureFixture[str]
) -> None:
    site = str(site_of(tmp_path, {"page/index.html": TEXT}))
    records = [str(path) for path in saved(tmp_path, record)]
    assert main([site, *records]) == 0
    assert capsys.readouterr().out == "pages: 1, proven blocks: 3\n"

    site_of(tmp_path, {"page/index.html": TEXT + code(SOURCE)})
    assert main([site, *records, "--source", str(source.folder)]) == 0
    site_of(tmp_path, {"page/index.html": TEXT + code(SOURCE)})
    assert main([site, *records]) == 1
    assert 'was never proven:\n    """Doc."""' in capsys.readouterr().out


def test_the_command_needs_a_record(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.json").write_text("[]", encoding="utf-8")
    assert main([str(tmp_path), str(tmp_path / "a.json")]) == 1
    assert "is no record of a proof" in capsys.readouterr().out
    assert main([str(tmp_path), str(tmp_path / "gone.json")]) == 1
    assert "gone.json" in capsys.readouterr().out
