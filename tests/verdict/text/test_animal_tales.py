from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from verdict import animal_tales, build_vocabulary, split_words
from verdict.text.animal_tales import ANIMALS, NAMES, TIMES

seeds = st.integers(0, 2**32)


def of_one_kind(text: str) -> str:
    """The animal of a tale, by its second word of kind: "an owl", "foxes"."""
    kind = text.partition(".")[0].rpartition(" ")[2]
    return next(animal for animal in ANIMALS if kind in (animal, f"{animal}s", f"{animal}es"))


@given(seeds)
def test_a_tale_keeps_to_its_animal_its_home_and_its_food(seed: int) -> None:
    tale = animal_tales(1, seed)
    home, food = ANIMALS[of_one_kind(tale)]
    assert f"in the {home}." in tale
    assert all(f" {other} " not in tale for _, other in ANIMALS.values() if other != food)
    assert (f" {food} " in tale) == ("hungry" in tale)


@given(seeds)
def test_pronouns_and_verbs_fit_who_it_is_about(seed: int) -> None:
    words = split_words(animal_tales(1, seed))
    heroes = [word for word in words[: words.index(".")] if word in NAMES]
    assert len(heroes) == len(set(heroes)) in (1, 2)
    they = NAMES[heroes[0]] if len(heroes) == 1 else "they"
    said = {word.lower() for word in words[: words.index("Then")]} & {"he", "she", "they"}
    assert said == {they}
    assert ("is" in words, "are" in words) == (they != "they", they == "they")
    verbs = {"live", "look", "lie", "call"} & set(words)
    assert bool(verbs) == (they == "they")


@given(seeds)
def test_who_is_tired_sleeps_until_the_next_time_of_day(seed: int) -> None:
    words = split_words(animal_tales(1, seed))
    times = [word for word in words if word in TIMES]
    assert len(times) == 1 + ("tired" in words)
    for before, after in pairwise(times):
        assert after == TIMES[(TIMES.index(before) + 1) % len(TIMES)]


def test_a_friend_is_somebody_else() -> None:
    for tale in animal_tales(300, seed=3).splitlines():
        words = split_words(tale)
        if "for" in words and (friend := words[words.index("for") + 1]) in NAMES:
            assert words.count(friend) == 2


def test_the_same_seed_tells_the_same_tales_and_more_of_them_begin_alike() -> None:
    tales = animal_tales(50, seed=7)
    assert animal_tales(50, seed=np.random.default_rng(7)) == tales
    assert animal_tales(60, seed=7).startswith(tales + "\n")
    assert animal_tales(50, seed=8) != tales
    assert len(set(tales.splitlines())) > 45


def test_a_thousand_tales_have_all_91_words() -> None:
    assert len(build_vocabulary(split_words(animal_tales(1_000, seed=1)))) == 91


@pytest.mark.parametrize(("count", "error"), [(0, ValueError), (1.5, TypeError)])
def test_other_counts_are_refused(count: object, error: type[Exception]) -> None:
    with pytest.raises(error, match="count"):
        animal_tales(count)  # type: ignore[arg-type]
