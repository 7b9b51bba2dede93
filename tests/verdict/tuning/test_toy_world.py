import pytest

from verdict import split_words, toy_texts, toy_vocabulary, toy_world
from verdict.tuning.toy_words import JOBS, OPPOSITES, PEOPLE, PETS, PLURALS, TOWNS


def test_a_world_has_a_home_for_each_of_24_people_and_the_seed_decides() -> None:
    world = toy_world(1)
    assert list(world) == list(PEOPLE)
    assert len(set(PEOPLE)) == 24
    for town, pet, job in world.values():
        assert (town in TOWNS, pet in PETS, job in JOBS) == (True, True, True)
    assert world == toy_world(1) != toy_world(2)


def test_texts_tell_of_a_person_only_what_the_world_has() -> None:
    world = toy_world(3)
    told: dict[str, set[str]] = {person: set() for person in PEOPLE}
    for text in toy_texts(world, 2000, seed=1):
        words = split_words(text)
        if len(sentences := text.split(". ")) == 3 and "said" not in words:
            (person,) = set(words) & set(PEOPLE)
            told[person] |= set(words) & {*TOWNS, *PETS, *JOBS}
            assert all(person in sentence for sentence in sentences)
    assert told == {person: set(home) for person, home in world.items()}


def test_all_pairs_of_opposites_and_plurals_are_told_of() -> None:
    sentences = [set(split_words(text)) for text in toy_texts(toy_world(1), 3000, seed=1)]
    for pair in [*OPPOSITES.items(), *PLURALS.items()]:
        assert any(words >= set(pair) for words in sentences)


def test_no_word_has_two_opposites() -> None:
    words = [*OPPOSITES, *OPPOSITES.values()]
    assert len(words) == len(set(words))


def test_a_seed_writes_the_same_texts_and_another_seed_others() -> None:
    world = toy_world(1)
    assert toy_texts(world, 20, seed=5) == toy_texts(world, 20, seed=5)
    assert toy_texts(world, 20, seed=5) != toy_texts(world, 20, seed=6)


def test_the_vocabulary_has_all_words_of_every_world() -> None:
    vocabulary = toy_vocabulary()
    for seed in range(3):
        words = split_words(" ".join(toy_texts(toy_world(seed), 1000, seed=seed)))
        assert vocabulary.keys() >= set(words)


def test_no_text_is_refused() -> None:
    with pytest.raises(ValueError, match="count must be 1 or more, not 0"):
        toy_texts(toy_world(1), 0)
