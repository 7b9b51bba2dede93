from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.verdict.gpt2 import TRICKY_PIECES
from tests.verdict.texts import texts
from verdict import read_pieces, split_gpt2
from verdict.text import pieces
from verdict.text.pieces import pieces_of, words_in_pieces

SPECIAL = ("<|a|>", "<|a|>b", "|>", "s", "a1a1a1")

cut_texts = st.lists(st.sampled_from([*TRICKY_PIECES, *SPECIAL, "<|", "a", "b"]) | texts)


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Look at one character at a time, so that every cut is met."""
    monkeypatch.setattr(pieces, "PIECE", 1)


def whole(parts: list[str], special_tokens: tuple[str, ...]) -> list[str]:
    return [
        word
        for words, special in words_in_pieces(parts, special_tokens)
        for word in [*words, special]
        if word
    ]


@given(cut_texts)
@example(["'", "l", "l"])
@example(["a", " ", " ", " ", "b"])
@example([" ", "'", "r", "e"])
def test_the_words_of_the_pieces_are_those_of_the_whole(parts: list[str]) -> None:
    assert whole(parts, ()) == split_gpt2("".join(parts))


@given(cut_texts)
@example(["<|a", "|>b"])
@example(["<|a|>", "c"])
@example(["<|a|>", "b"])
@example(["a1a1", "a1"])
@example(["<", "|", "a", "|", ">"])
def test_special_tokens_are_found_wherever_the_cuts_are(parts: list[str]) -> None:
    text = "".join(parts)
    expected, start, at = list[str](), 0, 0
    while at < len(text):  # the longest that begins here, from left to right
        found = max((s for s in SPECIAL if text.startswith(s, at)), key=len, default="")
        if found:
            expected += [*split_gpt2(text[start:at]), found]
            start = at + len(found)
        at += len(found) or 1
    assert whole(parts, SPECIAL) == expected + split_gpt2(text[start:])


def test_a_long_word_is_not_looked_at_again_for_each_piece() -> None:
    lengths = [sum(map(len, words)) for words, _ in words_in_pieces(["a"] * 1000)]
    assert sum(lengths) == 1000
    assert len(lengths) < 20


def test_pieces_are_taken_when_they_are_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pieces, "PIECE", 4)
    taken = []

    def lines() -> Iterator[str]:
        for line in ("one two ", "three four ", "five six "):
            taken.append(line)
            yield line

    found = words_in_pieces(lines())
    assert next(found) == (["one"], "")
    assert taken == ["one two "]


def test_a_text_is_cut_and_pieces_stay() -> None:
    assert list(pieces_of("abc")) == ["a", "b", "c"]
    assert list(pieces_of("")) == []
    assert pieces_of(["ab", "c"]) == ["ab", "c"]


@pytest.mark.parametrize("text", [b"ab", None, 3])
def test_what_is_no_text_is_refused(text: Any) -> None:
    with pytest.raises(TypeError, match="text must be a str, or pieces of one, not"):
        pieces_of(text)
    with pytest.raises(TypeError, match="a piece of text must be a str, not"):
        list(words_in_pieces([text]))


def test_a_file_is_read_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "text.txt"
    text = "one\r\ntwo\rthree\né\u2028😀"
    path.write_bytes(text.encode())
    assert list(read_pieces(path)) == list(text)
    assert list(read_pieces(str(path))) == list(text)


def test_a_file_that_is_not_utf_8_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "text.txt"
    path.write_bytes(b"caf\xe9")
    with pytest.raises(ValueError, match=r"text.txt is not UTF-8: .* Save it as UTF-8"):
        list(read_pieces(path))
    with pytest.raises(FileNotFoundError):
        list(read_pieces(tmp_path / "none.txt"))
