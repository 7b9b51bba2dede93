"""A recorded run ends with the same weights on Python and NumPy compiled to WebAssembly.

The test runs where `VERDICT_WHEELS` names a folder with NumPy's wheel. It has to be made for the
Pyodide of the site, or for the one in the folder that `VERDICT_PYODIDE` names.
"""

import json
import os
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest

from tests import PATIENCE

ROOT = Path(__file__).parents[2]
NAME = "train-it-here"


@pytest.fixture
def wheel() -> Path:
    """NumPy for WebAssembly."""
    folder = os.environ.get("VERDICT_WHEELS")
    if not folder:
        pytest.skip("VERDICT_WHEELS names no folder with NumPy for WebAssembly")
    if not shutil.which("node"):
        pytest.skip("there is no Node.js to run WebAssembly")
    (found,) = Path(folder).glob("numpy-*wasm32.whl")
    return found


def test_a_recorded_run_has_the_same_digits_in_webassembly(wheel: Path, tmp_path: Path) -> None:
    sources = tmp_path / "sources.zip"
    with zipfile.ZipFile(sources, "w") as zipped:
        for package in ("verdict", "recording"):
            for path in (ROOT / "src" / package).rglob("*.py"):
                zipped.write(path, path.relative_to(ROOT / "src"))
    pyodide = os.environ.get("VERDICT_PYODIDE") or ROOT / "src/live/node_modules/pyodide"
    script = Path(__file__).with_name("webassembly.mjs")
    ran = subprocess.run(
        ["node", script, pyodide, wheel, sources, NAME],
        capture_output=True,
        encoding="utf-8",
        timeout=PATIENCE,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr[-3000:]  # before that, Node shows Pyodide's own code
    found = json.loads(ran.stdout)
    recorded = json.loads((ROOT / "docs/runs" / f"{NAME}.json").read_bytes())
    assert found["python"] == "emscripten"
    assert found["losses"] == recorded["losses"]
    assert found["digest"] == recorded["digest"]
