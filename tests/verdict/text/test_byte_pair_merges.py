import sys
import tracemalloc
from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests import textbook
from verdict import split_gpt2
from verdict.text import byte_pair_merges
from verdict.text.byte_pair_merges import learn_merges, merge_word
from verdict.text.byte_pair_steps import merge_steps

# Few different bytes, so that pairs repeat, overlap and are equally frequent.
words = st.text(alphabet="ab c", max_size=12) | st.text(alphabet="a", max_size=30)
byte_words = st.binary(max_size=10).map(lambda word: word.decode("latin-1"))
word_lists = st.lists(words | byte_words, max_size=12)


def numbers(merges: dict[str, str]) -> list[tuple[int, int]]:
    return [(ord(pair[0]), ord(pair[1])) for pair in merges]


@given(word_lists, st.integers(0, 40))
@example(["aaaa", "aaa"], 10)
@example(["abab", "ba"], 10)
@example(["", "a"], 10)
def test_training_equals_a_count_of_all_pairs_for_each_merge(texts: list[str], most: int) -> None:
    learned = learn_merges(Counter(texts), most)
    assert numbers(learned) == textbook.train([text.encode("latin-1") for text in texts], most)
    assert list(learned.values()) == [chr(256 + place) for place in range(len(learned))]


@given(word_lists, words | byte_words)
@example(["aab", "aab"], "aaaaab")
def test_a_word_is_merged_as_in_the_textbook(texts: list[str], word: str) -> None:
    merges = learn_merges(Counter(texts), 30)
    by_number = {(ord(pair[0]), ord(pair[1])): ord(new) for pair, new in merges.items()}
    expected = textbook.apply(word.encode("latin-1"), by_number)
    assert list(map(ord, merge_word(word, merges))) == expected
    *_, last = merge_steps(word, merges)
    assert list(map(ord, last)) == expected


@given(word_lists, words | byte_words, st.integers(1, 40))
@example(["aab", "aab"], "aaaaab", 3)
@example(["aaaa", "aaba"], "aabaaabaaaa", 5)
def test_long_words_are_merged_as_short_ones(texts: list[str], word: str, times: int) -> None:
    merges = learn_merges(Counter(texts), 30)
    *_, expected = merge_steps(word * times, merges)
    for long in (0, 10**6):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(byte_pair_merges, "LONG_WORD", long)
            assert merge_word(word * times, merges) == expected


def test_the_memory_for_a_long_word_is_a_few_numbers_a_byte() -> None:
    size = 10_000
    for pattern in ("a", "ab", "abbabaa"):
        merges = learn_merges({pattern * 20: 1}, 20)
        word = (pattern * size)[:size]
        tracemalloc.start()
        merge_word(word, merges)
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert peak < 60 * size, pattern  # two tuples for each byte alone would take 112


def test_the_last_token_that_can_be_is_made_too() -> None:
    last = chr(sys.maxunicode)
    assert merge_word("abab", {"ab": last}) == 2 * last
    assert merge_word("ab" * 100, {"ab": last}) == 100 * last


@given(word_lists)
def test_merges_replayed_on_the_training_words_give_what_training_left(texts: list[str]) -> None:
    merges = learn_merges(Counter(texts), 10**6)
    # It went on until no word had a pair left.
    assert all(len(merge_word(word, merges)) <= 1 for word in texts)


@given(words)
def test_each_step_is_one_merge(word: str) -> None:
    merges = learn_merges({word: 1}, 20)
    steps = list(merge_steps(word, merges))
    assert steps[0] == word
    used = [new for before, after in pairwise(steps) for new in {*after} - {*before}]
    assert used == sorted(set(used))
    assert len(used) == len(steps) - 1


def test_the_smallest_of_equally_frequent_pairs_comes_first() -> None:
    assert numbers(learn_merges({"dc": 1, "ab": 1, "ac": 1}, 3)) == [(97, 98), (97, 99), (100, 99)]


def test_the_story_has_the_merges_of_the_textbook(story: str) -> None:
    counts = Counter(word.encode().decode("latin-1") for word in split_gpt2(story))
    merges = learn_merges(counts, 10**6)
    assert len(counts) == 1256
    assert len(merges) == 2517
    assert numbers(merges)[:3] == [(32, 116), (104, 101), (32, 97)]
    distinct = [word.encode("latin-1") for word in counts for _ in range(counts[word])]
    assert numbers(merges)[:25] == textbook.train(distinct, 25)


@pytest.mark.parametrize("words", [{}, {"": 3}, {"a": 5}])
def test_without_a_pair_there_are_no_merges(words: dict[str, int]) -> None:
    assert learn_merges(words, 10) == {}
    assert merge_word("", {}) == ""
    assert list(merge_steps("", {})) == [""]


def test_a_long_word_is_merged_in_full() -> None:
    merges = learn_merges({"a" * 64: 1}, 100)
    assert len(merges) == 6
    assert merge_word("a" * 100_000, merges) == chr(261) * 1562 + chr(260)
