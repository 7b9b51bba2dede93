"""Which commit a proof was made of, as git knows it."""

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Commit:
    """A state of the pages that others can look up: its hash, and its day in UTC.

    The day is that of the commit, not of the run: whoever proves it again gets the same record.
    """

    hash: str
    date: str


def commit_of(folder: Path) -> Commit | None:
    """The commit whose files stand in a folder, as they are there.

    Returns:
        None where git does not know the folder, or where any file of the repository has
        changes that are not committed: then no commit has what is proven.
    """
    known = _git(folder, "ls-files", "--error-unmatch", ".")
    changes = _git(folder, "status", "--porcelain")
    if not known or changes is None or changes:
        return None
    head = _git(folder, "log", "-1", "--format=%H %cd", "--date=format-local:%Y-%m-%d")
    return Commit(*head.split()) if head else None


def _git(folder: Path, *arguments: str) -> str | None:
    """What git says, or None if it fails or is not there."""
    try:
        done = subprocess.run(
            ["git", *arguments],
            cwd=folder,
            env=os.environ | {"TZ": "UTC0", "GIT_OPTIONAL_LOCKS": "0"},
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
    except OSError:
        return None
    return None if done.returncode else done.stdout.strip()
