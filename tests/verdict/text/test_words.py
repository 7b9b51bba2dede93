from typing import Any

import pytest
from hypothesis import example, given

from tests import textbook
from tests.verdict.texts import BLANKS, texts
from verdict import split_words


@given(texts)
@example("".join(BLANKS))
@example("a---b -- c--'--_d")
@example("\udc80 \ud800.")
def test_the_tokens_are_the_textbooks(text: str) -> None:
    assert split_words(text) == textbook.split_words(text)


def test_all_white_space_divides() -> None:
    assert len(BLANKS) == 29
    assert split_words("x".join(BLANKS)) == ["x"] * 28


@given(texts)
def test_splitting_its_own_tokens_changes_nothing(text: str) -> None:
    tokens = split_words(text)
    assert split_words(" ".join(tokens)) == tokens


def test_the_sentence_of_the_chapter_has_the_tokens_that_it_shows() -> None:
    expected = ["Hello", ",", "world", ".", "Is", "this", "--", "a", "test", "?"]
    assert split_words("Hello, world. Is this-- a test?") == expected


def test_the_story_is_split_into_as_many_words_as_published(story: str) -> None:
    tokens = split_words(story)
    assert len(story) == 20479
    assert tokens == textbook.split_words(story)
    assert len(tokens) == 4690
    assert " ".join(tokens[:30]) == (
        "I HAD always thought Jack Gisburn rather a cheap genius -- though a good fellow enough "
        "-- so it was no great surprise to me to hear that , in"
    )


@pytest.mark.parametrize("text", [b"bytes", None, 7, ["a"]])
def test_what_is_not_text_is_refused(text: Any) -> None:
    with pytest.raises(TypeError, match=f"text must be a str, not {type(text).__name__}"):
        split_words(text)
