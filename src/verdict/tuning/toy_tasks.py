"""Thirteen small tasks: for each, what draws an instruction, its answer, and its side."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import numpy as np

from verdict.tuning.toy_words import OPPOSITES, PEOPLE, PETS, PLURALS, THINGS
from verdict.tuning.toy_world import Home, number_pair, opposite_pair, word_list

COUNTS = ("two", "three", "four", "five")
SAID = tuple(dict.fromkeys([*OPPOSITES, *OPPOSITES.values(), *PLURALS, *PLURALS.values()]))
"""The words of the task "say": all that are an answer of another task, and no list's word."""

HELD_OUT_PEOPLE = PEOPLE[::3]
HELD_OUT_OPPOSITES = tuple(OPPOSITES)[::3]
HELD_OUT_PLURALS = tuple(PLURALS)[::3]

Drawn: TypeAlias = tuple[str, str, str, bool]
"""Instruction, input, output, and whether it is held out."""


def _say(world: dict[str, Home], random: np.random.Generator) -> Drawn:
    one, other = random.choice(len(SAID), 2, replace=False).tolist()
    words = f"{SAID[one]} {SAID[other]}"
    return "say", words, words, (one + other) % 5 == 0


def _list(random: np.random.Generator) -> tuple[list[str], bool]:
    words = word_list(random)
    return words, sum(map(THINGS.index, words)) % 5 == 0


def _repeat(world: dict[str, Home], random: np.random.Generator) -> Drawn:
    words, held_out = _list(random)
    return "repeat the words", " ".join(words), " ".join(words), held_out


def _reverse(world: dict[str, Home], random: np.random.Generator) -> Drawn:
    words, held_out = _list(random)
    return "reverse the words", " ".join(words), " ".join(words[::-1]), held_out


def _first(world: dict[str, Home], random: np.random.Generator) -> Drawn:
    words, held_out = _list(random)
    return "what is the first word?", " ".join(words), words[0], held_out


def _last(world: dict[str, Home], random: np.random.Generator) -> Drawn:
    words, held_out = _list(random)
    return "what is the last word?", " ".join(words), words[-1], held_out


def _count(world: dict[str, Home], random: np.random.Generator) -> Drawn:
    words, held_out = _list(random)
    return "count the words", " ".join(words), COUNTS[len(words) - 2], held_out


def _opposite(world: dict[str, Home], random: np.random.Generator) -> Drawn:
    one, other = opposite_pair(random)
    held_out = one in HELD_OUT_OPPOSITES or other in HELD_OUT_OPPOSITES
    return f"what is the opposite of {one}?", "", other, held_out


def _plural(world: dict[str, Home], random: np.random.Generator) -> Drawn:
    noun = tuple(PLURALS)[random.integers(len(PLURALS))]
    return f"what is the plural of {noun}?", "", PLURALS[noun], noun in HELD_OUT_PLURALS


def _bigger(world: dict[str, Home], random: np.random.Generator) -> Drawn:
    one, other = number_pair(random)
    return "which is bigger?", f"{one} or {other}", str(max(one, other)), (one + other) % 5 == 0


def _question(world: dict[str, Home], random: np.random.Generator) -> Drawn:
    person, pet = random.integers(len(PEOPLE)), random.integers(len(PETS))
    about = f"{PEOPLE[person]} has a {PETS[pet]}"
    asked = f"does {PEOPLE[person]} have a {PETS[pet]}?"
    return "make it a question", about, asked, (person + pet) % 3 == 0


def _town(world: dict[str, Home], random: np.random.Generator) -> Drawn:
    person = PEOPLE[random.integers(len(PEOPLE))]
    return f"where does {person} live?", "", world[person].town, person in HELD_OUT_PEOPLE


def _pet(world: dict[str, Home], random: np.random.Generator) -> Drawn:
    person = PEOPLE[random.integers(len(PEOPLE))]
    return f"which pet does {person} have?", "", world[person].pet, person in HELD_OUT_PEOPLE


def _job(world: dict[str, Home], random: np.random.Generator) -> Drawn:
    person = PEOPLE[random.integers(len(PEOPLE))]
    return f"what is the job of {person}?", "", world[person].job, person in HELD_OUT_PEOPLE


TASKS: dict[str, Callable[[dict[str, Home], np.random.Generator], Drawn]] = {
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
"""What draws an instruction of each task."""
