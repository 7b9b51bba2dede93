import hashlib
import importlib.metadata
import json
import os
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from install import for_uv, needed, pip_settings, releases
from tests import PATIENCE

ROOT = Path(__file__).parents[1]
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
PROJECT = """
build-system = {requires = ["hatchling"], build-backend = "hatchling.build"}
project = {name = "ours", version = "1.0"}
tool.hatch.build = {targets.wheel.packages = ["ours"], dev-mode-dirs = ["."]}
"""


def asked_for(names: set[str]) -> Iterator[str]:
    """What installed packages ask for on this machine, and so on, by their own metadata."""
    left, seen = set(names), set()
    while left:
        name = left.pop()
        seen.add(name)
        yield name
        for line in importlib.metadata.requires(name) or ():
            requirement = Requirement(line)
            if not requirement.marker or requirement.marker.evaluate({"extra": ""}):
                left |= {str(canonicalize_name(requirement.name))} - seen


def test_serving_gets_all_that_its_packages_ask_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = [*project["dependency-groups"]["site"], *project["project"]["dependencies"]]
    names = {str(canonicalize_name(Requirement(line).name)) for line in wanted}
    assert set(asked_for(names)) <= needed(LOCK, ["site"])


def test_serving_imports_nothing_that_is_installed_for_tests_only() -> None:
    code = (
        "import sys, json, website.preview.server, website.preview.page_proof\n"
        "import website.assets.social_cards\n"
        "import proof.notebook, proof.mutants, proof.plugin, proof.gate, drawing.__main__\n"
        "print(json.dumps(sorted({name.partition('.')[0] for name in sys.modules})))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, check=True, timeout=PATIENCE
    )
    packages = importlib.metadata.packages_distributions()
    found = {
        str(canonicalize_name(package))
        for module in json.loads(done.stdout)
        for package in packages.get(module, ())
    }
    assert found & needed(LOCK, ["test"])  # so that it can tell
    only_tests = needed(LOCK, ["test"]) - needed(LOCK, ["site"])
    assert found & only_tests == set()


def test_what_only_tests_need_waits_for_them() -> None:
    late = needed(LOCK, ["site", "test"]) - needed(LOCK, ["site"])
    assert {"playwright", "mypy", "ruff", "tiktoken", "uv"} <= late


def test_all_groups_need_all_of_the_lock() -> None:
    assert releases(LOCK, needed(LOCK, ["site", "test"])).strip() == LOCK.strip()


def test_a_group_that_nothing_is_there_for_is_an_error() -> None:
    with pytest.raises(ValueError, match="nothing for the group tests"):
        needed(LOCK, ["site", "tests"])


def test_settings_of_the_environment_go_before_those_of_files_and_of_the_command() -> None:
    listed = (
        ":env:.index-url='https://env.example/'\n"
        "global.index-url='https://global.example/'\n"
        "install.index-url='https://install.example/'\n"
        "download.no-index='true'\n"
        "global.find-links='\\n/a\\n/b'\n"
    )
    options, variables = for_uv(pip_settings(listed))
    assert options == [
        *("--default-index", "https://env.example/"),
        *("--find-links", "/a", "--find-links", "/b"),
    ]
    assert variables == {}


def test_a_switch_that_is_off_stays_off() -> None:
    assert for_uv({"no-index": "false", "no-cache-dir": "1"}) == (["--no-cache"], {})


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with a lock of one small package, and an environment that has pip and hatchling."""
    folder = tmp_path / "project"
    (folder / "ours").mkdir(parents=True)
    (folder / "ours" / "__init__.py").touch()
    (folder / "pyproject.toml").write_text(PROJECT, encoding="utf-8")
    wheel = tmp_path / "wheels" / "small-1.0-py3-none-any.whl"
    wheel.parent.mkdir()
    with zipfile.ZipFile(wheel, "w") as file:
        info = "small-1.0.dist-info"
        file.writestr("small.py", "")
        file.writestr(f"{info}/METADATA", "Metadata-Version: 2.1\nName: small\nVersion: 1.0\n")
        file.writestr(
            f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        )
        file.writestr(f"{info}/RECORD", "small.py,,\n")
    digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
    write_lock(folder, digest)
    venv = tmp_path / "venv"
    subprocess.run(
        [sys.executable, "-m", "venv", "--without-pip", venv], check=True, timeout=PATIENCE
    )
    (site,) = venv.rglob("site-packages")
    ours = Path(str(importlib.metadata.distribution("pip").locate_file("")))
    (site / "as_here.pth").write_text(f"{ours}\n", encoding="utf-8")
    return folder


def write_lock(folder: Path, digest: str) -> None:
    uv = importlib.metadata.version("uv")
    (folder / "requirements.lock").write_text(
        f"small==1.0 \\\n    --hash=sha256:{digest}\n    # via ours (pyproject.toml:site)\n"
        f"uv=={uv} \\\n    --hash=sha256:{'0' * 64}\n    # via ours (pyproject.toml:test)\n",
        encoding="utf-8",
    )


def install(project: Path) -> "subprocess.CompletedProcess[str]":
    (python,) = [
        path for path in project.with_name("venv").glob("*/python*") if path.stem == "python"
    ]
    return subprocess.run(
        [python, ROOT / "src" / "install.py", "site"],
        cwd=project,
        env=os.environ
        | {
            "PIP_CONFIG_FILE": os.devnull,
            "PIP_NO_INDEX": "1",
            "PIP_FIND_LINKS": str(project.with_name("wheels")),
            "UV_CACHE_DIR": str(project.with_name("cache")),
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=PATIENCE,
        check=False,
    )


def installed(project: Path) -> set[str]:
    return {path.name for path in project.with_name("venv").rglob("site-packages/*")}


def test_it_installs_with_uv_from_where_pip_is_told_to_look(project: Path) -> None:
    done = install(project)
    assert done.returncode == 0, done.stdout
    assert "Installing 1 packages with uv" in done.stdout
    assert "uv did not succeed" not in done.stdout
    assert {"small.py", "ours-1.0.dist-info"} <= installed(project)


def test_where_uv_does_not_succeed_pip_installs(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("UV_PYTHON_PREFERENCE", "no-such-preference")  # uv refuses to start
    done = install(project)
    assert done.returncode == 0, done.stdout
    assert "uv did not succeed, pip installs them." in done.stdout
    assert {"small.py", "ours-1.0.dist-info"} <= installed(project)


def test_a_file_with_another_hash_is_not_installed(project: Path) -> None:
    write_lock(project, "1" * 64)
    done = install(project)
    assert done.returncode != 0
    assert "small.py" not in installed(project)
