"""What holds for notebooks: `docs/` runs the real ones, here the run itself is tested."""

import contextlib
import copy
import json
import os
import sys
from pathlib import Path

import nbformat
import pytest
from nbformat import NotebookNode

from proof import notebook, unavailable
from proof.notebook import (
    Cell,
    NotebookError,
    cells,
    differences,
    read,
    run,
    steady_run,
    text_of,
    update,
)
from proof.notebook_mutants import try_notebook
from proof.record import BlockNotRun, Record, digest
from tests.docs.test_pages import CODE, KNOWN_OUTCOMES, SECONDS_A_PAGE
from tests.proof.checking import is_alive

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
    """All of them are tried where the site is published: `make mutants`."""
    known = try_notebook(path, CODE, KNOWN_OUTCOMES, SECONDS_A_PAGE).noticed
    assert known
    assert [name for name, is_noticed in known.items() if not is_noticed] == []


def test_a_run_starts_afresh_in_an_empty_folder() -> None:
    fresh = run(made_of("from pathlib import Path\nlist(Path().iterdir())", "print('a');1+1"))
    assert cells(fresh)[0].printed == "[]"
    assert cells(fresh)[1] == Cell(2, "print('a');1+1", "a\n2")


def test_an_error_names_the_cell() -> None:
    with pytest.raises(NotebookError, match=r"^cell 2 raised ZeroDivisionError: division by zero$"):
        run(made_of("1", "1 / 0", "2"))


def test_a_kernel_that_ends_is_an_error() -> None:
    with pytest.raises(NotebookError, match=r"^cell 2 did not come to its end: Python ended there"):
        run(made_of("1", "import os\nos._exit(3)"))


# What depends on the machine


def test_a_warning_and_a_traceback_name_the_cell_as_jupyter_does() -> None:
    fresh = run(
        made_of(
            "def fails():\n    1 / 0",
            "import traceback, warnings\nwarnings.warn('old')\ntry:\n    fails()\n"
            "except ZeroDivisionError:\n    traceback.print_exc()",
        )
    )
    (_, cell) = cells(fresh)
    assert cell.printed.startswith("In[2]:2: UserWarning: old\n  warnings.warn('old')\n")
    assert '  File "In[2]", line 4, in <module>\n' in cell.printed
    assert '  File "In[1]", line 2, in fails\n' in cell.printed


def test_an_error_that_a_cell_shows_is_as_on_a_page() -> None:
    stored = made_of("import json\njson.loads('')", "1")
    stored.cells[0].metadata.tags = ["raises-exception"]
    (shown,) = run(stored).cells[0].outputs
    message = "JSONDecodeError: Expecting value: line 1 column 1 (char 0)"
    assert shown.traceback == ["Traceback (most recent call last):", "  ...", message]


def test_a_path_of_this_machine_is_not_proven() -> None:
    with pytest.raises(NotebookError, match=r"^cell 2: The cell prints a path of this machine"):
        run(made_of("1", "import os\nos.getcwd()"))


def test_a_place_in_memory_is_shown_as_dots() -> None:
    stored = made_of("raise ValueError(object())", "print(object())\n[object()]")
    stored.cells[0].metadata.tags = ["raises-exception"]
    fresh = run(stored)
    assert cells(fresh)[1].printed == "<object object at 0x...>\n[<object at 0x...>]"
    (shown,) = fresh.cells[0].outputs
    assert shown.traceback[-1] == "ValueError: <object object at 0x...>"
    assert text_of(run(stored)) == text_of(fresh)


def test_the_runner_s_environment_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    names = ["COLUMNS", "CI", "GITHUB_ACTIONS", "TZ", "LC_ALL", "MPLBACKEND", "PYTHONWARNINGS"]
    source = (
        "import os, shutil, time, warnings\nprint(time.tzname, shutil.get_terminal_size())\n"
        f"print({{name: os.environ.get(name) for name in {names}}})\n"
        "print([name for name in os.environ if 'PYTEST' in name or 'JPY' in name])\n"
        "print(os.environ['TERM'], os.environ['NO_COLOR'], os.environ['PYTHONHASHSEED'])"
    )
    for name in names:
        monkeypatch.delenv(name, raising=False)
    before = cells(run(made_of(source)))
    for name in names:
        monkeypatch.setenv(name, "POSIX" if name == "LC_ALL" else "ignore")
    assert cells(run(made_of(source))) == before
    assert "inline" in before[0].printed


def test_an_order_of_sets_that_no_reader_gets_is_not_proven() -> None:
    stored = run(made_of("1", "%precision 3\nprint(set('hello world'))"))
    with pytest.raises(NotebookError, match=r"^cell 2: A second run, in which sets had another"):
        steady_run(stored)


def test_a_number_of_this_machine_is_not_proven() -> None:
    with pytest.raises(NotebookError, match=r"^cell 2: A second run, which saw another machine"):
        steady_run(made_of("import os", "os.cpu_count()"))


def test_what_changes_from_run_to_run_is_not_written(tmp_path: Path) -> None:
    path = tmp_path / "a.ipynb"
    path.write_text(text_of(made_of("import uuid\nuuid.uuid4().hex")), encoding="utf-8")
    with pytest.raises(NotebookError, match="changes from run to run"):
        update(path)
    assert cells(read(path))[0].printed == ""


def test_the_kernel_is_this_python_whatever_the_machine_calls_python3(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "kernels" / "python3"
    folder.mkdir(parents=True)
    (folder / "kernel.json").write_text('{"argv": ["false"], "display_name": "", "language": ""}')
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path))
    source = "import sys\nsys.version_info[:2]"
    assert cells(run(made_of(source)))[0].printed == str(sys.version_info[:2])


# What never ends


@pytest.mark.parametrize(
    "source",
    [
        "while True:\n    print('ab' * 20)",
        "from itertools import count\nfor n in count():\n    display('ab')",
        pytest.param(
            "import subprocess\nsubprocess.run(['yes', 'ab'])",
            marks=pytest.mark.skipif(sys.platform == "win32", reason="it has no 'yes'"),
        ),
    ],
)
def test_output_without_end_is_cut_off_at_a_limit_that_is_named(source: str) -> None:
    with pytest.raises(NotebookError, match=r"^cell 2 printed more than 1 MB") as caught:
        run(made_of("1", source))
    assert "It began:\n" in str(caught.value)
    assert "ab" in str(caught.value)
    assert len(str(caught.value)) < 1000


def test_a_cell_without_end_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    for seconds in (1, 4, 16, 64):  # on a busy machine even the first cell takes long
        monkeypatch.setattr(notebook, "TIMEOUT", seconds)
        with pytest.raises(NotebookError) as caught:
            run(made_of("1", "while True:\n    pass"))
        if str(caught.value).startswith("cell 2"):
            break
    assert str(caught.value) == f"cell 2 did not come to its end in {seconds} seconds"


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux lets one adopt them")
@pytest.mark.parametrize("end", ["1", "1 / 0", "import os\nos._exit(3)"])
def test_a_process_that_a_cell_started_ends_with_its_notebook(end: str, tmp_path: Path) -> None:
    note = tmp_path / "pid"
    start = (
        "import subprocess, sys\nserver = [sys.executable, '-c', 'import time; time.sleep(60)']\n"
        "started = subprocess.Popen(server, start_new_session=True)\n"
        f"_ = open({str(note)!r}, 'w').write(str(started.pid))"
    )
    with contextlib.suppress(NotebookError):
        run(made_of(start, end))
    assert not is_alive(int(note.read_text(encoding="utf-8")))


def test_a_python_that_does_not_start_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONHOME", os.devnull)
    with pytest.raises(NotebookError, match=r"(?s)^its Python did not start: .*encodings"):
        run(made_of("1"))


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

    def run_and_edit(notebook: NotebookNode, *_: str) -> NotebookNode:
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
    monkeypatch.setattr("proof.notebook.run", lambda *_: made_of("print(2)"))
    with pytest.raises(NotebookError, match="read-only"):
        update(path)
    assert path.read_text(encoding="utf-8") == text_of(made_of("print(1)"))
