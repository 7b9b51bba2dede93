"""The grammars of labelled texts: no phrase is in both halves, and what is made is as asked for."""

import re
from collections import Counter
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.verdict.model.arrays import seeds
from verdict import make_messages, make_orders, message_phrases, order_clauses, split_words
from verdict.tuning.message_kinds import KINDS
from verdict.tuning.messages import MOST_MESSAGES
from verdict.tuning.slots import SLOTS

SLOT = re.compile(r"\{(\w+)\}")


def message_list(half: Any = "all", seed: int = 0) -> list[str]:
    phrases = message_phrases(half, seed)
    return [phrase for parts in phrases.values() for part in parts for phrase in part]


def order_list(half: Any = "all", seed: int = 0) -> list[str]:
    return [clause for clauses in order_clauses(half, seed) for clause in clauses]


def as_pattern(phrase: str) -> re.Pattern[str]:
    """What a phrase can be written as, whatever stands in its slots, and however loud it is."""
    words = SLOT.sub(lambda slot: f"\0{slot[1]}\0", phrase)
    escaped = re.escape(words)
    for name, choices in SLOTS.items():
        escaped = escaped.replace(
            re.escape(f"\0{name}\0"), f"(?:{'|'.join(map(re.escape, choices))})"
        )
    return re.compile(rf"(?<!\w){escaped}(?!\w)", re.IGNORECASE)


def test_the_grammar_has_seven_kinds_of_spam_and_as_many_harmless_ones() -> None:
    phrases = message_phrases()
    assert [len(kinds) for kinds in KINDS.values()] == [7, 7]
    assert len(phrases) == 14
    assert {len(part) for parts in phrases.values() for part in parts} == {6}
    assert {len(parts) for parts in phrases.values()} == {3}
    assert len(set(message_list())) == 14 * 3 * 6
    assert len(set(order_list())) == 2 * 10


def test_each_slot_of_a_phrase_is_known() -> None:
    assert set(SLOT.findall(" ".join(message_list()))) == SLOTS.keys()


@pytest.mark.parametrize("phrases", [message_list, order_list])
def test_no_phrase_can_be_written_as_another_or_stands_within_one(phrases: Any) -> None:
    patterns = {phrase: as_pattern(phrase.replace("{whom}", "me")) for phrase in phrases()}
    for one, other in combinations(patterns, 2):
        assert not patterns[one].search(other.replace("{whom}", "me"))
        assert not patterns[other].search(one.replace("{whom}", "me"))


@pytest.mark.parametrize("phrases", [message_list, order_list])
@given(seed=seeds)
def test_the_halves_of_a_seed_share_no_phrase_and_together_are_all(phrases: Any, seed: int) -> None:
    labelled, tested = phrases("labelled", seed), phrases("tested", seed)
    assert not set(labelled) & set(tested)
    assert len(labelled) == len(tested)
    assert Counter(labelled + tested) == Counter(phrases())


@pytest.mark.parametrize("seed", [1, 2])
def test_a_message_has_no_phrase_of_the_other_half(seed: int) -> None:
    for half, other in (("labelled", "tested"), ("tested", "labelled")):
        patterns = list(map(as_pattern, message_list(other, seed)))
        own = list(map(as_pattern, message_list(half, seed)))
        for text, _, _ in make_messages(60, half, seed=seed):  # type: ignore[arg-type]
            assert not [pattern for pattern in patterns if pattern.search(text)]
            assert len([pattern for pattern in own if pattern.search(text)]) == 3


@given(st.integers(1, 60), st.sampled_from(["all", "labelled", "tested"]), seeds, st.floats(0, 1))
def test_as_many_messages_as_asked_for_no_two_alike(
    count: int, half: Any, seed: int, spam: float
) -> None:
    messages = make_messages(count, half, seed=seed, spam=spam)
    assert len({message.text for message in messages}) == count
    assert sum(message.label for message in messages) == round(count * spam)
    assert all(message.kind in KINDS[message.label] for message in messages)
    assert messages == make_messages(count, half, seed=seed, spam=spam)
    assert not [message.text for message in messages if "{" in message.text]


def test_all_kinds_come_as_often_as_each_other() -> None:
    kinds = Counter(message.kind for message in make_messages(140, seed=1))
    assert set(kinds.values()) == {10}


def test_another_seed_makes_other_messages() -> None:
    assert not set(make_messages(50, seed=1)) & set(make_messages(50, seed=2))


def test_spam_and_harmless_messages_shout_alike() -> None:
    loud = Counter(m.label for m in make_messages(1000, seed=1) if "!" in m.text)
    assert 150 < loud[0] < loud[1] < 300


@given(st.integers(1, 60), st.sampled_from(["all", "labelled", "tested"]), seeds)
def test_every_other_order_is_spam(count: int, half: Any, seed: int) -> None:
    orders = make_orders(count, half, seed=seed)
    assert [order.label for order in orders] == [1 - number % 2 for number in range(count)]
    assert orders == make_orders(count, half, seed=seed)


def test_orders_of_both_labels_have_the_same_words() -> None:
    words = [
        {
            word
            for order in make_orders(4000, seed=1)
            if order.label == label
            for word in split_words(order.text)
        }
        for label in (0, 1)
    ]
    assert words[0] == words[1]


def test_only_the_one_who_does_what_tells_orders_apart() -> None:
    costly, _ = order_clauses()
    for text, label, _ in make_orders(200, seed=1):
        lets_you = any(f"you {clause.format(whom='me')}" in text for clause in costly)
        lets_me = any(f"i {clause.format(whom='you')}" in text for clause in costly)
        assert (lets_you, lets_me) == (bool(label), not label)


@pytest.mark.parametrize("make", [make_messages, make_orders])
@pytest.mark.parametrize(
    ("options", "error", "message"),
    [
        ({"count": 0}, ValueError, "count must be 1 or more, not 0"),
        ({"count": 2.0}, TypeError, "count must be an int"),
        ({"half": "test"}, ValueError, '"all", "labelled" or "tested", not \'test\''),
        ({"seed": -1}, ValueError, "seed must be 0 or more"),
        ({"seed": None}, TypeError, "seed must be an int"),
    ],
)
def test_what_cannot_be_made_is_refused(
    make: Any, options: dict[str, Any], error: type[Exception], message: str
) -> None:
    with pytest.raises(error, match=message):
        make(**{"count": 3} | options)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"spam": 1.5}, "spam must be 0 or more and at most 1"),
        ({"count": MOST_MESSAGES + 1}, "10,000 or less, .* not 10,001"),
    ],
)
def test_more_than_there_is_is_refused(options: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        make_messages(**{"count": 3} | options)
