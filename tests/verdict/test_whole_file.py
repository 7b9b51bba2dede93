"""A file is written whole or not at all, wherever its name leads."""

import errno
import os
import signal
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from tests import PATIENCE
from verdict.whole_file import check_writable, write_whole

unix = pytest.mark.skipif(os.name == "nt", reason="Windows has other files")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "a.md"
    path.write_bytes(b"old")
    return path


def test_text_is_written_as_it_is_and_folders_are_made(tmp_path: Path) -> None:
    path = tmp_path / "new" / "folder" / "a.md"
    write_whole(path, "é\r\nb\n")
    assert path.read_bytes() == b"\xc3\xa9\r\nb\n"
    write_whole(str(path), b"\xff")
    assert path.read_bytes() == b"\xff"
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.parametrize("at", ["open", "fsync", "chmod", "replace"])
@pytest.mark.parametrize("error", [OSError("The disk is full."), KeyboardInterrupt()])
def test_all_is_as_it_was_if_it_fails(
    path: Path, monkeypatch: pytest.MonkeyPatch, at: str, error: BaseException
) -> None:
    def fail(*_: object) -> None:
        raise error

    owner = os if at in {"open", "fsync"} else Path
    monkeypatch.setattr(owner, at, fail)
    with pytest.raises(type(error)):
        write_whole(path, "new")
    monkeypatch.undo()
    assert path.read_bytes() == b"old"
    assert list(path.parent.iterdir()) == [path]


@unix
def test_a_device_is_written_to_as_it_is() -> None:
    # A terminal's: of its folder, not even a fault can make another file than a device.
    ours, theirs = os.openpty()
    try:
        write_whole(os.ttyname(theirs), "new")
        assert os.read(ours, 3) == b"new"
    finally:
        os.close(ours)
        os.close(theirs)


def test_what_was_written_is_on_the_disk_before_it_takes_the_place(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[tuple[int, bytes]] = []

    def fsync(number: int) -> None:
        seen.append((os.fstat(number).st_size, path.read_bytes()))

    monkeypatch.setattr(os, "fsync", fsync)
    write_whole(path, "new content")
    assert seen == [(11, b"old")]


def test_nothing_that_is_no_unicode_is_written(path: Path) -> None:
    with pytest.raises(UnicodeEncodeError):
        write_whole(path, "\ud800")
    assert path.read_bytes() == b"old"
    assert list(path.parent.iterdir()) == [path]


@unix
@pytest.mark.parametrize("mode", [0o600, 0o640, 0o755, 0o666, 0o200])
def test_permissions_are_kept(path: Path, mode: int) -> None:
    path.chmod(mode)
    write_whole(path, "b")
    assert stat.S_IMODE(path.stat().st_mode) == mode


@unix
def test_a_new_file_has_the_permissions_that_the_user_has_set(tmp_path: Path) -> None:
    for umask in (0o022, 0o077):
        before = os.umask(umask)
        try:
            write_whole(tmp_path / f"{umask}.md", "a")
        finally:
            os.umask(before)
        assert stat.S_IMODE((tmp_path / f"{umask}.md").stat().st_mode) == 0o666 & ~umask


def test_a_read_only_file_is_refused(path: Path) -> None:
    path.chmod(0o444)
    try:
        with pytest.raises(PermissionError, match="it is read-only") as caught:
            write_whole(path, "new")
    finally:
        path.chmod(0o644)
    assert caught.value.filename == str(path)
    assert path.read_bytes() == b"old"


def test_a_folder_is_refused_and_what_is_below_a_file(path: Path) -> None:
    with pytest.raises(IsADirectoryError, match="it is a folder"):
        write_whole(path.parent, "new")
    with pytest.raises((NotADirectoryError, FileNotFoundError)):
        write_whole(path / "b.md", "new")
    assert path.read_bytes() == b"old"


def test_that_a_file_can_be_written_is_known_before(path: Path, tmp_path: Path) -> None:
    assert check_writable(tmp_path / "new" / "b.md") is None
    assert not (tmp_path / "new").exists()
    found = check_writable(path)
    assert found
    assert found.st_size == 3


@unix
@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="root may write anywhere")
def test_a_read_only_folder_is_named(path: Path) -> None:  # pragma: no cover
    path.parent.chmod(0o555)
    try:
        for name in ("a.md", "b.md", "new/c.md"):
            with pytest.raises(PermissionError, match=f"the folder {path.parent} is read-only"):
                check_writable(path.parent / name)
    finally:
        path.parent.chmod(0o755)


@unix
def test_links_are_followed_to_what_they_lead_to(path: Path, tmp_path: Path) -> None:
    (tmp_path / "far").mkdir()
    (tmp_path / "link").symlink_to("far/link")
    (tmp_path / "far/link").symlink_to("../a.md")
    path.chmod(0o600)
    write_whole(tmp_path / "link", "new")
    assert path.read_bytes() == b"new"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "far/link").is_symlink()


@unix
def test_a_link_to_nothing_makes_what_it_leads_to(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to("folder/new.md")
    write_whole(tmp_path / "link", "new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "folder/new.md").read_bytes() == b"new"


@unix
def test_links_that_lead_in_a_circle_are_an_error(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to("b")
    (tmp_path / "b").symlink_to("a")
    with pytest.raises(OSError, match="symbolic links") as caught:
        write_whole(tmp_path / "a", "new")
    assert caught.value.errno == errno.ELOOP


def test_the_longest_name_is_no_longer_than_its_temporary_one(tmp_path: Path) -> None:
    path = tmp_path / ("ü" * 120)
    write_whole(path, "new")
    assert list(tmp_path.iterdir()) == [path]


@unix
def test_a_pipe_is_written_to_and_stays_one(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    read: list[bytes] = []
    reader = threading.Thread(target=lambda: read.append(pipe.read_bytes()), daemon=True)
    reader.start()
    writer = threading.Thread(target=write_whole, args=(pipe, "new"), daemon=True)
    writer.start()
    writer.join(PATIENCE)
    reader.join(PATIENCE)
    assert read == [b"new"]
    assert stat.S_ISFIFO(pipe.stat().st_mode)
    assert list(tmp_path.iterdir()) == [pipe]


PRINTS_AND_WRITES = """
from verdict.whole_file import write_whole
print("before")
write_whole("{name}", "written\\n")
print("after")
"""


@unix
@pytest.mark.parametrize("name", ["/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"])
@pytest.mark.parametrize("into", ["file", "pipe"])
def test_standard_output_is_written_to_in_its_place(tmp_path: Path, name: str, into: str) -> None:
    if not Path(name).exists():
        pytest.skip(f"no {name} here")
    command = [sys.executable, "-c", PRINTS_AND_WRITES.format(name=name)]
    env = {**os.environ, "PYTHONUNBUFFERED": ""}  # else nothing waits in a buffer
    if into == "pipe":
        done = subprocess.run(
            command, stdout=subprocess.PIPE, env=env, check=True, timeout=PATIENCE
        )
        assert done.stdout == b"before\nwritten\nafter\n"
        return
    path = tmp_path / "out.txt"
    with path.open("wb") as file:
        subprocess.run(command, stdout=file, env=env, check=True, timeout=PATIENCE)
    assert path.read_bytes() == b"before\nwritten\nafter\n"
    assert list(tmp_path.iterdir()) == [path]


@unix
def test_ctrl_c_leaves_no_temporary_file(path: Path) -> None:
    code = (
        "import os, signal\n"
        "from verdict.whole_file import write_whole\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "os.fsync = lambda number: os.kill(os.getpid(), signal.SIGINT)\n"
        f"write_whole({str(path)!r}, 'new')\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, check=False, timeout=PATIENCE
    )
    assert done.returncode == -signal.SIGINT
    assert b"KeyboardInterrupt" in done.stderr
    assert path.read_bytes() == b"old"
    assert list(path.parent.iterdir()) == [path]
