"""A tokenizer is learned from files, and written whole or not at all."""

import json
import os
from pathlib import Path

import pytest

from tests.verdict.command.conftest import TEXT, Run
from verdict import END_OF_TEXT, BytePairTokenizer


def test_train_learns_what_the_package_learns(run: Run, tmp_path: Path) -> None:
    one, other, output = (tmp_path / name for name in ("one.txt", "other.txt", "new.bpe"))
    one.write_bytes(b"low lo")
    other.write_bytes(b"west low")
    code, out, error = run("train", one, other, "--vocab-size", "262", "--output", output)
    assert (code, error) == (0, "")
    assert out == f"{output}: 262 tokens: 256 bytes, 5 merges, <|endoftext|>\n"
    # Nothing is learned from the place where one file ends and the next one begins.
    expected = BytePairTokenizer.train(
        f"low lo{END_OF_TEXT}west low", 262, special_tokens=[END_OF_TEXT]
    )
    assert BytePairTokenizer.load(output) == expected
    assert expected.merges != BytePairTokenizer.train("low lowest low", 261).merges


def test_train_says_when_no_pair_is_left(run: Run, tmp_path: Path, text: Path) -> None:
    text.write_bytes(b"ab ab")
    output = tmp_path / "new.bpe"
    _, out, _ = run("train", text, "--vocab-size", "1000", "--output", output)
    assert out.splitlines()[1] == "There are fewer than 1,000, because no pair was left to merge."
    _, out, _ = run("train", text, "--vocab-size", "1000", "--output", output, "--json")
    assert json.loads(out) == {"output": str(output), "tokens": 259, "merges": 2}


def test_train_writes_all_or_nothing(run: Run, tmp_path: Path, trained: Path) -> None:
    before = trained.read_bytes()
    bad = tmp_path / "bad.txt"
    bad.write_bytes(b"\xff")
    assert run("train", bad, "--vocab-size", "300", "--output", trained)[0] == 1
    assert trained.read_bytes() == before
    assert run("train", bad, "--vocab-size", "300", "--output", tmp_path / "new" / "a.bpe")[0] == 1
    assert not (tmp_path / "new").exists()
    code, _, error = run("train", bad, "--vocab-size", "300", "--output", bad / "a.bpe")
    assert code == 1
    assert error.startswith(f"verdict: {bad / 'a.bpe'} cannot be written: ")  # before it is read
    bad.write_bytes(b"ab")
    code, _, error = run("train", bad, "--vocab-size", "300", "--output", tmp_path)
    assert code == 1
    assert error.startswith(f"verdict: {tmp_path} cannot be written: ")


def test_train_never_writes_over_what_it_learns_from(run: Run, text: Path) -> None:
    code, _, error = run("train", text, "--vocab-size", "300", "--output", text)
    assert code == 2
    assert f"argument -o/--output: {text} is one of the files to learn from" in error
    assert text.read_bytes() == TEXT.encode()


@pytest.mark.skipif(os.name == "nt", reason="Windows has other links")
def test_train_writes_through_a_link_and_refuses_a_read_only_file(
    run: Run, tmp_path: Path, text: Path
) -> None:
    (tmp_path / "link.bpe").symlink_to("real.bpe")
    asked = ("train", text, "--vocab-size", "300")
    assert run(*asked, "-o", tmp_path / "link.bpe")[0] == 0
    assert (tmp_path / "link.bpe").is_symlink()
    learned = (tmp_path / "real.bpe").read_bytes()
    (tmp_path / "real.bpe").chmod(0o444)
    text.write_bytes(b"\xff")  # it is refused before anything is read
    code, _, error = run(*asked, "-o", tmp_path / "link.bpe")
    assert (code, error) == (
        1,
        f"verdict: {tmp_path / 'link.bpe'} cannot be written: it is read-only\n",
    )
    assert (tmp_path / "real.bpe").read_bytes() == learned


def test_o_is_short_for_output(run: Run, tmp_path: Path, text: Path) -> None:
    for name in ("-o", "--output"):
        assert run("train", text, "--vocab-size", "300", name, tmp_path / f"{name}.bpe")[0] == 0
    assert (tmp_path / "-o.bpe").read_bytes() == (tmp_path / "--output.bpe").read_bytes()
