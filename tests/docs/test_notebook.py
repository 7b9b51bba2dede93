"""What holds for notebooks: `docs/` runs the real ones, here the run itself is tested."""

import copy
import json
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import nbformat
import pytest
from nbformat import NotebookNode

from proof import notebook, unavailable
from proof.notebook import Cell, NotebookError, cells, differences, read, run, text_of, update
from proof.record import BlockNotRun, Record, digest

pytest_plugins = "pytester"

DOCS = Path(__file__).parents[2] / "docs"
NOTEBOOKS = sorted(DOCS.rglob("*.ipynb"))
every_notebook = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


def made_of(*sources: str) -> NotebookNode:
    made = nbformat.from_dict({"nbformat": 4, "nbformat_minor": 5, "metadata": notebook.METADATA})  # type: ignore[no-untyped-call]
    made.cells = []
    for number, source in enumerate(sources):
        cell = nbformat.v4.new_code_cell(source, id=f"cell-{number}")  # type: ignore[no-untyped-call]
        made.cells.append(cell)
    assert isinstance(made, NotebookNode)
    return made


@pytest.mark.usefixtures("story")
@every_notebook
def test_each_output_of_a_notebook_that_is_changed_is_noticed(path: Path) -> None:
    stored = read(path)
    spots = [
        (number, at, kind)
        for number, cell in enumerate(stored.cells)
        for at, output in enumerate(cell.get("outputs", []))
        for kind in output.get("data", {"text": ""})
    ]
    assert spots
    for number, at, kind in spots:
        changed = copy.deepcopy(stored)
        output = changed.cells[number].outputs[at]
        content = output.get("data", output)
        content[kind] = f"!{content[kind]}"
        (found,) = differences(changed, stored, "x")
        assert found.startswith(f"--- x, cell {number + 1}\n+++ fresh run\n@@ ")


@pytest.mark.usefixtures("story")
@every_notebook
def test_each_cell_of_a_notebook_that_is_removed_is_noticed(path: Path) -> None:
    numbers = [cell.number for cell in cells(read(path))]
    with ProcessPoolExecutor(mp_context=get_context("spawn")) as pool:
        noticed = pool.map(removal_is_noticed, [path] * len(numbers), numbers)
        assert [number for number, seen in zip(numbers, noticed, strict=True) if not seen] == []


def removal_is_noticed(path: Path, number: int) -> bool:
    less = read(path)
    less.cells[number - 1].source = ""
    try:
        return bool(differences(less, run(less), "x"))
    except NotebookError:
        return True


def test_a_run_starts_afresh_in_an_empty_folder() -> None:
    fresh = run(made_of("from pathlib import Path\nlist(Path().iterdir())", "print('a');1+1"))
    assert cells(fresh)[0].printed == "[]"
    assert cells(fresh)[1] == Cell(2, "print('a');1+1", "a\n2")


def test_an_error_names_the_cell() -> None:
    with pytest.raises(NotebookError, match=r"^cell 2 raised ZeroDivisionError: division by zero$"):
        run(made_of("1", "1 / 0", "2"))


def test_a_kernel_that_ends_is_an_error() -> None:
    with pytest.raises(NotebookError, match="did not come to its end"):
        run(made_of("import os\nos._exit(3)"))


def test_an_update_writes_the_same_bytes_again(tmp_path: Path) -> None:
    path = tmp_path / "a.ipynb"
    path.write_text(text_of(made_of("print('é')")), encoding="utf-8")
    assert update(path)
    once = path.read_bytes()
    assert not update(path)
    assert path.read_bytes() == once
    assert "é".encode() in once
    assert once.endswith(b"}\n")
    assert "version" not in json.loads(once)["metadata"]["language_info"]


def test_an_update_that_fails_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.ipynb"
    path.write_text(text_of(made_of("1 / 0")), encoding="utf-8")
    before = path.read_bytes()
    with pytest.raises(NotebookError):
        update(path)
    assert path.read_bytes() == before


@pytest.fixture
def project(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> pytest.Pytester:
    """A project with one notebook, whose stored output is out of date."""
    monkeypatch.delenv("PROOF_STRICT", raising=False)
    monkeypatch.setattr(unavailable, "errors", set())
    (pytester.mkdir("docs") / "a.ipynb").write_text(text_of(made_of("print(1)", "2")))
    pytester.makeini(
        "[pytest]\naddopts = -rs -p proof.plugin -p no:cacheprovider\nfilterwarnings = error\n"
        "proof_unavailable = some.module.GoneError\n"
    )
    return pytester


def test_an_outdated_notebook_fails_until_it_is_rewritten(project: pytest.Pytester) -> None:
    record = project.path / "record.json"
    result = project.runpytest("docs", f"--proof={record}")
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["--- docs?a.ipynb, cell 1", "+++ fresh run", "+1"])
    assert json.loads(record.read_text())["pages"] == {}

    project.runpytest("docs", "--update-outputs").assert_outcomes(passed=1)
    project.runpytest("docs", f"--proof={record}").assert_outcomes(passed=1)
    assert [block["line"] for block in json.loads(record.read_text())["pages"]["a.ipynb"]] == [1, 2]


def test_what_cannot_be_had_skips_a_notebook_and_fails_it_when_strict(
    project: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = "class GoneError(Exception): pass\nraise GoneError('no story')"
    (project.path / "docs" / "a.ipynb").write_text(text_of(made_of("1", gone)))
    monkeypatch.setenv("CI", "true")  # it asks for nothing
    record = project.path / "record.json"
    result = project.runpytest("docs", f"--proof={record}")
    result.assert_outcomes(skipped=1)
    result.stdout.fnmatch_lines(["*cell 2 raised GoneError: no story*"])
    assert Record.load(record).pages == {"a.ipynb": []}
    assert Record.load(record).not_run == {
        "a.ipynb": [
            BlockNotRun(number, digest(source), "GoneError: no story")
            for number, source in ((1, "1"), (2, gone))
        ]
    }
    monkeypatch.setenv("PROOF_STRICT", "1")
    project.runpytest("docs", f"--proof={record}").assert_outcomes(failed=1)
    assert Record.load(record).not_run == {}


def test_an_edit_during_the_run_is_not_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.ipynb"
    path.write_text(text_of(made_of("print(1)")), encoding="utf-8")
    edited = text_of(made_of("print(2)"))

    def run_and_edit(notebook: NotebookNode) -> NotebookNode:
        path.write_text(edited, encoding="utf-8")
        return notebook

    monkeypatch.setattr("proof.notebook.run", run_and_edit)
    with pytest.raises(NotebookError, match="edited while its code ran"):
        update(path)
    assert path.read_text(encoding="utf-8") == edited


def test_a_notebook_that_is_read_only_stays_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.ipynb"
    path.write_text(text_of(made_of("print(1)")), encoding="utf-8")
    path.chmod(0o444)
    monkeypatch.setattr("proof.notebook.run", lambda _: made_of("print(2)"))
    with pytest.raises(NotebookError, match="read-only"):
        update(path)
    assert path.read_text(encoding="utf-8") == text_of(made_of("print(1)"))
