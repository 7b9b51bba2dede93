"""The proof writes its files by the function of the package, and its wheel brings that along."""

import subprocess
import sys
import zipfile
from pathlib import Path

from hatchling.builders.wheel import WheelBuilder

from proof import files
from tests import PATIENCE
from verdict import whole_file

ROOT = Path(__file__).parents[2]


def test_the_proof_writes_by_the_function_of_the_package() -> None:
    assert files.write_whole is whole_file.write_whole


def test_the_wheel_of_the_proof_has_it_and_needs_no_package(tmp_path: Path) -> None:
    (built,) = WheelBuilder(str(ROOT / "src/proof")).build(directory=str(tmp_path))
    with zipfile.ZipFile(built) as wheel:
        wheel.extractall(tmp_path / "installed")
    installed = tmp_path / "installed" / "proof" / "files.py"
    assert installed.read_bytes() == Path(whole_file.__file__).read_bytes()
    code = (
        f"import sys; sys.path = [{str(tmp_path / 'installed')!r}, *sys.path]\n"
        "from proof.files import write_whole\n"
        "write_whole('a.md', 'written')\n"
        "print('verdict' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-S", "-c", code],  # -S: without what is installed here
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        encoding="utf-8",
        check=True,
        timeout=PATIENCE,
    )
    assert done.stdout == "False\n"
    assert (tmp_path / "a.md").read_text(encoding="utf-8") == "written"
