import copy
import pickle
import traceback
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import textbook
from tests.verdict.texts import texts, tokens
from verdict import SimpleTokenizerV1, build_vocabulary, split_words
from verdict.text.simple_tokenizer import JOINED_MARKS

PASSAGE = """"It's the last he painted, you know,"
Mrs. Gisburn said with pardonable pride."""


@pytest.fixture(scope="module")
def tokenizer(story: str) -> SimpleTokenizerV1:
    return SimpleTokenizerV1(build_vocabulary(split_words(story)))


@pytest.fixture
def small() -> SimpleTokenizerV1:
    return SimpleTokenizerV1({",": 0, "dog": 1, "fox": 2})


# Any vocabulary, with any of its IDs: repeats, gaps and tokens that begin or end with marks.
vocabularies = st.dictionaries(
    tokens | st.sampled_from(JOINED_MARKS), st.integers(min_value=0), min_size=1
).filter(lambda vocab: len(set(vocab.values())) == len(vocab))
vocabularies_with_ids = vocabularies.flatmap(
    lambda vocab: st.tuples(st.just(vocab), st.lists(st.sampled_from(list(vocab.values()))))
)


@given(vocabularies_with_ids)
def test_decode_gives_the_textbooks_text(pair: tuple[dict[str, int], list[int]]) -> None:
    vocab, ids = pair
    tokenizer = SimpleTokenizerV1(vocab)
    assert tokenizer.decode(ids) == textbook.decode(ids, tokenizer.int_to_str)


@given(texts)
def test_encode_gives_the_textbooks_ids(text: str) -> None:
    tokenizer = SimpleTokenizerV1(build_vocabulary(split_words(text)))
    assert tokenizer.encode(text) == textbook.encode(text, tokenizer.str_to_int)


@given(st.lists(st.integers(0, 1129)))
def test_ids_survive_decoding_and_encoding(tokenizer: SimpleTokenizerV1, ids: list[int]) -> None:
    assert tokenizer.encode(tokenizer.decode(ids)) == ids


@given(texts)
def test_tokens_survive_even_where_the_text_does_not(text: str) -> None:
    tokenizer = SimpleTokenizerV1(build_vocabulary(split_words(text)))
    assert split_words(tokenizer.decode(tokenizer.encode(text))) == split_words(text)


def test_the_passage_comes_back_with_the_blanks_that_the_chapter_shows(
    tokenizer: SimpleTokenizerV1,
) -> None:
    ids = tokenizer.encode(PASSAGE)
    assert len(ids) == 21
    assert ids[:4] == [1, 56, 2, 850]
    assert tokenizer.decode(ids) == (
        '" It\' s the last he painted, you know," Mrs. Gisburn said with pardonable pride.'
    )


def test_the_whole_story_has_the_ids_of_the_textbook(
    tokenizer: SimpleTokenizerV1, story: str
) -> None:
    ids = tokenizer.encode(story)
    assert ids == textbook.encode(story, tokenizer.str_to_int)
    assert tokenizer.decode(ids) == textbook.decode(ids, tokenizer.int_to_str)
    assert tokenizer.encode(tokenizer.decode(ids)) == ids


def test_nothing_is_encoded_as_nothing(small: SimpleTokenizerV1) -> None:
    assert small.encode(" \n") == []
    assert small.decode([]) == ""


def test_ids_may_come_one_by_one_and_with_gaps() -> None:
    tokenizer = SimpleTokenizerV1({"fox": 10, ",": 3})
    assert tokenizer.decode(iter([10, 3, 10])) == "fox, fox"


def test_an_unknown_word_is_named(tokenizer: SimpleTokenizerV1) -> None:
    with pytest.raises(KeyError) as caught:
        tokenizer.encode("Hello, do you like tea?")
    assert caught.value.args == ("Hello",)
    assert traceback.format_exception_only(caught.value) == [
        "KeyError: 'Hello'\n",
        "This word is not in the vocabulary: build one from a text that has it.\n",
    ]


def test_the_first_unknown_word_is_named(small: SimpleTokenizerV1) -> None:
    with pytest.raises(KeyError) as caught:
        small.encode("dog, cat, cow")
    assert caught.value.args == ("cat",)


@pytest.mark.parametrize(
    ("vocab", "token_id", "message"),
    [
        ({"a": 0, "b": 1}, 5000, "5000 is not in this vocabulary of 2 tokens, with IDs from 0 to"),
        ({"a": 0, "b": 1}, -1, "-1 is not in this vocabulary of 2 tokens, with IDs from 0 to 1'"),
        ({"a": 0, "b": 9}, 5, "5 is not in this vocabulary of 2 tokens'"),
        ({}, 0, "0 is not in this vocabulary of 0 tokens'"),
    ],
)
def test_an_unknown_id_is_named(vocab: dict[str, int], token_id: int, message: str) -> None:
    with pytest.raises(KeyError, match="'token ID " + message) as caught:
        SimpleTokenizerV1(vocab).decode([token_id])
    assert caught.value.__suppress_context__


def test_the_range_of_the_storys_ids_is_named(tokenizer: SimpleTokenizerV1) -> None:
    with pytest.raises(KeyError, match="this vocabulary of 1,130 tokens, with IDs from 0 to 1129"):
        tokenizer.decode([0, 1130])


def test_bad_arguments_are_refused(small: SimpleTokenizerV1) -> None:
    with pytest.raises(TypeError, match="text must be a str, not list"):
        small.encode(["dog"])  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="a token ID must be an integer, not float"):
        small.decode([1.0])  # type: ignore[list-item]
    with pytest.raises(TypeError, match="ids must be a list of token IDs, not str"):
        small.decode("dog")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="share the token ID 0"):
        SimpleTokenizerV1({"dog": 0, "fox": 0})


def test_a_tokenizer_does_not_change(small: SimpleTokenizerV1) -> None:
    vocab = {"dog": 0}
    tokenizer = SimpleTokenizerV1(vocab)
    vocab["fox"] = 1
    assert tokenizer.str_to_int == {"dog": 0}
    assert tokenizer.int_to_str == {0: "dog"}
    with pytest.raises(TypeError, match="does not support item assignment"):
        tokenizer.str_to_int["fox"] = 1  # type: ignore[index]
    with pytest.raises(TypeError, match="does not support item assignment"):
        tokenizer.int_to_str[1] = "fox"  # type: ignore[index]
    for name in ("str_to_int", "int_to_str", "anything_new"):
        with pytest.raises(AttributeError):
            setattr(tokenizer, name, {})
    assert tokenizer.encode("dog") == [0]


@pytest.mark.parametrize(
    "again", [copy.copy, copy.deepcopy, lambda t: pickle.loads(pickle.dumps(t))]
)
def test_a_tokenizer_can_be_copied_and_pickled(
    small: SimpleTokenizerV1, again: Callable[[SimpleTokenizerV1], SimpleTokenizerV1]
) -> None:
    other = again(small)
    assert other.str_to_int == small.str_to_int
    assert other.decode(other.encode("fox, dog")) == "fox, dog"
