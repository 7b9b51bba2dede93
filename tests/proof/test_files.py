"""A file is written whole or not at all."""

import os
import sys
from pathlib import Path

import pytest

from proof.files import write_whole


def test_writes_text_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "new" / "folder" / "a.md"
    write_whole(path, "é\r\nb\n")
    assert path.read_bytes() == b"\xc3\xa9\r\nb\n"
    write_whole(path, b"\xff")
    assert path.read_bytes() == b"\xff"
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.parametrize("at", ["fdopen", "chmod", "replace"])
@pytest.mark.parametrize("error", [OSError("The disk is full."), KeyboardInterrupt()])
def test_leaves_all_as_it_was_if_it_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at: str, error: BaseException
) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(b"old")

    def fail(*_: object) -> None:
        raise error

    if at == "fdopen":
        fdopen = os.fdopen
        monkeypatch.setattr(os, "fdopen", lambda *a: _Full(fdopen(*a), error))
    else:
        monkeypatch.setattr(Path, at, fail)
    with pytest.raises(type(error)):
        write_whole(path, "new")
    monkeypatch.undo()
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_writes_nothing_that_is_no_unicode(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(b"old")
    with pytest.raises(UnicodeEncodeError):
        write_whole(path, "\ud800")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has other permissions")
def test_keeps_permissions_and_gives_new_files_the_usual(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    write_whole(path, "a")
    assert path.stat().st_mode & 0o777 == 0o644
    path.chmod(0o755)
    write_whole(path, "b")
    assert path.stat().st_mode & 0o777 == 0o755


class _Full:
    """A file on a disk that is full after two bytes."""

    def __init__(self, file: object, error: BaseException) -> None:
        self.file, self.error = file, error

    def __enter__(self) -> "_Full":
        return self

    def __exit__(self, *_: object) -> None:
        self.file.close()  # type: ignore[attr-defined]

    def write(self, data: bytes) -> None:
        self.file.write(data[:2])  # type: ignore[attr-defined]
        raise self.error
