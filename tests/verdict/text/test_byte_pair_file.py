"""Saving and loading: the file is whole or not there, and what is no such file is refused."""

import hashlib
import os
import stat
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.verdict.texts import texts
from verdict import BytePairTokenizer
from verdict.text import byte_pair_file

LINES = """\
verdict byte pair encoding, version 2
bytes: {bytes}
special tokens: ["<|endoftext|>"]
merges: 3
108 111 "lo"
256 119 "low"
195 169 "é"
""".format(bytes=" ".join(map(str, range(256))))

SUM = f"sha256: {hashlib.sha256(LINES.encode()).hexdigest()}\n"
SAVED = LINES + SUM
CHANGED = "it was changed after it was saved: its lines have another sum than line 8 says"

OLD = LINES.replace("version 2", "version 1")
"""What an earlier Verdict wrote: without a sum."""


@pytest.fixture
def tokenizer() -> BytePairTokenizer:
    return BytePairTokenizer([(108, 111), (256, 119), (195, 169)], special_tokens=["<|endoftext|>"])


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "tokens.bpe"


def test_the_file_can_be_read_by_people(tokenizer: BytePairTokenizer, path: Path) -> None:
    tokenizer.save(path)
    assert path.read_bytes() == SAVED.encode()
    assert BytePairTokenizer.load(path) == tokenizer
    assert BytePairTokenizer.load(str(path)) == tokenizer


special_tokens = st.lists(st.text(min_size=1), unique=True, max_size=3)


@settings(max_examples=25)
@given(texts, special_tokens, st.permutations(range(256)))
def test_what_is_saved_comes_back(
    tmp_path_factory: pytest.TempPathFactory, text: str, special: list[str], order: list[int]
) -> None:
    path = tmp_path_factory.getbasetemp() / "any.bpe"
    merges = BytePairTokenizer.train(text, 300).merges
    tokenizer = BytePairTokenizer(merges, special_tokens=special, byte_order=order)
    tokenizer.save(path)
    loaded = BytePairTokenizer.load(path)
    assert loaded == tokenizer
    assert loaded.int_to_bytes == tokenizer.int_to_bytes


def test_gpt2_comes_back(path: Path) -> None:
    gpt2 = BytePairTokenizer.gpt2()
    gpt2.save(path)
    assert BytePairTokenizer.load(path) == gpt2


def test_what_an_editor_does_to_a_file_does_no_harm(
    tokenizer: BytePairTokenizer, path: Path
) -> None:
    path.write_bytes(b"\xef\xbb\xbf" + SAVED.replace("\n", "\r\n").encode())
    assert BytePairTokenizer.load(path) == tokenizer


@pytest.mark.parametrize(
    ("was", "becomes", "message"),
    [
        (SAVED, "", "line 1 should be 'verdict byte pair encoding, version …', and is ''"),
        (SAVED, "#version: 0.2\nt h\n", "line 1 should be .* is '#version: 0.2'"),
        ("version 2", "version 3", "it is of version 3, and this Verdict reads versions 1 and 2"),
        ("version 2", "version 1", CHANGED),
        ("bytes: 0 1 ", "bytes: 0 ", "line 2 should be 'bytes: …'"),
        ("bytes: 0 1 ", "bytes: 0 0 ", "byte_order must name each byte from 0 to 255 once"),
        ("bytes: 0 1 ", "bytes: 0 999 ", "byte_order must name each byte from 0 to 255 once"),
        ("bytes: 0 1 ", "bytes: 0  1 ", "line 2 should be 'bytes: …'"),
        ('["<|endoftext|>"]', "[1]", "line 3 lists special tokens that are no text"),
        ('["<|endoftext|>"]', '["]', "line 3 lists no special tokens: "),
        ('["<|endoftext|>"]', "[" * 10**5 + "]", "line 3 lists no special tokens: "),
        ('["<|endoftext|>"]', '["a", "a"]', "the special token 'a' is there twice"),
        ('["<|endoftext|>"]', '[""]', "the special token '' is empty"),
        ('["<|endoftext|>"]', '{"a": 1}', "line 3 should be 'special tokens: …'"),
        ('["<|endoftext|>"]', '["<|endoftext|>" ]', "line 3 is .*, and should be "),
        ('["<|endoftext|>"]', '["<|endofstory|>"]', CHANGED),
        ('["<|endoftext|>"]', "[]", CHANGED),
        ("bytes: 0 1 ", "bytes: 1 0 ", CHANGED),
        ("merges: 3", "merges: many", "line 4 should be 'merges: …', and is 'merges: many'"),
        ("merges: 3", "merges: 1000000000", "it has 3 merges, and announces 1000000000"),
        ("merges: 3", "merges: 03", "line 4 is 'merges: 03', and should be 'merges: 3'"),
        ('256 119 "low"\n', "", "it has 2 merges, and announces 3"),
        ('256 119 "low"\n', "\n", "it has 1 merges, and announces 3"),
        ('256 119 "low"', '108 111 "lo"', "the merge of 108 and 111 is there twice"),
        ('256 119 "low"', '258 119 "low"', "merge of 258 and 119 makes token 257, and can only"),
        ('256 119 "low"', f'{10**19} 119 "low"', "merge of 10000000000000000000 and 119 makes"),
        ('256 119 "low"', f'{10**99} 119 "low"', "line 6 is no merge: '1000000"),
        ('256 119 "low"', '256 -119 "low"', "line 6 is no merge: '256 -119"),
        ('256 119 "low"', '256 ١١٩ "low"', "line 6 is no merge: '256 ١١٩"),
        ('256 119 "low"', "256 119", "line 6 is no merge: '256 119'"),
        ('"low"', '"law"', "line 6 is '256 119 \"law\"', and should be '256 119 \"low\"'"),
        ('"é"\n', '"é"', r"line 7 is no merge: '195 169 \"é\"sha256: "),
        ('"é"\n', '"é"\n97 98 "ab"\n', "it has 4 merges, and announces 3"),
        (SUM, "", "line 8 is '', and should be 'sha256: "),
        (SUM, SUM.upper(), "line 8 is no merge: 'SHA256: "),
        (SUM, SUM[:-1], "line 9 is not there, and should be ''"),
        (SUM, SUM[:-2] + "\n", CHANGED),
        (SUM, f"{SUM}\nmore", "line 10 is 'more', and should be not there"),
        ("byte pair", "byte\udcffpair", "is not UTF-8: invalid start byte at byte 12"),
    ],
)
def test_what_is_no_such_file_is_refused(path: Path, was: str, becomes: str, message: str) -> None:
    assert was in SAVED
    path.write_bytes(SAVED.replace(was, becomes).encode("utf-8", "surrogateescape"))
    with pytest.raises(ValueError, match=rf"tokens.bpe .*{message}"):
        BytePairTokenizer.load(path)


@pytest.mark.parametrize("saved", [SAVED, OLD], ids=["now", "earlier"])
def test_every_file_that_is_cut_off_is_refused(path: Path, saved: str) -> None:
    content = saved.encode()
    for length in range(len(content)):
        path.write_bytes(content[:length])
        with pytest.raises(ValueError, match=r"tokens\.bpe is not"):
            BytePairTokenizer.load(path)


@given(st.integers(0, len(SAVED) - 1), st.integers(0, 255))
def test_no_changed_byte_gets_another_tokenizer_in(
    tmp_path_factory: pytest.TempPathFactory, place: int, byte: int
) -> None:
    path = tmp_path_factory.getbasetemp() / "changed.bpe"
    content = bytearray(SAVED.encode())
    content[place] = byte
    path.write_bytes(content)
    try:
        loaded = BytePairTokenizer.load(path)
    except ValueError:
        return
    # It was the byte that had been there, or a line feed that became none of the text's own.
    assert bytes(content).replace(b"\r\n", b"\n") == SAVED.encode()
    loaded.save(path)
    assert path.read_bytes() == SAVED.encode()


@given(
    st.dictionaries(st.integers(0, len(SAVED) - 1), st.characters(codec="utf-8"), min_size=1),
)
def test_no_changed_characters_get_another_tokenizer_in(
    tmp_path_factory: pytest.TempPathFactory, changes: dict[int, str]
) -> None:
    path = tmp_path_factory.getbasetemp() / "changed.bpe"
    characters = list(SAVED)
    for place, character in changes.items():
        characters[place] = character
    path.write_bytes("".join(characters).encode())
    if path.read_bytes().replace(b"\r\n", b"\n") != SAVED.encode():
        with pytest.raises(ValueError, match=r"changed\.bpe is not"):
            BytePairTokenizer.load(path)


def test_the_file_of_an_earlier_verdict_is_read_and_gets_a_sum_when_it_is_saved(
    tokenizer: BytePairTokenizer, path: Path
) -> None:
    path.write_text(OLD, encoding="utf-8")
    loaded = BytePairTokenizer.load(path)
    assert loaded == tokenizer
    loaded.save(path)
    assert path.read_bytes() == SAVED.encode()


def test_the_file_of_an_earlier_verdict_is_refused_where_its_lines_do_not_agree(path: Path) -> None:
    path.write_text(OLD.replace('256 119 "low"', '256 118 "low"'), encoding="utf-8")
    with pytest.raises(ValueError, match=r"line 6 is '256 118 .*, and should be '256 118 \"lov\"'"):
        BytePairTokenizer.load(path)


def test_a_short_file_cannot_fill_the_memory(path: Path) -> None:
    bomb = "\n".join(f'{number} {number} ""' for number in (97, *range(256, 320)))
    head = LINES[: LINES.index("merges")].replace('"<|endoftext|>"', "")
    path.write_text(f"{head}merges: 65\n{bomb}\n", encoding="utf-8")
    with pytest.raises(ValueError, match="have more than 268,435,456 bytes"):
        BytePairTokenizer.load(path)


def test_a_file_that_is_too_large_is_refused(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(byte_pair_file, "MOST_BYTES", 100)
    path.write_text(SAVED, encoding="utf-8")
    with pytest.raises(ValueError, match=r"tokens\.bpe has more than 100 bytes"):
        BytePairTokenizer.load(path)


def test_what_is_not_there_or_a_folder_is_refused(path: Path, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        BytePairTokenizer.load(path)
    with pytest.raises(IsADirectoryError, match="is a folder: name the file that save wrote"):
        BytePairTokenizer.load(tmp_path)


def test_saving_replaces_a_file_and_keeps_who_may_read_it(
    tokenizer: BytePairTokenizer, path: Path
) -> None:
    path.write_text("old", encoding="utf-8")
    path.chmod(0o600)
    tokenizer.save(path)
    assert BytePairTokenizer.load(path) == tokenizer
    if os.name != "nt":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_saving_that_fails_leaves_what_was_there(
    tokenizer: BytePairTokenizer, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path.write_text("old", encoding="utf-8")

    def full(_: int) -> None:
        raise OSError("no space left")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="no space left"):
        tokenizer.save(path)
    assert path.read_text(encoding="utf-8") == "old"
    assert list(path.parent.iterdir()) == [path]
