"""The package as a file of the site, so that a reader can install what the pages import."""

import subprocess
import sys
from pathlib import Path


def build(site: Path) -> list[str]:
    """Build the package's wheel into the site; the same source gives the same bytes.

    Returns:
        What went wrong, in the builder's words; nothing if all is well.
    """
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(site)]
    done = subprocess.run(
        command, capture_output=True, text=True, encoding="utf-8", errors="replace", check=False
    )
    if done.returncode:
        return [f"The package cannot be built:\n{done.stdout}{done.stderr}"]
    return []
