"""A toy world, and sentences about it: all that a small model reads before it is tuned."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from verdict.checks.numbers import checked_size
from verdict.checks.seeds import random_generator
from verdict.tuning.slots import pick
from verdict.tuning.toy_words import (
    JOBS,
    LARGEST_NUMBER,
    LONGEST_LIST,
    OPPOSITES,
    PEOPLE,
    PETS,
    PLURALS,
    SENTENCES,
    THINGS,
    TOWNS,
)

KINDS = ("person", "person", "opposite", "plural", "number", "list", "list", "list")
"""What a text can be about, each as often as it stands here."""


class Home(NamedTuple):
    """What the toy world has for a person.

    Attributes:
        town: Where the person lives.
        pet: Which animal is the person's pet.
        job: What the person works as.
    """

    town: str
    pet: str
    job: str


def toy_world(seed: int | np.random.Generator | None = None) -> dict[str, Home]:
    """Deal each of 24 people a town, a pet and a job.

    Args:
        seed: For the dealing: the same seed makes the same world.

    Returns:
        What belongs to each person, by name.

    Raises:
        TypeError, ValueError: If `seed` is no integer, or negative.

    Examples:
        >>> toy_world(1)["anna"]
        Home(town='oslo', pet='bird', job='pilot')
    """
    random = random_generator(seed)
    return {
        person: Home(pick(TOWNS, random), pick(PETS, random), pick(JOBS, random))
        for person in PEOPLE
    }


def toy_texts(
    world: dict[str, Home], count: int, seed: int | np.random.Generator | None = None
) -> list[str]:
    """Write short texts about a world: who lives where, opposites, plurals, numbers, lists.

    They are plain sentences. No instruction is among them, and no answer to one.

    Args:
        world: See `toy_world`.
        count: How many texts.
        seed: For the choice of people, words and forms.

    Returns:
        The texts. One about a person has three sentences, in any order.

    Raises:
        TypeError, ValueError: If a number is no integer, or too small.

    Examples:
        >>> toy_texts(toy_world(1), 3, seed=4)[1:]
        ['27 is bigger than 20.', '2 is smaller than 27.']
    """
    count, random = checked_size("count", count), random_generator(seed)
    return [_text(world, random) for _ in range(count)]


def _text(world: dict[str, Home], random: np.random.Generator) -> str:
    """Write one text: about a person three sentences, about all else one."""
    kind = pick(KINDS, random)
    if kind != "person":
        return pick(SENTENCES[kind], random).format(**_words(kind, random))
    person = pick(PEOPLE, random)
    facts = {"person": person, **world[person]._asdict()}
    sentences = [pick(SENTENCES[fact], random).format(**facts) for fact in Home._fields]
    return " ".join(sentences[number] for number in random.permutation(len(sentences)))


def _words(kind: str, random: np.random.Generator) -> dict[str, str]:
    """Choose the words for the slots of a sentence that is about no person, by their names."""
    if kind == "opposite":
        one, other = opposite_pair(random)
        return {"one": one, "other": other}
    if kind == "plural":
        noun = pick(tuple(PLURALS), random)
        return {"noun": noun, "nouns": PLURALS[noun]}
    if kind == "number":
        less, more = sorted(number_pair(random))
        return {"less": str(less), "more": str(more)}
    return {
        "person": pick(PEOPLE, random),
        "friend": pick(PEOPLE, random),
        "third": pick(PEOPLE, random),
        "words": " ".join(word_list(random)),
    }


def opposite_pair(random: np.random.Generator) -> tuple[str, str]:
    """Draw a word and its opposite; either may come first."""
    one = pick(tuple(OPPOSITES), random)
    return (one, OPPOSITES[one]) if random.integers(2) else (OPPOSITES[one], one)


def number_pair(random: np.random.Generator) -> tuple[int, int]:
    """Draw two different numbers."""
    one, other = random.choice(LARGEST_NUMBER, 2, replace=False).tolist()
    return one + 1, other + 1


def word_list(random: np.random.Generator) -> list[str]:
    """Draw from two to five different words."""
    return list(
        map(str, random.choice(THINGS, random.integers(2, LONGEST_LIST + 1), replace=False))
    )
