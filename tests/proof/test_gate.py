"""No Python block reaches a reader unless it was proven, and no output that it did not print."""

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from proof.commit import Commit
from proof.faults import MOST_FAULTS, in_words
from proof.gate import PUBLISHED, Source, check, check_page, main, published
from proof.page import read, verdict
from proof.record import BlockNotRun, ProvenBlock, Record, digest
from tests.proof.checking import PAGE, code
from tests.proof.rendering import render

TEXT = (
    "# Title\n\n"
    + code("x = '<a>'\n")
    + "Some `#!python inline` code.\n\n"
    + code("print(x)\n\nprint(1)\n", "<a>\n1\n")
    + "!!! note\n\n    ```py title='b' hl_lines='1'\n    y = 2\n    ```\n"
)
CHANGED = '<span class="n">y</span>', '<span class="n">Y</span>'
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
    return in_words(check_page(html, name, records, source).faults, None)


# What passes


def test_marks_each_proven_block_below_its_output_and_changes_nothing_else(
    record: Record, source: Source
) -> None:
    html = render(TEXT)
    marked, count, _, problems = check_page(html, "page.md", [record], source)
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
    marked, count, _, problems = check_page(render(TEXT), "page.md", records, source)
    assert (count, problems) == (3, [])
    assert marked.count(MARK.format("3.11, 3.14")) == 3


SESSIONS = (
    "```pycon\n>>> x = '<a>'\n\n>>> print(x)\n<a>\n```\n\n"
    '```py\n>>> 1 / 0\nTraceback (most recent call last):\n  File "a", line 1\n'
    "ZeroDivisionError: division by zero\n```\n\n" + code("print(x)\n", "<a>\n")
)


@pytest.mark.parametrize("settings", [{}, {"linenums": True}])
def test_marks_a_session_right_below_it(source: Source, settings: dict[str, object]) -> None:
    html, record = render(SESSIONS, highlight=settings), proven(SESSIONS)
    marked, *found = check_page(html, "page.md", [record], source)
    assert found == [3, 0, []]
    first, second, third, _ = marked.split(MARK.format("3.11"))
    assert "Error" not in first
    assert "language-output" not in second
    assert "language-output" in third


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("\n<a>\n", "\n<b>\n"),
        ("\n<a>\n", "\n"),
        ("division by zero", "division by 0"),
        ("line 1", "line 2"),
        (">>> x = ", ">>> y = "),
        ("```\n\n```py", "```\n\n```output\n9\n```\n\n```py"),
    ],
)
def test_a_session_that_was_changed_fails(source: Source, old: str, new: str) -> None:
    assert old in SESSIONS
    html = render(SESSIONS.replace(old, new, 1))
    assert len(faults(html, [proven(SESSIONS)], source)) == 1 + ("output" not in new)


@pytest.mark.parametrize(
    "settings", [{"linenums": True}, {"linenums": True, "linenums_style": "inline"}]
)
def test_knows_a_block_however_it_is_shown(
    record: Record, source: Source, settings: dict[str, object]
) -> None:
    html = render(TEXT, highlight=settings)
    assert check_page(html, "page.md", [record], source)[1:] == (3, 0, [])


def test_the_same_code_may_run_twice_and_print_other(source: Source) -> None:
    text = (
        code("n = iter('ab')\n") + code("print(next(n))\n", "a\n") + code("print(next(n))\n", "b\n")
    )
    record = proven(text)
    html = render(text)
    assert check_page(html, "page.md", [record], source)[1:] == (3, 0, [])
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
    assert check_page(html, "page.md", [Record("3.11", {})], source) == (html, 0, 0, [])


def test_an_empty_line_that_an_example_prints_is_shown_empty(tmp_path: Path) -> None:
    example = '>>> print("a", "b", sep="\\n\\n")\na\n<BLANKLINE>\nb'
    (tmp_path / "a.py").write_text(f'def f():\n    r"""Do.\n\n{example}\n\n>>> 1\n1\n"""\n')
    source = Source(tmp_path)
    shown = example.replace("<BLANKLINE>", "")
    assert source.holds(shown)
    assert source.holds(f"{shown}\n\n>>> 1\n1")
    assert not source.holds(shown.replace("b", "c"))
    assert not source.holds("b")


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
    assert problem.startswith("page.md: block 4 was never proven:\n")
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
    html = render(TEXT).replace(*CHANGED)
    first, second = faults(html, [record], source)
    assert "was never proven:\n    Y = 2" in first
    assert second == "page.md:22: the block here ran, and is not shown."


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
    assert problem == "page.md: an output stands below no proven block:\n    1"


def test_a_proven_block_that_is_not_shown_fails(record: Record, source: Source) -> None:
    html = render(
        TEXT.replace("!!! note", "<!--").replace("y = 2\n    ```\n", "y = 2\n    ```\n-->\n")
    )
    assert faults(html, [record], source) == ["page.md:22: the block here ran, and is not shown."]


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


# What could not be run

REASON = "my.GoneError: The file could not be had. Tried:\n  a <here>\nName it."
THE_REST = code("import gone\n") + code("print(gone.x)\n", "1\n")


def without_last_block(record: Record, name: str = "page.md") -> Record:
    """The record of a page of which only the first two blocks could be run."""
    *first, last = record.pages[name]
    gaps = [BlockNotRun(last.line, last.code, REASON)]
    return Record(record.python, {name: first}, None, {name: gaps}, "make <it>")


def test_a_block_that_could_not_be_run_passes_without_a_mark_unless_strict(
    record: Record, source: Source
) -> None:
    html = f"<h1>Title</h1><p>Text.</p>{render(TEXT).partition('</h1>')[2]}"
    found = check_page(html, "page.md", [without_last_block(record)], source, strict=False)
    assert (found.proven, found.not_run, found.faults) == (2, 1, [])
    note = re.search(r'\n<div class="not-run" role="note">.*?</div>\n', found.html)
    assert note
    assert found.html.replace(note[0], "").replace(MARK.format("3.11"), "") == html
    assert found.html.startswith(f"<h1>Title</h1>{note[0]}")
    assert " ".join(re.sub("<[^>]+>", " ", note[0]).split()) == (
        "1 of the 3 blocks of code on this page was not run here. The file could not be had. "
        "It carries no mark, and nothing was compared with the output below it. "
        "To run it: make &lt;it&gt;"
    )


def test_a_block_that_was_not_run_is_a_fault_unless_the_record_says_why(
    record: Record, source: Source
) -> None:
    found = check_page(render(TEXT), "page.md", [without_last_block(record)], source)
    assert (found.proven, found.not_run) == (2, 0)
    assert "not-run" not in found.html
    assert in_words(found.faults, None) == [
        "page.md:22: 1 of the 3 blocks of code on this page was not run. The file could not be had."
    ]


@pytest.mark.parametrize(
    ("html", "wrong"),
    [
        (render(TEXT).replace(*CHANGED), 2),  # it is another block, and the right one is not shown
        (render(TEXT.replace("y = 2", "y = 3")), 2),
        (render(TEXT + code("y = 2\n")), 1),
        (render(TEXT + code("y = 2\n", "2\n")), 1),
        (render(TEXT + "Text.\n\n```output\n1\n```\n\n```output\n1\n```\n"), 1),
    ],
)
def test_a_block_that_could_not_be_run_lets_no_other_pass(
    html: str, wrong: int, record: Record, source: Source
) -> None:
    found = check_page(html, "page.md", [without_last_block(record)], source, strict=False)
    assert len(found.faults) == wrong


def test_a_block_that_could_not_be_run_lets_nothing_pass_on_another_page(
    record: Record, source: Source
) -> None:
    found = check_page(render(TEXT), "b.md", [without_last_block(record)], source, strict=False)
    assert [fault.what for fault in found.faults] == ["was never proven"] * 3
    assert "not-run" not in found.html


def test_an_output_below_what_was_not_run_is_shown_as_it_is(record: Record, source: Source) -> None:
    gaps = [
        BlockNotRun(30, digest("import gone"), REASON),
        BlockNotRun(34, digest("print(gone.x)"), REASON),
    ]
    some = Record("3.11", record.pages, None, {"page.md": gaps})
    found = check_page(render(TEXT + THE_REST), "page.md", [some], source, strict=False)
    assert (found.proven, found.not_run, found.faults) == (3, 2, [])
    assert found.html.count('class="proven"') == 3
    assert "2 of the 5 blocks of code on this page were not run here." in found.html


def test_a_page_without_a_title_has_the_note_above_the_first_such_block(source: Source) -> None:
    gaps = [BlockNotRun(1, digest("import gone"), REASON)]
    html = render("Text.\n\n" + code("import gone\n") + "# Below\n")
    found = check_page(
        html, "page.md", [Record("3.11", {}, None, {"page.md": gaps})], source, strict=False
    )
    before, _, after = found.html.partition('\n<div class="not-run"')
    assert html.startswith(before + "<div")
    assert "The block of code on this page was not run here." in after


def test_what_one_python_has_proven_and_another_could_not_run_has_no_mark(
    record: Record, source: Source
) -> None:
    for records in (
        [record, replace(without_last_block(record), python="3.13")],
        [without_last_block(record), replace(record, python="3.13")],
    ):
        found = check_page(render(TEXT), "page.md", records, source, strict=False)
        assert (found.proven, found.not_run, found.faults) == (2, 1, [])
        data = json.loads(json.dumps(published(records)))
        assert [block["line"] for block in data["pages"]["page.md"]] == [3, 9]
        assert [block["line"] for block in data["not_run"]] == [22]
    other = [
        without_last_block(record),
        Record("3.13", {"page.md": [*record.pages["page.md"][:2]]}),
    ]
    (fault,) = check_page(render(TEXT), "page.md", other, source, strict=False).faults
    assert fault.what == "was never proven on Python 3.13"


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
    assert report.is_good
    assert report.problems() == []
    assert (report.pages, report.blocks) == (6, 15)
    assert (site / "404.html").read_bytes() == f"<html>\r\n{render('Text.')}</html>".encode()
    assert (site / "a" / "index.html").read_bytes().count(b'class="proven"') == 3
    assert (site / "a" / "index.html").read_bytes().startswith(b"<html>\r\n")


def test_names_the_page_that_fails(tmp_path: Path, record: Record, source: Source) -> None:
    site = site_of(tmp_path, {"page/index.html": TEXT, "b/index.html": code("z = 1\n")})
    report = check(site, saved(tmp_path, record), source.folder)
    assert report.problems()[0].startswith("b/index.html: block 1 was never proven:")


def test_names_the_line_in_the_source(
    tmp_path: Path, source: Source, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    text = "# B\n\n" + code("z = 1\n") + "Text.\n\n" + code("z = 1\n") + code("z\n" * 5)
    twice = Record("3.11", {"part/b.md": [ProvenBlock(3, digest("z = 1"), digest(""))]})
    site = site_of(tmp_path, {"part/b/index.html": text, "c/index.html": code("c = 1\n")})
    (tmp_path / "docs" / "part").mkdir(parents=True)
    (tmp_path / "docs" / "part" / "b.md").write_text(text, encoding="utf-8")
    (tmp_path / "docs" / "c.md").write_text(code("c = 1\n"), encoding="utf-8")
    (tmp_path / "docs" / "n.ipynb").write_text(
        json.dumps({"cells": [{"source": ["Text"]}, {"source": ["n = 1\n", "n"]}]})
    )
    site_of(tmp_path, {"n/index.html": code("n = 1\nn\n")})
    report = check(site, saved(tmp_path, twice), source.folder)
    assert report.problems(tmp_path / "docs", "make it") == [
        "docs/c.md:1: block 1 was never proven:\n    c = 1",
        "docs/n.ipynb, cell 2: block 1 was never proven:\n    n = 1\n    n",
        "docs/part/b.md:9: block 2 was never proven:\n    z = 1",
        "docs/part/b.md:13: block 3 was never proven:\n    z\n    z\n    z\n    ...",
        "To run the pages, and see what is wrong with a block: make it",
    ]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("b.md", b"caf\xe9\n"),
        ("b.md", b'```python\n--8<-- "other.py"\n```\n'),
        ("b.ipynb", b"{"),
        ("b.ipynb", b"[1]"),
        ("b.ipynb", b'{"cells": [{}]}'),
    ],
)
def test_a_source_that_can_be_read_no_more_has_no_line(
    name: str, content: bytes, tmp_path: Path, source: Source, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    site = site_of(tmp_path, {"b/index.html": code("z = 1\n")})
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / name).write_bytes(content)
    (tmp_path / "docs" / "other.py").write_bytes(b"# caf\xe9\n")
    report = check(site, saved(tmp_path, Record("3.11", {})), source.folder)
    (said, _) = report.problems(tmp_path / "docs", "make it")
    assert said == f"docs/{name}: block 1 was never proven:\n    z = 1"


def test_tells_no_more_than_can_be_read(tmp_path: Path, source: Source) -> None:
    site = site_of(tmp_path, {"b/index.html": code("z = 1\n") * 1200})
    told = check(site, saved(tmp_path, Record("3.11", {})), source.folder).problems()
    assert len(told) == MOST_FAULTS + 2
    assert told[-2] == "... and 1,190 more like these."
    assert told[-1].endswith(": pytest --proof=FILE")


def test_says_how_to_run_what_could_not_be_run(
    tmp_path: Path, record: Record, source: Source
) -> None:
    site = site_of(tmp_path, {"page/index.html": TEXT})
    paths = saved(tmp_path, without_last_block(record))
    assert check(site, paths, source.folder).problems()[1:] == ["To run them: make <it>"]
    assert check(site, paths, source.folder, strict=False).is_good


def test_a_proven_page_that_is_not_in_the_site_fails(
    tmp_path: Path, record: Record, source: Source
) -> None:
    report = check(site_of(tmp_path, {"a.html": "A\n"}), saved(tmp_path, record), source.folder)
    assert report.problems()[0] == "page.md: proven on 3.11, and not in the site."


def test_a_site_without_a_record_fails(tmp_path: Path, source: Source) -> None:
    site = site_of(tmp_path, {"page/index.html": TEXT})
    before = (site / "page" / "index.html").read_bytes()
    report = check(site, [], source.folder)
    assert not report.is_good
    assert report.problems(command="make it") == [
        "There is no record of a proof. Run the pages first: make it"
    ]
    assert (site / "page" / "index.html").read_bytes() == before
    assert json.loads((site / PUBLISHED).read_bytes())["pages"] == {}


def test_a_file_of_pytest_that_would_be_published_fails(
    tmp_path: Path, record: Record, source: Source, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = site_of(tmp_path, {"page/index.html": TEXT})
    (site / "__pycache__").mkdir()
    for name in ("conftest.py", "__pycache__/conftest.cpython-311-pytest-9.pyc", "conftest.html"):
        (site / name).write_text("x = 1\n", encoding="utf-8")
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "conftest.py").write_text("x = 1\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    report = check(site, saved(tmp_path, record), source.folder)
    cached, own, _ = report.problems(Path("docs"))
    assert cached.startswith("__pycache__/conftest.cpython-311-pytest-9.pyc: is pytest's, and")
    assert own == (
        "docs/conftest.py: is pytest's, and would be published: move it out of the folder of the "
        "pages, or add conftest.py and __pycache__ to exclude_docs in mkdocs.yml."
    )


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
    said = capsys.readouterr().out
    assert 'was never proven:\n    """Doc."""' in said
    assert f"see what is wrong with a block: pytest --proof={records[0]}" in said


def test_the_command_passes_what_was_not_run_only_if_it_is_asked_by_name(
    tmp_path: Path,
    record: Record,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("PROOF_STRICT", raising=False)
    site = str(site_of(tmp_path, {"page/index.html": TEXT}))
    (path,) = saved(tmp_path, without_last_block(record))
    assert main([site, str(path)]) == 1
    assert "was not run. The file could not be had.\nTo run them: make" in capsys.readouterr().out
    assert main([site, str(path), "--allow-not-run"]) == 0
    assert capsys.readouterr().out == "pages: 1, proven blocks: 2, not run: 1\n"


def test_the_command_needs_a_record(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.json").write_text("[]", encoding="utf-8")
    assert main([str(tmp_path), str(tmp_path / "a.json")]) == 1
    assert "is no record of a proof" in capsys.readouterr().out
    assert main([str(tmp_path), str(tmp_path / "gone.json")]) == 1
    assert "gone.json" in capsys.readouterr().out


# In other people's projects


@pytest.mark.parametrize(
    ("source", "built"),
    [
        ("README.md", "index.html"),
        ("a/README.md", "a/index.html"),
        ("a/index.md", "a/index.html"),
        ("a/b.md", "a/b.html"),
        ("a/b.md", "a/b/index.html"),
        ("a/README.ipynb", "a/index.html"),
    ],
)
def test_a_page_is_known_under_any_name_that_mkdocs_gives_it(
    source: str, built: str, tmp_path: Path
) -> None:
    site = site_of(tmp_path, {built: TEXT})
    report = check(site, saved(tmp_path, proven(TEXT, name=source)), None)
    assert (report.blocks, report.faults) == (3, [])


def test_a_second_check_changes_nothing(tmp_path: Path, record: Record) -> None:
    site = site_of(tmp_path, {"page/index.html": TEXT})
    for strict, its in ((True, record), (False, without_last_block(record))):
        records = saved(tmp_path, its)
        first = check(site, records, None, strict=strict)
        once = (site / "page" / "index.html").read_text(encoding="utf-8")
        again = check(site, records, None, strict=strict)
        assert (site / "page" / "index.html").read_text(encoding="utf-8") == once
        assert again == first


def test_a_mark_that_the_page_brings_is_taken_away(tmp_path: Path, record: Record) -> None:
    mark = MARK.format("3.11")
    site = site_of(tmp_path, {"page/index.html": TEXT, "other/index.html": f"a\n\n{mark}\n"})
    check(site, saved(tmp_path, record), None)
    assert mark not in (site / "other" / "index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["gone", "a.json"], "gone is no folder: is the site built, and is this its name?"),
        (["a.json", "a.json"], "a.json is no folder: is the site built, and is this its name?"),
        (["empty", "a.json"], "empty has no page (*.html): build the site into it first."),
        (
            ["site", "gone.json"],
            "gone.json is not there. Run the pages first: pytest --proof=gone.json",
        ),
        (
            ["site", "a.json", "--source", "gone"],
            "gone is no folder: is the site built, and is this its name?",
        ),
    ],
)
def test_the_command_says_in_a_line_what_is_not_there(
    arguments: list[str],
    said: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    site_of(tmp_path, {"page/index.html": TEXT})
    Record("3.11", {}).save(tmp_path / "a.json")
    (tmp_path / "empty").mkdir()
    assert main(arguments) == 1
    assert capsys.readouterr().out == f"{said}\n"
    assert not (tmp_path / "gone").exists()


def test_a_page_in_another_encoding_is_named(
    tmp_path: Path,
    record: Record,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    site = site_of(tmp_path, {"page/index.html": TEXT})
    (site / "bad.html").write_bytes(b"caf\xe9")
    records = saved(tmp_path, record)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "bad.md").write_text(TEXT, encoding="utf-8")  # nothing is wrong with it
    assert main([str(site), *map(str, records)]) == 1
    said = capsys.readouterr().out
    assert said.startswith("bad.html: is not UTF-8 text, see its byte 4: save it as UTF-8.\n")
    assert "proven blocks: 3" in said


def test_a_source_in_another_encoding_is_read_as_python_reads_it(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_bytes(b"# coding: latin-1\ndef f():\n    return 'caf\xe9'\n")
    (tmp_path / "b.py").write_bytes(b"# caf\xe9\n")
    (tmp_path / "template.py").write_text("def {{ name }}():\n    pass\n", encoding="utf-8")
    assert Source(tmp_path).holds("def f():\n    return 'café'\n")
    assert not Source(tmp_path).holds("x = 1\n")
