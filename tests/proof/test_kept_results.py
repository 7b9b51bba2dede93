"""What was tried is not tried again until something changes that it depends on."""

import os
from pathlib import Path

import pytest

from proof import mutants, notebook_mutants
from proof.kept_results import KeptResults
from proof.mutants import try_page
from proof.notebook import text_of
from proof.notebook_mutants import main, try_notebook
from tests.docs.test_notebook import made_of
from tests.proof.checking import code


@pytest.fixture
def page(tmp_path: Path) -> Path:
    """A page that imports one module of a project, which has another one too."""
    for name in ("used", "other"):
        (tmp_path / "src" / f"{name}.py").parent.mkdir(exist_ok=True)
        (tmp_path / "src" / f"{name}.py").write_text("NUMBER = 1\n")
    path = tmp_path / "docs" / "page.md"
    path.parent.mkdir()
    path.write_text(code("from used import NUMBER\n"))
    return path


def known(page: Path) -> dict[str, bool]:
    project = page.parents[1]
    blocks = [page.read_text().split("\n")[1]]
    return KeptResults(project / "kept", page, blocks, [project / "src"]).noticed


def test_results_are_kept_until_the_page_or_what_it_imports_changes(page: Path) -> None:
    project = page.parents[1]
    results = KeptResults(project / "kept", page, ["from used import NUMBER"], [project / "src"])
    results.add({"a": True})
    results.add({"b": False})
    assert known(page) == {"a": True, "b": False}

    (project / "src" / "other.py").write_text("NUMBER = 2\n")
    assert known(page) == {"a": True, "b": False}
    (project / "src" / "used.py").write_text("NUMBER = 2\n")
    assert known(page) == {}
    (project / "src" / "used.py").write_text("NUMBER = 1\n")
    assert known(page) == {"a": True, "b": False}
    page.write_text(page.read_text() + "\nMore.\n")
    assert known(page) == {}


def test_results_of_a_page_as_it_was_go(page: Path) -> None:
    project = page.parents[1]
    for text in ("one", "two"):
        page.write_text(text)
        KeptResults(project / "kept", page, [], []).add({text: True})
    (file,) = (project / "kept").iterdir()
    assert "two" in file.read_text()


def test_a_mutant_is_tried_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "page.md"
    path.write_text(code("a = 1\n# b\nprint(a)\n", "1\n"))
    first = try_page(path, kept=tmp_path / "kept")
    assert first.made == 4
    assert first.noticed == {
        "2: code removed": True,
        "3: code removed": False,
        "4: code removed": True,
        "8: output changed": True,
    }
    monkeypatch.setattr(mutants, "tried", None)  # it would be an error to call it
    assert try_page(path, kept=tmp_path / "kept") == first


def test_where_time_is_short_each_run_tries_other_mutants(tmp_path: Path) -> None:
    path = tmp_path / "page.md"
    path.write_text(code("a = 1\nb = 2\nprint(a + b)\n", "3\n"))
    counts = []
    for _ in range(5):
        found = try_page(path, kept=tmp_path / "kept", seconds=1e-6)
        counts.append(len(found.noticed))
        assert all(found.noticed.values())
    # An output that is changed takes no time where a process can be copied.
    assert counts == ([2, 3, 4, 4, 4] if hasattr(os, "fork") else [1, 2, 3, 4, 4])


def test_each_cell_of_a_notebook_is_removed_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.ipynb"
    path.write_text(text_of(made_of("a = 1", "# b", "a")), encoding="utf-8")
    removed: list[int | None] = []

    def is_noticed(_: Path, number: int | None) -> bool:
        removed.append(number)
        return number != 2

    monkeypatch.setattr(notebook_mutants, "_is_noticed", is_noticed)
    for tried in (1, 2, 3, 3):
        found = try_notebook(path, kept=tmp_path / "kept", seconds=0)
        assert (found.made, len(found.noticed)) == (3, tried)
    assert sorted(filter(None, removed)) == [1, 2, 3]
    assert found.noticed == {"cell 1": True, "cell 2": False, "cell 3": True}


def test_the_command_names_the_cells_whose_lack_nothing_shows(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "docs" / "a.ipynb"
    path.parent.mkdir()
    path.write_text(text_of(made_of("# nothing")), encoding="utf-8")
    fails = text_of(made_of("1"))  # it shows nothing
    path.with_name("b.ipynb").write_text(fails, encoding="utf-8")
    assert main([str(path.parent), f"--page={path}"]) == 1
    assert capsys.readouterr().out.splitlines() == [
        f"survived: {path.resolve()}: cell 1 removed",
        "cells removed: 0 of 1 noticed",
    ]
    path.with_name("b.ipynb").unlink()
    path.write_text(fails, encoding="utf-8")
    assert main([str(path.parent)]) == 1
    assert capsys.readouterr().out == f"{path.resolve()} must pass before it is broken.\n"
