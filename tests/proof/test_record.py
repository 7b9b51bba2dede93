"""The record says what was proven, and survives the way to a file and back."""

import re
import sys
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from proof.commit import Commit
from proof.record import BlockNotRun, ProvenBlock, Record, digest, load_all, this_python

PAGES = {"a.md": [ProvenBlock(3, digest("x"), digest(""))], "b/c.md": []}


@pytest.mark.parametrize("commit", [None, Commit("5f3a", "2026-03-02")])
def test_is_read_as_it_was_written(tmp_path: Path, commit: Commit | None) -> None:
    path = tmp_path / "proof" / "3.13.json"
    not_run = {"b/c.md": [BlockNotRun(5, digest("y"), "GoneError: Not here.\nTry there.")]}
    record = Record("3.13", PAGES, commit, not_run, "make it")
    record.save(path)
    assert Record.load(path) == record
    assert path.read_bytes().endswith(b"\n")


def test_a_record_from_before_blocks_that_were_not_run_is_read(tmp_path: Path) -> None:
    path = tmp_path / "3.13.json"
    path.write_text('{"python": "3.13", "pages": {"b/c.md": []}, "commit": null}')
    assert Record.load(path) == Record("3.13", {"b/c.md": []}, None, {}, "")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b'{"python": "3.13"}',
        b'{"pages": {}}',
        b'{"python": "3.13", "pages": []}',
        b'{"python": "3.13", "pages": {"a.md": [{"line": 1}]}}',
        b'{"python": "3.13", "pages": {"a.md": [3]}}',
        b'{"python": "3.13", "pages": {}, "commit": {"hash": "5f3a"}}',
        b'{"python": "3.13", "pages": {}, "not_run": []}',
        b'{"python": "3.13", "pages": {}, "not_run": {"a.md": [{"line": 1}]}}',
        b"\xff",
    ],
)
def test_a_file_that_is_no_record_is_refused_by_name(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "3.13.json"
    path.write_bytes(content)
    with pytest.raises(ValueError, match=re.escape(str(path))):
        Record.load(path)


def test_records_come_in_the_order_of_the_versions(tmp_path: Path) -> None:
    paths = [tmp_path / f"{version}.json" for version in ("3.9", "3.14", "3.11")]
    for path in paths:
        Record(path.stem, {}).save(path)
    assert [record.python for record in load_all(paths)] == ["3.9", "3.11", "3.14"]


def test_names_the_python_that_runs() -> None:
    assert this_python() == f"{sys.version_info.major}.{sys.version_info.minor}"


@given(st.text(), st.text())
@example("x", " x")
@example("x", "x\f")
def test_equal_digests_mean_equal_texts(one: str, other: str) -> None:
    assert (digest(one) == digest(other)) == (one.strip("\n") == other.strip("\n"))
    assert digest(f"\n{one}\n\n") == digest(one)
    assert digest(f"x{one}") != digest(one)
