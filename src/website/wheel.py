"""The package as a file of the site, so that a reader can install what the pages import."""

import subprocess
import sys
from pathlib import Path


def build(site: Path) -> None:
    """Build the package's wheel into the site; the same source gives the same bytes.

    Raises:
        RuntimeError: the wheel cannot be built; the message is the builder's.
    """
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(site)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"The package cannot be built:\n{done.stdout}{done.stderr}")
