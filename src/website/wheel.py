"""The packages as files of the site: a reader can install what the pages import, and the proof."""

import subprocess
import sys
from pathlib import Path

PACKAGES = (Path(), Path("src/proof"))
"""The folders of the packages, each with a `pyproject.toml`."""


def build(site: Path) -> list[str]:
    """Build each package's wheel into the site; the same source gives the same bytes.

    Returns:
        What went wrong, in the builder's words; nothing if all is well.
    """
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(site.resolve())]
    running = {
        folder: subprocess.Popen(
            command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        )
        for folder in PACKAGES
        if (folder / "pyproject.toml").is_file()
    }
    said = {folder: process.communicate()[0] for folder, process in running.items()}
    return [
        f"The package in {folder} cannot be built:\n{said[folder].decode('utf-8', 'replace')}"
        for folder, process in running.items()
        if process.returncode
    ]
