import sys
import unicodedata
from collections.abc import Iterator
from typing import Any

import pytest
import regex
from hypothesis import example, given

from tests.verdict.gpt2 import TRICKY_PIECES, generated
from tests.verdict.texts import BLANKS, texts
from verdict import split_gpt2
from verdict.text.gpt2_words import any_script, basic_plane, by_python_alone

PUBLISHED = regex.compile(
    r"""'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+"""
)
"""The pattern as GPT-2's code has it."""


@given(texts)
@example("".join(TRICKY_PIECES))
@example("".join(BLANKS))
@example("\udc80 \ud800.")
def test_the_words_are_those_of_the_published_pattern(text: str) -> None:
    words = PUBLISHED.findall(text)
    assert split_gpt2(text) == words
    assert any_script()(text) == words
    assert "".join(words) == text


def test_the_basic_plane_has_the_letters_numbers_and_blanks_of_the_published_pattern() -> None:
    plane = "".join(map(chr, range(0x10000)))
    # In a row of all characters a word ends where one is of another kind than the one before.
    for context in ("", "a", "1", "!", " "):
        mixed = context + context.join(plane)
        assert split_gpt2(mixed) == basic_plane()(mixed) == PUBLISHED.findall(mixed)


def test_python_alone_finds_the_same_words_in_all_scripts() -> None:
    for text in generated(2000, seed=1):
        assert by_python_alone()(text) == any_script()(text), text


def test_python_alone_has_the_same_letters_numbers_and_blanks() -> None:
    known = "".join(
        character
        for character in map(chr, range(sys.maxunicode + 1))
        if unicodedata.category(character) != "Cn"
    )
    # In a row of all characters a word ends where one is of another kind than the one before.
    assert by_python_alone()(known) == any_script()(known)
    for context in ("a", "1", "!", " "):
        mixed = context + context.join(known[:20_000])
        assert by_python_alone()(mixed) == any_script()(mixed)


def forget() -> None:
    for made in (any_script, basic_plane):
        made.cache_clear()


@pytest.fixture
def no_regex(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setitem(sys.modules, "regex", None)  # as if it were not installed
    forget()
    yield
    forget()


@pytest.mark.usefixtures("no_regex")
def test_without_regex_the_words_are_the_same() -> None:
    assert split_gpt2("Größe 12½, isn\u2019t\x1cit?") == [
        *("Größe", " 12½", ",", " isn", "\u2019", "t", "\x1c", "it", "?"),
    ]
    assert split_gpt2("Größe \U0001d7d8\U0001f600.") == ["Größe", " \U0001d7d8", "\U0001f600."]
    assert any_script() is by_python_alone()


def test_a_space_belongs_to_the_word_after_it() -> None:
    assert split_gpt2("to  be\n or not ") == ["to", " ", " be", "\n", " or", " not", " "]


def test_an_empty_text_has_no_words() -> None:
    assert split_gpt2("") == []


@pytest.mark.parametrize("text", [b"text", None, ["text"]])
def test_what_is_no_text_is_refused(text: Any) -> None:
    with pytest.raises(TypeError, match="text must be a str, not"):
        split_gpt2(text)
