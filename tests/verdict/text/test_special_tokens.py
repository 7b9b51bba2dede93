import copy
import pickle
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import textbook
from tests.verdict.texts import texts
from verdict import (
    END_OF_TEXT,
    UNKNOWN,
    SimpleTokenizerV1,
    SimpleTokenizerV2,
    build_vocabulary,
    split_words,
)

SPECIAL = [END_OF_TEXT, UNKNOWN]
BETWEEN = f" {END_OF_TEXT} "


@pytest.fixture(scope="module")
def tokenizer(story: str) -> SimpleTokenizerV2:
    return SimpleTokenizerV2(build_vocabulary(split_words(story), SPECIAL))


@pytest.fixture
def small() -> SimpleTokenizerV2:
    return SimpleTokenizerV2(build_vocabulary(["dog", ",", "fox"], SPECIAL))


# Texts in which special tokens stand too, by themselves and inside words.
marked = st.lists(st.sampled_from([*SPECIAL, " ", ","]) | texts).map("".join)


@given(texts, marked)
def test_encode_gives_the_textbooks_ids(known: str, text: str) -> None:
    tokenizer = SimpleTokenizerV2(build_vocabulary(split_words(known), SPECIAL))
    assert tokenizer.encode(text) == textbook.encode_any(text, tokenizer.str_to_int)


@given(texts)
def test_a_text_of_known_words_has_the_ids_that_the_first_tokenizer_gives(text: str) -> None:
    words = split_words(text)
    first = SimpleTokenizerV1(build_vocabulary(words))
    assert SimpleTokenizerV2(build_vocabulary(words, SPECIAL)).encode(text) == first.encode(text)


@given(st.lists(texts, min_size=1))
def test_texts_in_one_stream_have_the_ids_of_each_with_an_end_between(parts: list[str]) -> None:
    tokenizer = SimpleTokenizerV2(build_vocabulary(split_words(parts[0]), SPECIAL))
    end = tokenizer.str_to_int[END_OF_TEXT]
    apart = [token_id for part in parts for token_id in [end, *tokenizer.encode(part)]]
    assert tokenizer.encode(BETWEEN.join(parts)) == apart[1:]


@given(marked)
def test_only_unknown_words_change_on_the_way_there_and_back(
    tokenizer: SimpleTokenizerV2, text: str
) -> None:
    ids = tokenizer.encode(text)
    known = [word if word in tokenizer.str_to_int else UNKNOWN for word in split_words(text)]
    assert split_words(tokenizer.decode(ids)) == known
    assert tokenizer.encode(tokenizer.decode(ids)) == ids


def test_the_special_tokens_are_the_last_of_the_chapters_vocabulary(
    tokenizer: SimpleTokenizerV2,
) -> None:
    assert len(tokenizer.str_to_int) == 1132
    assert list(tokenizer.str_to_int.items())[-3:] == [
        ("yourself", 1129),
        (END_OF_TEXT, 1130),
        (UNKNOWN, 1131),
    ]


def test_two_texts_have_the_ids_of_the_textbook(tokenizer: SimpleTokenizerV2) -> None:
    text = BETWEEN.join(["Hello, do you like tea?", "In the sunlit terraces of the palace."])
    ids = tokenizer.encode(text)
    assert ids == [
        *(1131, 5, 355, 1126, 628, 975, 10, 1130),
        *(55, 988, 956, 984, 722, 988, 1131, 7),
    ]
    assert tokenizer.decode(ids) == (
        "<|unk|>, do you like tea? <|endoftext|> In the sunlit terraces of the <|unk|>."
    )


def test_the_story_has_no_unknown_word(tokenizer: SimpleTokenizerV2, story: str) -> None:
    ids = tokenizer.encode(story)
    assert ids == SimpleTokenizerV1(build_vocabulary(split_words(story))).encode(story)
    assert tokenizer.str_to_int[UNKNOWN] not in ids


@pytest.mark.parametrize("token", [*SPECIAL, "[BOS]", "[EOS]", "[PAD]"])
def test_a_special_token_is_not_split(token: str) -> None:
    assert split_words(token) == [token]
    assert split_words(f"fox.{token}, dog") == ["fox", ".", token, ",", "dog"]


def test_a_special_token_is_one_where_it_stands_alone(small: SimpleTokenizerV2) -> None:
    end, unknown = (small.str_to_int[token] for token in SPECIAL)
    assert small.encode(f"{END_OF_TEXT},{UNKNOWN}\n{END_OF_TEXT}") == [end, 0, unknown, end]
    assert small.encode(f"fox{END_OF_TEXT} {END_OF_TEXT}dog") == [unknown, unknown]


def test_without_an_end_of_text_its_mark_is_an_unknown_word() -> None:
    assert SimpleTokenizerV2({"fox": 0, UNKNOWN: 1}).encode(f"fox {END_OF_TEXT}") == [0, 1]


def test_nothing_is_encoded_as_nothing(small: SimpleTokenizerV2) -> None:
    assert small.encode(" \n") == []
    assert small.decode([]) == ""


def test_bad_arguments_are_refused(small: SimpleTokenizerV2) -> None:
    with pytest.raises(ValueError, match=r"no <\|unk\|>, which stands for unknown words: build_vo"):
        SimpleTokenizerV2({"fox": 0, END_OF_TEXT: 1})
    with pytest.raises(ValueError, match="share the token ID 0"):
        SimpleTokenizerV2({"fox": 0, UNKNOWN: 0})
    with pytest.raises(TypeError, match="must map tokens to token IDs, not be a list"):
        SimpleTokenizerV2([UNKNOWN])  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="text must be a str, not list"):
        small.encode(["dog"])  # type: ignore[arg-type]
    with pytest.raises(KeyError, match="token ID 5 is not in this vocabulary of 5 tokens"):
        small.decode([5])


@pytest.mark.parametrize(
    "again", [copy.copy, copy.deepcopy, lambda t: pickle.loads(pickle.dumps(t))]
)
def test_a_tokenizer_can_be_copied_and_pickled(
    small: SimpleTokenizerV2, again: Callable[[SimpleTokenizerV2], SimpleTokenizerV2]
) -> None:
    other = again(small)
    assert other.encode("cat, dog") == small.encode("cat, dog")
    with pytest.raises(AttributeError):
        setattr(other, "anything_new", 1)  # noqa: B010


# The vocabulary


@given(st.lists(st.sampled_from([*SPECIAL, "a", "b", "c"])), st.permutations(SPECIAL))
def test_special_tokens_have_the_last_numbers(tokens: list[str], special: list[str]) -> None:
    vocab = build_vocabulary(tokens, iter(special))
    assert list(vocab) == sorted(set(tokens) - set(special)) + special
    assert list(vocab.values()) == list(range(len(vocab)))


@pytest.mark.parametrize(
    ("special", "error", "message"),
    [
        (UNKNOWN, TypeError, r"special_tokens must be a list of .*: write \['<\|unk\|>'\]"),
        ([UNKNOWN, 1], TypeError, "a special token must be a str, not 1"),
        ([*SPECIAL, UNKNOWN], ValueError, r"the special token '<\|unk\|>' is there twice"),
    ],
)
def test_what_are_no_special_tokens_is_refused(
    special: Any, error: type[Exception], message: str
) -> None:
    with pytest.raises(error, match=message):
        build_vocabulary(["fox"], special)
