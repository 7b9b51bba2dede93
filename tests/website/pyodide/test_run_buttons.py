"""Buttons for what also ran in the browser's Python, and the reason for what has none."""

import hashlib
import json
import os
import time
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from html import escape
from pathlib import Path
from typing import Any

import pytest

from website.assets import wheels
from website.pyodide import packages, run_buttons, runtime, second_proof
from website.pyodide.second_proof import Result, Results, proven_blocks
from website.site import Site

needs_node = pytest.mark.skipif(
    not runtime.is_possible(), reason="no Python for the browser: it needs Node.js, and `make`"
)
MARK = '<p class="proven">Runs as shown on Python 3.11'


def shown(code: str, output: str = "") -> str:
    """A block as the gate leaves it."""
    below = (
        f'<div class="language-output highlight"><pre><code>{escape(output)}</code></pre></div>'
        if output
        else ""
    )
    block = f'<div class="language-python highlight"><pre><code>{escape(code)}</code></pre></div>'
    return f"{block}{below}{MARK}</p>"


@pytest.fixture
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A built site without pages, with the package's wheel; the working folder is not its own."""
    site = tmp_path / "site"
    assert wheels.build(site) == []
    (site / "proof.json").write_text('{"pages": {}}')
    monkeypatch.setattr(second_proof, "RESULTS_FILE", tmp_path / "results.json")
    return site


def build(folder: Path, *, is_preview: bool = False, is_published: bool = False) -> list[str]:
    with Site(folder) as site:
        return run_buttons.build(site, is_preview=is_preview, is_published=is_published)


def write(site: Path, *blocks: str) -> Path:
    page = site / "part" / "index.html"
    page.parent.mkdir(exist_ok=True)
    page.write_text(f"<body>{''.join(blocks)}</body>", encoding="utf-8")
    return page


@needs_node
def test_blocks_that_run_get_buttons_and_the_mark_says_so(made: Path) -> None:
    page = write(
        made,
        shown("a = 6"),
        shown(
            "from verdict import split_words\nprint(split_words('Hi, you'), a)",
            "['Hi', ',', 'you'] 6\n",
        ),
        shown("{}['x']", "Traceback (most recent call last):\n  ...\nKeyError: 'x'\n"),
        shown("a * 7"),
        '<div class="language-python highlight"><pre><code>not = proven</code></pre></div>',
    )
    assert build(made) == []
    html = page.read_text()
    for number in (1, 2, 3, 4):
        assert f'<div class="live" data-live="page" data-block="{number}"></div>' in html
    assert html.count(f"{MARK} and on WebAssembly Python 3.14</p>") == 4
    assert html.count('<script type="module" src="../assets/live/page.') == 1
    assert json.loads((made / "proof.json").read_text())["browser"].startswith("4, on WebAssembly")


@needs_node
def test_a_block_that_prints_something_else_stops_the_build(made: Path) -> None:
    write(made, shown("import sys\nprint(sys.platform)", "linux\n"))
    (fault,) = build(made)
    assert fault.startswith("part/index.html: in the browser's Python, this block")
    assert "import sys" in fault
    assert "    emscripten" in fault


@needs_node
def test_what_is_not_to_be_had_is_said_and_the_rest_does_without_it(made: Path) -> None:
    page = write(
        made,
        shown("kept = 1\nimport no_such_module\n"),
        shown("print('kept' in globals())", "False\n"),  # a reader cannot run the first
        shown("print(no_such_module.x)", "1\n"),
        shown("print(2)", "2\n"),
    )
    assert build(made) == []
    html = page.read_text()
    assert html.count('data-live="page"') == 2
    needs, builds = (part.split("</span>")[0] for part in html.split('"not-live">')[1:])
    assert needs == (
        "No Run button: it needs no_such_module, which this copy of the site does not have."
    )
    assert builds == "No Run button: it builds on a block that does not."


@needs_node
def test_packages_come_with_the_blocks_that_need_them(
    made: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A wheel of our own stands for NumPy's."""
    name = "numpy-9.9-py3-none-any.whl"
    with zipfile.ZipFile(tmp_path / name, "w") as archive:
        archive.writestr("numpy/__init__.py", "def arange(n): return list(range(n))\n")
        archive.writestr("numpy-9.9.dist-info/METADATA", "Name: numpy\nVersion: 9.9\n")
        archive.writestr("numpy-9.9.dist-info/RECORD", "")
        archive.writestr("numpy-9.9.dist-info/WHEEL", "Wheel-Version: 1.0\nTag: py3-none-any\n")
    entry = {
        **{"name": "numpy", "version": "9.9", "file_name": name, "install_dir": "site"},
        **{"package_type": "package", "imports": ["numpy"], "depends": []},
        "sha256": hashlib.sha256((tmp_path / name).read_bytes()).hexdigest(),
        "unvendored_tests": False,
    }
    real = runtime.runtime()
    lock: dict[str, Any] = {**real.lock, "packages": {"numpy": entry}}
    monkeypatch.setattr(runtime, "runtime", lambda **_: replace(real, lock=lock, packages=tmp_path))
    page = write(
        made, shown("print(1)", "1\n"), shown("import numpy\nprint(numpy.arange(2))", "[0, 1]\n")
    )
    assert build(made) == []
    html = page.read_text()
    assert html.count('<div class="live" data-live="page" data-block="1"></div>') == 1
    assert html.count('data-live="page" data-block="2" data-needs="numpy"></div>') == 1
    assert len(list(made.glob(f"assets/live/packages.*/{name}"))) == 1
    assert 'class="lacking"' not in html
    assert build(write(made, shown("import numpy")).parents[1], is_published=True) == []


def built_page_that_needs_numpy(site: Path) -> str:
    """Write a page of which some blocks need NumPy, build, and return the page."""
    blocks = (
        shown("print(1)", "1\n"),
        shown("import numpy as np\n"),
        shown("print(np.arange(2))", "[0 1]\n"),  # builds on it
        shown("from verdict import embedding_table\n"),
    )
    actions = '<nav><button data-markdown="../part.md"></button></nav>'
    page = write(site, "<h1>A <em>part</em></h1>\n", *blocks, actions)
    assert build(site) == []
    return page.read_text()


@pytest.fixture
def without_numpy(made: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A built site on a machine that cannot have NumPy's wheel."""
    real = runtime.runtime()
    packages = {name: each for name, each in real.lock["packages"].items() if name != "numpy"}
    lacking = replace(real, lock={**real.lock, "packages": packages})
    monkeypatch.setattr(runtime, "runtime", lambda **_: lacking)
    return made


@needs_node
def test_a_page_says_once_and_at_its_top_that_there_is_no_numpy(without_numpy: Path) -> None:
    html = built_page_that_needs_numpy(without_numpy)
    (wheel_file,) = (path.name for path in without_numpy.glob("*.whl") if "proof" not in path.name)
    assert html.startswith('<body><h1>A <em>part</em></h1>\n<div class="lacking" role="note">')
    assert html.count("NumPy") == 1
    assert "2 of the 4 blocks on this page need NumPy" in html
    assert '<a href="../part.md" download>' in html
    assert f'<a href="../{wheel_file}" download>' in html
    assert html.count('data-live="page"') == 1
    assert html.count(f"{MARK}</p>") == 3
    assert "No Run button:" not in html


@needs_node
def test_where_a_single_block_needs_numpy_its_mark_says_so(without_numpy: Path) -> None:
    page = write(without_numpy, "<h1>A</h1>", shown("print(1)", "1\n"), shown("import numpy"))
    assert build(without_numpy) == []
    assert 'class="lacking"' not in page.read_text()
    assert page.read_text().count("it needs numpy, which this copy of the site does not") == 1


@pytest.mark.parametrize(
    ("age", "is_published", "fetched"),
    [(60, False, False), (60, True, True), (25 * 60 * 60, False, True)],
)
def test_numpy_that_could_not_be_fetched_is_asked_for_again(
    age: float, is_published: bool, fetched: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[object, ...]] = []
    monkeypatch.setattr(runtime, "run_node", lambda *given: asked.append(given))
    monkeypatch.setattr(packages, "PURE", ())
    monkeypatch.delenv(packages.GIVEN, raising=False)
    lock = {"numpy": {"file_name": "numpy.whl", "sha256": ""}}
    assert runtime._gathered(lock, tmp_path, at_once=is_published) == {}
    assert asked == [("fetch.js", tmp_path, "numpy")]
    runtime._gathered(lock, tmp_path, at_once=False)
    assert len(asked) == 1
    before = time.time() - age
    os.utime(tmp_path / "tried", (before, before))
    runtime._gathered(lock, tmp_path, at_once=is_published)
    assert len(asked) == 1 + fetched
    runtime._gathered(lock, tmp_path, at_once=False)
    assert len(asked) == 1 + fetched


@needs_node
def test_a_module_that_the_site_does_not_have_is_told_in_words(without_numpy: Path) -> None:
    write(without_numpy, shown("import torch"), shown("import verdict.torch"))
    build(without_numpy)
    (results,) = json.loads(second_proof.RESULTS_FILE.read_bytes()).values()
    assert [result["printed"].partition("ModuleNotFoundError: ")[2] for result in results] == [
        "No module named 'torch'\n",
        "No module named 'verdict.torch'\n",
    ]
    assert [result["echo"] for result in results] == [
        "In the browser, this site has the standard library and verdict only: there is no torch.\n"
        "A Python of your own has whatever you install.\n",
        "",
    ]


@needs_node
def test_a_site_is_not_published_without_numpy_unless_that_is_asked_for(
    without_numpy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(run_buttons.WITHOUT_NUMPY, raising=False)
    built_page_that_needs_numpy(without_numpy)  # for this machine
    write(without_numpy, shown("import numpy"))
    (problem,) = build(without_numpy, is_published=True)
    assert problem.startswith(
        "NumPy for the browser is not to be had, and 1 block needs it: readers could not run it. "
    )
    assert "VERDICT_WHEELS" in problem
    assert problem.endswith("set VERDICT_WITHOUT_NUMPY=1.")
    monkeypatch.setenv(run_buttons.WITHOUT_NUMPY, "1")
    write(without_numpy, shown("import numpy"))
    assert build(without_numpy, is_published=True) == []
    monkeypatch.delenv(run_buttons.WITHOUT_NUMPY)
    write(without_numpy, shown("import numpy"), shown("import numpy as np"))
    (problem,) = build(without_numpy, is_published=True)
    assert "and 2 blocks need it: readers could not run them. " in problem
    write(without_numpy, shown("print(1)", "1\n"))  # which needs none
    assert build(without_numpy, is_published=True) == []


def test_a_machine_without_node_builds_the_site_without_buttons(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(runtime, "is_possible", lambda: False)
    run_buttons._say_once.cache_clear()
    page = write(tmp_path, shown("print(1)", "1\n"))
    before = page.read_text()
    assert build(tmp_path) == build(tmp_path) == []
    assert page.read_text() == before
    said = capsys.readouterr().out
    assert said.count("\n") == 1
    assert "need Node.js and npm" in said


@needs_node
def test_a_page_that_has_not_changed_does_not_run_again(
    made: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(made, shown("print(1)", "1\n"))
    ran: list[str] = []
    run = runtime.run_node

    def counted(script: str, given: str = "") -> str:
        ran.extend(json.loads(given)["pages"])
        return run(script, given=given)

    monkeypatch.setattr(second_proof, "run_node", counted)
    build(made)
    write(made, shown("print(1)", "1\n"))
    build(made)
    assert len(ran) == 1
    write(made, shown("print(2)", "2\n"))
    build(made, is_preview=True)  # a writer does not wait
    assert len(ran) == 1
    write(made, shown("print(2)", "2\n"))
    build(made)
    assert len(ran) == 2


def installed(folder: Path, **files: str) -> runtime.Installed:
    """What a site would have of which the package holds these modules."""
    folder.mkdir()
    wheel = folder / "course-1.0-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr("course/__init__.py", "")
        archive.writestr("course-1.0.dist-info/METADATA", f"Name: course {folder.name}")
        for name, text in files.items():
            archive.writestr(f"course/{name}.py", text)
    python = runtime.Runtime(folder, "3.14", 0, folder, {"packages": {}})
    return runtime.Installed(python, folder, folder, wheel, None, {})


def test_a_page_runs_again_only_when_what_it_imports_has_changed(tmp_path: Path) -> None:
    def keys(name: str, **files: str) -> list[str]:
        given = installed(tmp_path / name, **files)
        given = replace(given, runtime=replace(given.runtime, folder=Path("python")))
        pages = [
            ["x = 1"],
            ["from course import words", "print(words.x)"],
            ["from course.positions import x"],
            ["x = ("],  # it may have imported anything
        ]
        blocks = [proven_blocks("".join(map(shown, page))) for page in pages]
        return list(Results(given, blocks).keys.values())

    base = {"words": "import course.text as x", "text": "", "positions": ""}
    before = keys("before", **base)
    assert len(set(before)) == 4
    assert keys("another version of nothing else", **base) == before
    for changed, again in (
        ("positions", [False, False, True, True]),
        ("words", [False, True, False, True]),
        ("text", [False, True, False, True]),
    ):
        after = keys(changed, **{**base, changed: f"{base[changed]}\ny = 2"})
        assert [key != old for key, old in zip(after, before, strict=True)] == again


def faults(*outcomes: Result) -> list[str]:
    page = "".join(shown(str(number)) for number in range(len(outcomes)))
    blocks: Sequence[second_proof.Block] = proven_blocks(page)
    return run_buttons.faults(blocks, outcomes)


def test_only_a_block_that_may_lack_something_excuses_those_below() -> None:
    good = Result(True, "", "", [])
    bad = Result(False, "NameError", "NameError: name 'np' is not defined", [])
    lacking = Result(
        False, "ModuleNotFoundError", "ModuleNotFoundError: No module named 'numpy'", []
    )
    assert faults(good, lacking, bad, good) == []
    assert len(faults(good, bad, lacking)) == 1
