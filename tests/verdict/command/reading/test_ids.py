"""Token IDs that are read, and what is none."""

import sys
from pathlib import Path

import pytest

from tests.verdict.command.conftest import Run
from verdict.command.reading import files


@pytest.mark.parametrize(
    ("asked", "given", "message"),
    [
        (["encode"], b"ab\nc\xff", "is not UTF-8: byte 0xff at position 4, in line 2, cannot be"),
        (["encode"], b"ab\n\n\xc3", "is not UTF-8: byte 0xc3 at position 4, in line 3, cannot be"),
        (["decode"], b"97\n98 x9", "standard input, line 2: 'x9' is not a token ID"),
        (["decode"], b"97 -1", "line 1: '-1' is not a token ID"),
        (["decode"], b"9_7", "line 1: '9_7' is not a token ID"),
        (["decode"], b"1" * 5000, f"line 1: '{'1' * 20}' is not a token ID"),
        (["decode"], b"\n" + b"1" * 40 + b" 1", f"line 2: '{'1' * 20}' is not a token ID"),
        (["decode"], b"\xff", r"line 1: '\xff' is not a token ID"),
        (["decode"], b"260", "token ID 260 is not in this vocabulary of 260 tokens, with IDs fr"),
        (["encode", "gone.txt"], b"", "gone.txt cannot be read: No such file or directory"),
    ],
)
def test_data_that_is_no_text_or_no_token_id_is_named(
    run: Run, trained: Path, asked: list[str], given: bytes, message: str
) -> None:
    for size in (1, 2**16):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(files, "PIECE", size)
            code, _, error = run(*asked, "--tokenizer", trained, given=given)
        assert code == 1
        assert error.startswith("verdict: ")
        assert error.count("\n") == 1
        assert message in error


def test_what_can_be_no_token_id_is_not_read_to_its_end(
    run: Run, trained: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "PIECE", 64)
    code, _, error = run("decode", "--tokenizer", trained, given=b"1" * 10_000)
    assert (code, error) == (
        1,
        "verdict: standard input, line 1: '11111111111111111111' is not a token ID\n",
    )
    assert sys.stdin.buffer.tell() == 64


def test_decode_takes_lists_as_python_prints_them(run: Run, trained: Path) -> None:
    assert run("decode", "--tokenizer", trained, given=b"[256, 119,\n 32]") == (0, "low ", "")


@pytest.mark.parametrize("size", [1, 2**16])
@pytest.mark.parametrize(
    "given",
    [
        "[[97, 98], [99]]",
        "[[97 98]\n [99 97]]",
        "[\n[97",
        '{"ids": [[97, 98], [99]]}',
        '{"file": "a", "ids": [97, [98]]}',
    ],
)
def test_a_batch_gets_words_about_its_shape(
    run: Run, trained: Path, monkeypatch: pytest.MonkeyPatch, given: str, size: int
) -> None:
    monkeypatch.setattr(files, "PIECE", size)
    code, _, error = run("decode", "--tokenizer", trained, given=given.encode())
    assert code == 1
    assert "it is a batch, several lists in one: decode takes token IDs in one row" in error


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ('{"ids": [97]}\n{"text": "a"}', 'line 2: there is no object with "ids"'),
        ('{"ids": [97]}\n[98]', 'line 2: there is no object with "ids"'),
        ('{"ids": [97]}\n98', 'line 2: there is no object with "ids"'),
        ('{"ids": 97}', 'line 1: "ids" is no list of token IDs'),
        ('{"ids": [-1]}', "line 1: -1 is not a token ID"),
        ('{"ids": [true]}', "line 1: True is not a token ID"),
        ('{"ids": [97.0]}', "line 1: 97.0 is not a token ID"),
        ('{"ids": ["97"]}', "line 1: '97' is not a token ID"),
        ('\n{"ids": [97}', "line 2: it is not JSON"),
        ('{"ids": [97]}\n{"ids"', "line 2: it is not JSON"),
        ('{"ids": ' + "[" * 10**5, "lists in lists, too deep"),
        ('{"ids": [' + "1" * 5000 + "]}", "is not JSON in UTF-8: Exceeds the limit"),
        ('{"ids": [999]}', "token ID 999 is not in this vocabulary"),
    ],
)
def test_objects_that_have_another_form_are_named(
    run: Run, trained: Path, given: str, message: str
) -> None:
    code, _, error = run("decode", "--tokenizer", trained, given=given.encode())
    assert (code, error.count("\n")) == (1, 1)
    assert message in error


@pytest.mark.parametrize("size", [1, 2, 2**16])
@pytest.mark.parametrize("given", ["97 98", "[97, 98]", '{"ids": [97, 98]}'])
def test_a_mark_of_byte_order_before_token_ids_is_left_out(
    run: Run, trained: Path, monkeypatch: pytest.MonkeyPatch, given: str, size: int
) -> None:
    monkeypatch.setattr(files, "PIECE", size)
    marked = b"\xef\xbb\xbf" + given.encode()
    assert run("decode", "--tokenizer", trained, given=marked) == (0, "ab", "")
