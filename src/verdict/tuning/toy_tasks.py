"""Thirteen small tasks: for each, a function that draws an instruction with its answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple, TypeAlias

import numpy as np

from verdict.tuning.toy_words import OPPOSITES, PEOPLE, PETS, PLURALS, THINGS
from verdict.tuning.toy_world import Home, number_pair, opposite_pair, word_list

COUNT_WORDS = ("two", "three", "four", "five")
"""How long a list is, in words: a list has from two words to five."""

SAY_WORDS = tuple(dict.fromkeys([*OPPOSITES, *OPPOSITES.values(), *PLURALS, *PLURALS.values()]))
"""The words of the task "say": the answers of other tasks, so that a model has written them."""

HELD_OUT_PEOPLE = PEOPLE[::3]
HELD_OUT_OPPOSITES = tuple(OPPOSITES)[::3]
HELD_OUT_PLURALS = tuple(PLURALS)[::3]
"""What the instructions that are held out for tests are about: every third of each."""


class Drawn(NamedTuple):
    """An instruction that a task has drawn.

    Attributes:
        instruction: What to do.
        about: What to do it with; empty, where the instruction says all.
        output: The right answer.
        held_out: Whether it is held out for tests. This depends on what it is about alone, so
            the same words are always on the same side.
    """

    instruction: str
    about: str
    output: str
    held_out: bool


World: TypeAlias = dict[str, Home]


# What is held out is one of five lists and pairs, by the sum of what its words or numbers count:
# so their order does not matter, and all lengths are on both sides.


def _say(world: World, random: np.random.Generator) -> Drawn:
    one, other = random.choice(len(SAY_WORDS), 2, replace=False).tolist()
    words = f"{SAY_WORDS[one]} {SAY_WORDS[other]}"
    return Drawn("say", words, words, (one + other) % 5 == 0)


def _word_list(random: np.random.Generator) -> tuple[list[str], bool]:
    """Draw a list of words, and tell whether it is held out."""
    words = word_list(random)
    return words, sum(map(THINGS.index, words)) % 5 == 0


def _repeat(world: World, random: np.random.Generator) -> Drawn:
    words, held_out = _word_list(random)
    return Drawn("repeat the words", " ".join(words), " ".join(words), held_out)


def _reverse(world: World, random: np.random.Generator) -> Drawn:
    words, held_out = _word_list(random)
    return Drawn("reverse the words", " ".join(words), " ".join(words[::-1]), held_out)


def _first(world: World, random: np.random.Generator) -> Drawn:
    words, held_out = _word_list(random)
    return Drawn("what is the first word?", " ".join(words), words[0], held_out)


def _last(world: World, random: np.random.Generator) -> Drawn:
    words, held_out = _word_list(random)
    return Drawn("what is the last word?", " ".join(words), words[-1], held_out)


def _count(world: World, random: np.random.Generator) -> Drawn:
    words, held_out = _word_list(random)
    return Drawn("count the words", " ".join(words), COUNT_WORDS[len(words) - 2], held_out)


def _opposite(world: World, random: np.random.Generator) -> Drawn:
    one, other = opposite_pair(random)
    held_out = one in HELD_OUT_OPPOSITES or other in HELD_OUT_OPPOSITES
    return Drawn(f"what is the opposite of {one}?", "", other, held_out)


def _plural(world: World, random: np.random.Generator) -> Drawn:
    noun = tuple(PLURALS)[random.integers(len(PLURALS))]
    return Drawn(f"what is the plural of {noun}?", "", PLURALS[noun], noun in HELD_OUT_PLURALS)


def _bigger(world: World, random: np.random.Generator) -> Drawn:
    one, other = number_pair(random)
    bigger, held_out = str(max(one, other)), (one + other) % 5 == 0
    return Drawn("which is bigger?", f"{one} or {other}", bigger, held_out)


def _question(world: World, random: np.random.Generator) -> Drawn:
    person, pet = random.integers(len(PEOPLE)), random.integers(len(PETS))
    about = f"{PEOPLE[person]} has a {PETS[pet]}"
    asked = f"does {PEOPLE[person]} have a {PETS[pet]}?"
    return Drawn("make it a question", about, asked, (person + pet) % 3 == 0)


def _town(world: World, random: np.random.Generator) -> Drawn:
    person = PEOPLE[random.integers(len(PEOPLE))]
    return Drawn(f"where does {person} live?", "", world[person].town, person in HELD_OUT_PEOPLE)


def _pet(world: World, random: np.random.Generator) -> Drawn:
    person = PEOPLE[random.integers(len(PEOPLE))]
    return Drawn(f"which pet does {person} have?", "", world[person].pet, person in HELD_OUT_PEOPLE)


def _job(world: World, random: np.random.Generator) -> Drawn:
    person = PEOPLE[random.integers(len(PEOPLE))]
    return Drawn(f"what is the job of {person}?", "", world[person].job, person in HELD_OUT_PEOPLE)


TASKS: dict[str, Callable[[World, np.random.Generator], Drawn]] = {
    "say": _say,
    "repeat": _repeat,
    "reverse": _reverse,
    "first": _first,
    "last": _last,
    "count": _count,
    "opposite": _opposite,
    "plural": _plural,
    "bigger": _bigger,
    "question": _question,
    "town": _town,
    "pet": _pet,
    "job": _job,
}
"""By the name of each task, the function that draws an instruction of it."""
