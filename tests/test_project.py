"""Facts about the repository that no other check looks at."""

import ast
import json
import os
import re
import shutil
import subprocess
import sys
import tokenize
import tomllib
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import yaml

from proof import page
from tests import PATIENCE
from tests.conftest import ONCE

ROOT = Path(__file__).parents[1]
WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))
AT_THE_ROOT = {
    ".ci",
    ".gitattributes",
    ".github",
    ".gitignore",
    "CHANGELOG.md",
    "LICENSE",
    "Makefile",
    "README.md",
    "docs",
    "mkdocs.yml",
    "pyproject.toml",
    "requirements.lock",
    "src",
    "tests",
}


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def jobs(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))["jobs"]
    return found


@pytest.fixture(scope="module")
def tracked() -> list[str]:
    """The files that git knows."""
    if not (ROOT / ".git").exists() or not shutil.which("git"):
        pytest.skip("no git here: which files belong to the project is not known")
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, timeout=PATIENCE
    )
    return listed.stdout.decode().split("\0")[:-1]


@pytest.fixture(scope="module")
def targets() -> dict[str, str]:
    """What `make` alone lists: the targets, and what each does."""
    if not shutil.which("make"):
        pytest.skip("no make here")
    python = Path(sys.executable).as_posix()
    environment = {k: v for k, v in os.environ.items() if k not in {"MAKEFLAGS", "MAKELEVEL"}}
    listed = subprocess.run(
        ["make", f"PYTHON={python}"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=True,
        timeout=PATIENCE,
    )
    return dict(re.findall(r"^  make ([a-z-]+) +(\S.*)$", listed.stdout, re.MULTILINE))


def test_the_root_holds_only_what_belongs_there(tracked: list[str]) -> None:
    assert {name.partition("/")[0] for name in tracked} <= AT_THE_ROOT


def test_scripts_and_style_sheets_have_one_home_each(tracked: list[str]) -> None:
    homes = {".js": "src/live/", ".ts": "src/live/", ".css": "src/website/theme/assets/"}
    stray = [
        name
        for name in tracked
        if not name.startswith(("tests/", homes.get(Path(name).suffix, "")))
    ]
    assert stray == []


def test_docs_holds_pages_their_figures_and_recorded_runs(tracked: list[str]) -> None:
    names = [name for name in tracked if name.startswith("docs/") and name != "docs/conftest.py"]
    others = [name for name in names if not name.endswith((".md", ".ipynb"))]
    recorded = re.compile(r"docs/runs/[a-z-]+\.(json|safetensors)")  # what `make runs` writes
    others = [name for name in others if not recorded.fullmatch(name)]
    assert [name for name in others if "/figures/" not in name] == []


def test_no_file_names_a_place_on_somebody_s_machine(tracked: list[str]) -> None:
    # Python in the browser has a home of its own, on no disk.
    place = re.compile(rb"(?<![\w.-])/(?:home|Users|root)/(?!pyodide)\w|\b[A-Z]:\\Users")
    found = {name: place.findall((ROOT / name).read_bytes()) for name in tracked}
    assert {name for name, places in found.items() if places} == set()


def test_the_lock_names_versions_and_hashes_and_no_host() -> None:
    lock = read("requirements.lock")
    assert "://" not in lock
    requirements = re.sub(r"\\\n|#.*", "", lock).strip().split("\n")
    pinned = re.compile(r"[\w.-]+==\S+( ; [^\n]+?)?(\s+--hash=sha256:[0-9a-f]{64})+\s*")
    assert [line for line in requirements if line.strip() and not pinned.fullmatch(line)] == []


def test_a_lock_of_npm_names_hashes_and_no_host(tracked: list[str]) -> None:
    locks = [name for name in tracked if name.endswith("package-lock.json")]
    assert locks
    for name in locks:
        packages = json.loads(read(name))["packages"]
        packages.pop("")
        assert all(each["integrity"].startswith("sha512-") for each in packages.values())
        assert [path for path, each in packages.items() if "resolved" in each] == []


def test_the_lock_holds_all_that_the_project_asks_for() -> None:
    project = tomllib.loads(read("pyproject.toml"))
    wanted = [*project["project"]["dependencies"], *project["build-system"]["requires"]]
    for group in project["dependency-groups"].values():
        wanted += group
    names = {re.split(r"[^\w.-]", requirement)[0].lower() for requirement in wanted}
    assert names <= set(re.findall(r"^([\w.-]+)==", read("requirements.lock"), re.MULTILINE))


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_a_workflow_pins_its_actions_and_keeps_no_credentials(path: Path) -> None:
    uses = re.findall(r"uses: (.*)", path.read_text(encoding="utf-8"))
    pinned = re.compile(
        r"[\w-]+/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+|\$/\.github/workflows/\w+\.yml"
    )
    assert [use for use in uses if not pinned.fullmatch(use)] == []
    for job in jobs(path).values():
        for step in job.get("steps", ()):  # none, where another workflow is called
            if step.get("uses", "").startswith("actions/checkout@"):
                assert step["with"]["persist-credentials"] is False


WAITS = {"wait", "communicate", "join", "result", "get"}
"""Methods that wait for ever if they are called without a word."""


def test_no_test_can_wait_for_ever(tracked: list[str]) -> None:
    """Whatever a test waits for has a limit; what is not seen here is ended by pytest."""
    endless = []
    for name in tracked:
        if name.startswith("tests/") and name.endswith(".py"):
            endless += [f"{name}:{line}" for line in endless_waits(read(name))]
    assert endless == []


@pytest.mark.parametrize(
    "code",
    [
        "subprocess.run(['a'], check=True)",
        "subprocess.check_output(['a'], timeout=None)",
        "from subprocess import run",
        "process.wait()",
        "process.communicate(b'a')",
        "process.communicate(timeout=None)",
        "thread.join()",
        "future.result()",
        "queue.get()",
    ],
)
def test_a_wait_without_an_end_is_found(code: str) -> None:
    assert list(endless_waits(f"1\n{code}\n")) == [2]


@pytest.mark.parametrize(
    "code",
    [
        "subprocess.run(['a'], check=True, timeout=60)",
        "process.wait(60)",
        "process.communicate(b'a', 60)",
        "'\\n'.join(lines)",
        "settings.get('a')",
        "page.run()",
    ],
)
def test_a_wait_with_an_end_is_taken(code: str) -> None:
    assert list(endless_waits(code)) == []


def endless_waits(code: str) -> Iterator[int]:
    """The lines on which a program waits for another, or for a thread, without a limit."""
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.ImportFrom) and node.module == "subprocess":
            if {each.name for each in node.names} - {"Popen", "PIPE", "DEVNULL", "STDOUT"}:
                yield node.lineno
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            called, of = node.func.attr, ast.unparse(node.func.value)
            limits = [word.value for word in node.keywords if word.arg == "timeout"]
            limits += node.args[1 if called == "communicate" else 0 :] if called in WAITS else []
            is_wait = called in WAITS or (
                of == "subprocess" and called in {"run", "call", "check_call", "check_output"}
            )
            if is_wait and all(ast.unparse(limit) == "None" for limit in limits):
                yield node.lineno


def test_a_test_that_never_ends_is_ended_by_pytest(tmp_path: Path) -> None:
    settings = tomllib.loads(read("pyproject.toml"))["tool"]["pytest"]
    assert settings["faulthandler_timeout"] > PATIENCE
    for name, code in {"endless": "import time; time.sleep(999)", "quick": "pass"}.items():
        (tmp_path / f"test_{name}.py").write_text(f"def test_{name}():\n    {code}\n")
    command = [sys.executable, "-m", "pytest", "-c", str(ROOT / "pyproject.toml")]
    command += [
        "--rootdir",
        str(tmp_path),
        "--override-ini=faulthandler_timeout=1",
        "--numprocesses=1",
    ]
    done = subprocess.run(
        [*command, tmp_path],
        cwd=tmp_path,
        capture_output=True,
        encoding="utf-8",
        timeout=PATIENCE,
        check=False,
    )
    assert done.returncode == 1
    assert "test_endless.py" in done.stderr  # where it was
    assert "test_endless.py::test_endless" in done.stdout
    assert "1 failed, 1 passed" in done.stdout


def test_nothing_is_published_that_has_not_passed_everything() -> None:
    publish = jobs(ROOT / ".github/workflows/publish.yml")
    assert publish["check"]["uses"] == "$/.github/workflows/check.yml"
    assert set(publish["deploy"]["needs"]) == {"check", "build"}
    # What readers are told of the proof is found afresh, from nothing that is kept.
    assert [use for use in map(str, publish["build"]["steps"]) if "actions/cache" in use] == []


def test_what_one_python_runs_for_all_is_there() -> None:
    for name in ONCE:
        path, _, test = name.partition("::")
        assert (ROOT / path).exists(), name
        assert not test or f"def {test}" in read(path), name


def test_all_code_is_type_checked(tracked: list[str]) -> None:
    checked = tomllib.loads(read("pyproject.toml"))["tool"]["mypy"]["files"]
    named = re.search(r"^FIGURES := .*\(wildcard ([^)]+)\)", read("Makefile"), re.MULTILINE)
    assert named
    assert "in $(FIGURES); do $(BIN)/mypy $$folder" in read("Makefile")
    checked += named[1].split()
    found = {
        path.relative_to(ROOT).as_posix() for pattern in checked for path in ROOT.glob(pattern)
    }
    code = [name for name in tracked if name.endswith(".py") and name != "docs/conftest.py"]
    assert any("/figures/" in name for name in code)
    assert [each for each in code if not found & {each, each.partition("/")[0]}] == []


def test_what_a_comment_points_to_is_there(tracked: list[str]) -> None:
    """A path is that of a file; after 'see NAME in' the file has that name, and 'see' needs one."""
    wrong = []
    for name in tracked:
        for comment in comments(name):
            named = re.findall(r"(?<![\w./-])(?:src|tests|docs|\.github)/[\w./-]*\w", comment)
            wrong += [f"{name}: no {path}" for path in named if not (ROOT / path).exists()]
            for what, path in re.findall(r"\bsee (?:(\w+) in )?([\w.-]+/[\w./-]*\w)", comment):
                file = ROOT / path
                text = file.read_text(encoding="utf-8") if file.is_file() else ""
                if not what or not re.search(rf"\b{what}\b", text):
                    wrong.append(f"{name}: see which name in {path}?")
    assert wrong == []


def comments(name: str) -> Iterator[str]:
    """The comments of a file of code or settings, and its docstrings without their examples."""
    path = ROOT / name
    if path.suffix == ".py":
        text = path.read_text(encoding="utf-8")
        for token in tokenize.generate_tokens(StringIO(text).readline):
            if token.type == tokenize.COMMENT:
                yield token.string
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
                yield re.sub(r"(?m)^ *>>> (?:.+\n)*", "", f"{node.value.value!s}\n")
    elif name.endswith((".js", ".mjs", ".ts", ".css")):
        found = re.findall(
            r"(?s:/\*.*?\*/)|(?<![:\"'`])(?://.*\n\s*)+", path.read_text(encoding="utf-8")
        )
        yield from (re.sub(r"\s*\n\s*(?:\*|//)\s*", " ", comment) for comment in found)
    elif path.suffix in (".yml", ".toml") or name in ("Makefile", ".ci/run"):
        yield from re.findall(r"(?m)(?:^|\s)#.*", path.read_text(encoding="utf-8"))
    elif path.suffix == ".html":
        yield from re.findall(r"(?s)\{#.*?#\}|<!--.*?-->", path.read_text(encoding="utf-8"))


def test_makefile_pyproject_and_workflows_agree_on_the_python_versions() -> None:
    named = re.search(r"\$\(filter ([\d. ]+),", read("Makefile"))
    assert named
    versions = named[1].split()
    assert tomllib.loads(read("pyproject.toml"))["project"]["requires-python"] == f">={versions[0]}"
    assert f"--python-version {versions[0]} " in read("Makefile")

    check = jobs(ROOT / ".github/workflows/check.yml")
    (newest,) = [
        s["with"] for s in check["everything"]["steps"] if "python-version" in s.get("with", {})
    ]
    matrix = check["python"]["strategy"]["matrix"]
    assert [*matrix["python"], newest["python-version"]] == versions
    assert {entry["python"] for entry in matrix["include"]} <= set(versions)

    build = jobs(ROOT / ".github/workflows/publish.yml")["build"]
    (installed,) = [s["with"] for s in build["steps"] if "python-version" in s.get("with", {})]
    assert installed["python-version"].split() == versions
    commands = "\n".join(step.get("run", "") for step in build["steps"])
    assert f"for version in {' '.join(versions)};" in commands


def test_make_alone_lists_the_targets(targets: dict[str, str]) -> None:
    assert {"serve", "test", "outputs", "lock"} <= set(targets)
    assert all(targets.values())


def test_the_commands_of_the_readme_exist(targets: dict[str, str]) -> None:
    code = re.findall(r"```sh\n(.*?)```|(?<!`)`([^`\n]+)`", read("README.md"), re.DOTALL)
    commands = re.findall(r"\bmake ([a-z]+)", "\n".join(map("".join, code)))
    assert {"serve", "test"} <= set(commands) <= set(targets)


def test_the_links_of_the_readme_lead_to_files() -> None:
    links = re.findall(r"\]\((?!\w+://)([^)#]+)\)", read("README.md"))
    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_the_example_of_the_readme_is_true() -> None:
    (example,) = re.findall(r"````markdown\n(.*?)````", read("README.md"), re.DOTALL)
    shown, problems = page.read(example, ROOT / "README.md")
    assert len(shown.blocks) == 2
    assert not problems
    assert [page.verdict(block) for block in shown.blocks] == [None, None]
