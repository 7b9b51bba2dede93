import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import nbformat
import psutil
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from proof import notebook
from proof.commit import Commit
from proof.lock import locked
from proof.record import ProvenBlock, Record, digest, this_python
from tests import PATIENCE, wait_until
from tests.website.conftest import ROOT
from tests.website.preview.serving import Preview, get, serving
from website.preview.background_proof import BackgroundProof, _Result, _Run, merged
from website.preview.page_proof import PageProof

RECORD = Path("build/proof") / f"{this_python()}.json"
MARK = 'class="proven"'
CONFIGURATION = f"""
INHERIT: {(ROOT / "mkdocs.yml").as_posix()}
theme: {{custom_dir: '{(ROOT / "src/website/theme").as_posix()}'}}
site_url: http://127.0.0.1:8000/
nav: [index.md, other.md]
plugins: [search]
"""
PYTEST = (
    '[tool.pytest]\naddopts = ["-p", "proof.plugin"]\nproof_unavailable = ["sample.GoneError"]\n'
)


def page(code: str, output: str) -> str:
    return f"# A page\n\n```python\n{code}\n```\n\n```output\n{output}\n```\n"


GOOD = page("from sample import ANSWER\n\nprint(ANSWER)", "42")
OTHER = page("print('other')", "other")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with two pages and a package, as the working folder."""
    (tmp_path / "docs").mkdir()
    (tmp_path / "src" / "sample").mkdir(parents=True)
    (tmp_path / "src" / "sample" / "__init__.py").write_text(
        "ANSWER = 42\n\n\nclass GoneError(Exception):\n    pass\n", encoding="utf-8"
    )
    (tmp_path / "mkdocs.yml").write_text(CONFIGURATION, encoding="utf-8")
    (tmp_path / "pyproject.toml").write_text(PYTEST, encoding="utf-8")
    (tmp_path / "docs" / "index.md").write_text(GOOD, encoding="utf-8")
    (tmp_path / "docs" / "other.md").write_text(OTHER, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "src"))
    return tmp_path


@pytest.fixture
def preview(folder: Path) -> Iterator[Preview]:
    with serving(folder, folder / "log.txt") as preview:
        yield preview


def endless(folder: Path, name: str = "pids") -> str:
    """Code that starts a child, says who both are, and does not end."""
    return (
        "import os, pathlib, subprocess, sys\n"
        f"ready = pathlib.Path({str(folder / name)!r})\n"
        "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)'])\n"
        "_ = ready.with_suffix('.new').write_text(f'{os.getpid()} {child.pid}')\n"
        "_ = ready.with_suffix('.new').rename(ready)\n"
        "import time; time.sleep(600)"
    )


def pids(folder: Path, name: str = "pids") -> list[int]:
    wait_until((folder / name).is_file, "the endless block runs")
    found = [int(pid) for pid in (folder / name).read_text(encoding="utf-8").split()]
    assert all(map(is_running, found))
    return found


def is_running(pid: int) -> bool:
    try:
        return bool(psutil.Process(pid).status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


def wait_for_the_end_of(found: list[int]) -> None:
    wait_until(lambda: not any(map(is_running, found)), "what the page has started is gone")


def proven(name: str) -> list[str]:
    """The digests of the code that the record knows of a page."""
    return [block.code for block in Record.load(RECORD).pages.get(name, [])]


def test_a_first_preview_gets_its_marks_and_the_record_that_pytest_writes(
    folder: Path, preview: Preview
) -> None:
    preview.shows(MARK)
    preview.shows(MARK, "other/")
    (folder / "docs" / "conftest.py").write_text(
        "from sybil import Sybil\nfrom proof.page import parser\n"
        "pytest_collect_file = Sybil([parser()], pattern='*.md').pytest()\n",
        encoding="utf-8",
    )
    command = [sys.executable, "-m", "pytest", "docs", "--proof=by-pytest.json"]
    # Of pytest's plugins it needs the proof's alone, which pyproject.toml names.
    alone = {**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    subprocess.run(command, check=True, capture_output=True, timeout=PATIENCE, env=alone)
    assert Record.load(RECORD) == Record.load(Path("by-pytest.json"))


def test_what_an_edit_breaks_is_shown_on_the_page_and_in_the_terminal_until_it_is_mended(
    folder: Path, preview: Preview
) -> None:
    preview.shows(MARK)
    index = folder / "docs" / "index.md"
    index.write_text(page("print(6 * 7)", "43 & more"), encoding="utf-8")
    preview.shows("<del>-43 &amp; more</del>")
    assert "<ins>+42</ins>" in get(preview.address)
    assert MARK not in get(preview.address)
    assert "docs/index.md:7\n" in preview.said
    assert "  -43 & more\n  +42\n" in preview.said
    assert proven("index.md") == []
    assert proven("other.md") == [digest("print('other')")]
    index.write_text(page("print(6 * 7)", "42"), encoding="utf-8")
    preview.shows(MARK)
    assert "proof-note" not in get(preview.address)
    assert preview.said.count("other.md:") == 1  # an edit of one page is no work for another


def test_an_edit_of_the_package_has_all_pages_proven_again(folder: Path, preview: Preview) -> None:
    preview.shows(MARK)
    package = folder / "src" / "sample" / "__init__.py"
    package.write_text("ANSWER = 43\n", encoding="utf-8")
    preview.shows("<ins>+43</ins>")
    again = "other.md: 1 block proven"
    wait_until(lambda: preview.said.count(again) >= 2, "the other page ran too")


def test_a_newer_edit_ends_what_the_older_has_started(folder: Path, preview: Preview) -> None:
    preview.shows(MARK)
    index = folder / "docs" / "index.md"
    index.write_text(page(endless(folder), ""), encoding="utf-8")
    found = pids(folder)
    index.write_text(page("print('newest')", "newest"), encoding="utf-8")
    wait_for_the_end_of(found)
    preview.shows("newest")
    preview.shows(MARK)
    assert proven("index.md") == [digest("print('newest')")]


def test_two_edits_in_a_row_leave_the_newer(folder: Path, preview: Preview) -> None:
    preview.shows(MARK)
    index = folder / "docs" / "index.md"
    for number in range(2):
        index.write_text(page(f"print({number})", str(number)), encoding="utf-8")
    wait_until(lambda: proven("index.md") == [digest("print(1)")], "the newer is proven")
    preview.shows(MARK)


def test_other_pages_are_proven_while_one_never_ends(folder: Path, preview: Preview) -> None:
    preview.shows(MARK)
    (folder / "docs" / "index.md").write_text(page(endless(folder), ""), encoding="utf-8")
    found = pids(folder)
    (folder / "docs" / "other.md").write_text(page("print('new')", "new"), encoding="utf-8")
    wait_until(lambda: proven("other.md") == [digest("print('new')")], "the other is proven")
    wait_until(lambda: "docs/index.md still runs" in preview.said, "the writer is told")
    assert all(map(is_running, found))


@pytest.mark.skipif(os.name != "posix", reason="a process gets no Ctrl-C alone here")
def test_ctrl_c_in_the_middle_leaves_nothing_running_and_the_record_whole(
    folder: Path, preview: Preview
) -> None:
    preview.shows(MARK, "other/")
    (folder / "docs" / "index.md").write_text(page(endless(folder), ""), encoding="utf-8")
    found = pids(folder)
    preview.end_by_ctrl_c()
    wait_for_the_end_of(found)
    assert proven("other.md") == [digest("print('other')")]


@pytest.mark.skipif(os.name != "posix", reason="a process gets no Ctrl-C alone here")
def test_a_kernel_of_a_notebook_ends_with_the_preview(folder: Path, preview: Preview) -> None:
    preview.shows(MARK, "other/")
    cells = [new_code_cell(endless(folder))]  # type: ignore[no-untyped-call]
    nbformat.write(new_notebook(cells=cells), folder / "docs" / "book.ipynb")  # type: ignore[no-untyped-call]
    found = pids(folder)
    preview.end_by_ctrl_c()
    wait_for_the_end_of(found)


def test_what_runs_ends_with_a_preview_that_is_killed(folder: Path, preview: Preview) -> None:
    preview.shows(MARK)
    (folder / "docs" / "index.md").write_text(page(endless(folder), ""), encoding="utf-8")
    found = pids(folder)
    preview.process.kill()
    wait_for_the_end_of(found)


def test_what_ends_a_page_is_not_ended_itself_when_nobody_listens_any_more(folder: Path) -> None:
    script = (
        "import builtins, os, threading, time\nfrom website.preview import page_proof\n"
        "tried = threading.Event()\n"
        "def print_in_vain(*_, **__):\n    tried.set()\n    raise BrokenPipeError\n"
        "def end(pid):\n    tried.wait()\n    time.sleep(0.5)\n    os._exit(7)\n"
        "page_proof.print, page_proof.end = print_in_vain, end\npage_proof.main('60')\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        input=b"docs/other.md\n",
        stderr=subprocess.PIPE,
        check=False,
        timeout=PATIENCE,
    )
    assert (done.returncode, done.stderr) == (7, b"")


@pytest.fixture
def said() -> list[str]:
    """What the proof in the background says."""
    return []


@pytest.fixture
def background(folder: Path, said: list[str]) -> Iterator[BackgroundProof]:
    """A proof in the background, without a preview."""
    background = BackgroundProof(RECORD, seconds=PATIENCE, say=said.append)
    yield background
    background.stop()


def prove(background: BackgroundProof) -> None:
    """Let it look for edits, and wait until all pages are done."""
    background.look()
    wait_until(lambda: background.is_idle, "all pages are done")


def test_a_page_is_ended_after_its_time(folder: Path) -> None:
    (folder / "docs" / "index.md").write_text(page(endless(folder), ""), encoding="utf-8")
    for seconds in (2, 8, 32, PATIENCE):  # on a busy machine pages may not begin in so short a time
        background = BackgroundProof(RECORD, seconds=seconds, say=lambda _: None)
        prove(background)
        background.stop()
        message = background.faults["index.md"].faults[0].message
        ended = f"did not come to an end in {seconds} seconds" in message
        if ended and (folder / "pids").exists() and proven("other.md"):
            break
    assert ended, message
    wait_for_the_end_of([int(pid) for pid in (folder / "pids").read_text(encoding="utf-8").split()])
    assert proven("other.md") == [digest("print('other')")]


def test_a_notebook_is_proven_and_what_it_shows_is_compared(
    folder: Path, background: BackgroundProof
) -> None:
    book = folder / "docs" / "book.ipynb"
    cell = new_code_cell("print(6 * 7)")  # type: ignore[no-untyped-call]
    nbformat.write(new_notebook(cells=[cell]), book)  # type: ignore[no-untyped-call]
    prove(background)
    assert "+42" in background.faults["book.ipynb"].faults[0].message
    assert proven("book.ipynb") == []
    notebook.update(book)
    prove(background)
    assert proven("book.ipynb") == [digest("print(6 * 7)")]
    assert background.faults == {}


def test_what_cannot_be_had_is_recorded_as_not_run(
    folder: Path,
    background: BackgroundProof,
    said: list[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("PROOF_STRICT", raising=False)
    code = "from sample import GoneError\n\nraise GoneError('no such text')"
    (folder / "docs" / "index.md").write_text(f"```python\n{code}\n```\n", encoding="utf-8")
    prove(background)
    (block,) = Record.load(RECORD).not_run["index.md"]
    assert block.code == digest(code)
    assert "no such text" in block.reason
    assert background.faults == {}
    assert any("1 not run (sample.GoneError: no such text)" in words for words in said)


def test_what_a_page_leaves_running_ends_with_it(folder: Path, background: BackgroundProof) -> None:
    code = endless(folder).removesuffix("import time; time.sleep(600)").rstrip()
    (folder / "docs" / "index.md").write_text(f"```python\n{code}\n```\n", encoding="utf-8")
    prove(background)
    assert proven("index.md") == [digest(code)]
    wait_for_the_end_of([int(pid) for pid in (folder / "pids").read_text(encoding="utf-8").split()])


def test_it_calls_for_the_pages_again_only_if_they_would_show_something_else(
    folder: Path, background: BackgroundProof
) -> None:
    calls: list[str] = []
    source = folder / "docs" / "other.md"

    def edit(text: str) -> int:
        """How often it calls after an edit."""
        calls.clear()
        source.write_text(text, encoding="utf-8")
        prove(background)
        return len(calls)

    background.on_change = lambda: calls.append("again")
    assert edit(OTHER) == 2  # the first proof, of both pages
    assert edit(f"{OTHER}\nMore words.\n") == 0
    assert edit(page("print('new')", "new")) == 1
    assert edit(page("print('new')", "wrong")) == 1
    assert edit(page("print('new')", "wrong again")) == 1  # its note says it
    assert edit(page("print('new')", "new")) == 1


def test_an_edit_while_many_pages_are_proven_brings_its_own_page_only(
    background: BackgroundProof,
) -> None:
    calls: list[str] = []
    found = PageProof(blocks=1, proven=[ProvenBlock(3, "code", "output")])

    def end(name: str, *, is_in_batch: bool) -> tuple[int, set[str]]:
        """Let the proof of a page end: how often it calls, and which pages the record has."""
        calls.clear()
        background._runs[name] = _Run(name, None, is_in_batch)
        background._keep(background._runs[name], found)
        return len(calls), set(Record.load(RECORD).pages)

    Record(this_python(), {"other.md": found.proven}).save(RECORD)
    background.on_change = lambda: calls.append("again")
    background._batch |= {"index.md", "last.md"}
    assert end("index.md", is_in_batch=True) == (0, {"other.md"})
    assert end("other.md", is_in_batch=False) == (0, {"other.md"})
    background._batch.discard("last.md")
    assert end("other.md", is_in_batch=False) == (1, {"index.md", "other.md"})


def test_a_record_that_another_has_written_meanwhile_gets_the_newest_again(
    folder: Path, background: BackgroundProof
) -> None:
    prove(background)
    theirs = [ProvenBlock(3, "of before", "the edit")]
    Record(this_python(), {"index.md": theirs, "other.md": theirs}).save(RECORD)
    background.look()
    assert proven("other.md") == [digest("print('other')")]


def test_a_page_that_is_gone_goes_from_the_record(
    folder: Path, background: BackgroundProof
) -> None:
    prove(background)
    (folder / "docs" / "other.md").unlink()
    (folder / "docs" / "index.md").write_text(OTHER, encoding="utf-8")
    prove(background)
    assert set(Record.load(RECORD).pages) == {"index.md"}


def test_a_merged_record_keeps_other_pages_and_claims_no_commit_that_was_not_run(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old, new = Commit("a" * 40, "2026-01-01"), Commit("b" * 40, "2026-01-02")
    block = ProvenBlock(1, "code", "output")
    known = Record(this_python(), {"index.md": [block], "other.md": [block]}, old)
    fresh = PageProof(blocks=1, proven=[ProvenBlock(2, "code", "output")])
    monkeypatch.setattr("website.preview.background_proof.commit_of", lambda _: new)
    one = merged(known, {"index.md": _Result(fresh, new)})
    assert one.pages == {"index.md": fresh.proven, "other.md": [block]}
    assert one.commit is None
    both = merged(known, {name: _Result(fresh, new) for name in known.pages})
    assert both.commit == new
    monkeypatch.setattr("website.preview.background_proof.commit_of", lambda _: None)
    assert merged(known, {name: _Result(fresh, new) for name in known.pages}).commit is None


def test_two_processes_that_write_a_file_wait_for_each_other(tmp_path: Path) -> None:
    file = tmp_path / "numbers.json"
    file.write_text("[]", encoding="utf-8")
    code = (
        "import json, sys, pathlib\nfrom proof.lock import locked\n"
        f"file = pathlib.Path({str(file)!r})\n"
        "for _ in range(200):\n"
        "    with locked(file):\n"
        "        numbers = json.loads(file.read_text())\n"
        "        file.write_text(json.dumps([*numbers, 1]))\n"
    )
    others = [subprocess.Popen([sys.executable, "-c", code]) for _ in range(2)]
    try:
        assert [other.wait(PATIENCE) for other in others] == [0, 0]
    finally:
        for other in others:
            other.kill()
    with locked(file):
        assert len(json.loads(file.read_text(encoding="utf-8"))) == 400
