"""The record names a commit only if that commit has what was proven."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from proof.commit import Commit, commit_of
from tests import PATIENCE

LATE = "2026-03-01T23:30:00-0300"  # in UTC it is the next day already

pytestmark = pytest.mark.skipif(not shutil.which("git"), reason="no git here")


def git(folder: Path, *arguments: str) -> str:
    names = dict.fromkeys(("GIT_AUTHOR_NAME", "GIT_COMMITTER_NAME"), "A")
    mails = dict.fromkeys(("GIT_AUTHOR_EMAIL", "GIT_COMMITTER_EMAIL"), "a@example.org")
    dates = dict.fromkeys(("GIT_AUTHOR_DATE", "GIT_COMMITTER_DATE"), LATE)
    done = subprocess.run(
        ["git", *arguments],
        cwd=folder,
        env=os.environ | names | mails | dates,
        capture_output=True,
        encoding="utf-8",
        check=True,
        timeout=PATIENCE,
    )
    return done.stdout.strip()


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    """The folder of pages in a repository with one commit."""
    docs = tmp_path / "docs"
    docs.mkdir()
    (docs / "a.md").write_text("# A\n")
    (tmp_path / ".gitignore").write_text("build/\n")
    git(tmp_path, "init", "--quiet")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "--quiet", "--message", "First")
    return docs


@pytest.mark.parametrize("zone", ["UTC0", "UTC-9", "UTC9"])
def test_a_clean_tree_has_a_commit_and_its_day_in_utc(
    docs: Path, zone: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", zone)
    assert commit_of(docs) == Commit(git(docs, "rev-parse", "HEAD"), "2026-03-02")


def test_what_git_ignores_changes_nothing(docs: Path) -> None:
    (docs.parent / "build").mkdir()
    (docs.parent / "build" / "proof.json").touch()
    assert commit_of(docs)


@pytest.mark.parametrize("name", ["docs/a.md", "docs/new.md", "src.py"])
def test_a_tree_with_changes_has_no_commit(docs: Path, name: str) -> None:
    (docs.parent / name).write_text("other")
    assert commit_of(docs) is None
    git(docs.parent, "add", ".")
    assert commit_of(docs) is None


def test_a_folder_that_git_does_not_know_has_no_commit(docs: Path) -> None:
    unpacked = docs.parent / "build" / "docs"
    unpacked.mkdir(parents=True)
    (unpacked / "a.md").touch()
    assert commit_of(unpacked) is None
    shutil.rmtree(docs.parent / ".git")
    assert commit_of(docs) is None


def test_without_git_there_is_no_commit(docs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert commit_of(docs) is None
