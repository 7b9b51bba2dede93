"""From text to token IDs, and back."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import PATIENCE
from tests.verdict.command.conftest import TEXT, Run
from verdict import BytePairTokenizer
from verdict.command.reading import files
from verdict.command.tokenize import encode

COMMAND = [sys.executable, "-m", "verdict"]


def test_encode_gives_gpt2s_ids_unless_told_otherwise(run: Run, text: Path) -> None:
    ids = BytePairTokenizer.gpt2().encode(TEXT)
    line = " ".join(map(str, ids)) + "\n"
    assert run("encode", text, "-", given=TEXT.encode()) == (0, line + line, "")
    assert run("encode", "--json", given=TEXT.encode()) == (
        0,
        json.dumps({"file": "-", "ids": ids}) + "\n",
        "",
    )


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
@given(data=st.text().map(str.encode), size=st.integers(1, 9))
def test_any_text_comes_back_whatever_the_size_of_the_pieces(
    run: Run, trained: Path, monkeypatch: pytest.MonkeyPatch, data: bytes, size: int
) -> None:
    monkeypatch.setattr(files, "PIECE", size)
    monkeypatch.setattr(encode, "IDS_AT_ONCE", size)
    code, ids, _ = run("encode", "--tokenizer", trained, given=data)
    assert code == 0
    assert run("decode", "--tokenizer", trained, given=ids.encode()) == (0, data.decode(), "")


def test_each_file_has_its_line_and_decode_joins_them(run: Run, trained: Path, text: Path) -> None:
    other = text.with_name("other.txt")
    other.write_bytes(b"lowest\n")
    code, ids, _ = run("encode", "--tokenizer", trained, text, other)
    assert (code, ids.count("\n")) == (0, 2)
    assert run("decode", "--tokenizer", trained, given=ids.encode())[1] == TEXT + "lowest\n"
    _, objects, _ = run("encode", "--tokenizer", trained, "--json", text, other)
    assert [json.loads(line)["file"] for line in objects.splitlines()] == [str(text), str(other)]


def test_nothing_is_encoded_as_an_empty_line(run: Run, trained: Path) -> None:
    assert run("encode", "--tokenizer", trained) == (0, "\n", "")
    assert run("encode", "--tokenizer", trained, "--json")[1] == '{"file": "-", "ids": []}\n'
    assert run("decode", "--tokenizer", trained, given=b"\n") == (0, "", "")


def test_decode_shows_bytes_that_are_no_text(run: Run, trained: Path, tmp_path: Path) -> None:
    done = subprocess.run(
        [*COMMAND, "decode", "--tokenizer", trained],
        input=b"255",
        capture_output=True,
        check=True,
        timeout=PATIENCE,
    )
    assert done.stdout == b"\xff"
    shown = run("decode", "--tokenizer", trained, "--json", given=b"255 97")[1]
    assert json.loads(shown) == {"file": "-", "text": "\ufffda"}
