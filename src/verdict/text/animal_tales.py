"""A text of any length, made by a small grammar: tales of animals, for a small model to learn."""

from collections.abc import Iterable
from typing import TypeVar

import numpy as np

from verdict.checks.numbers import checked_size
from verdict.checks.seeds import random_generator

Thing = TypeVar("Thing")

ANIMALS = {  # its home, its food
    "owl": ("barn", "mice"),
    "fox": ("den", "plums"),
    "bear": ("cave", "honey"),
    "duck": ("pond", "snails"),
    "hare": ("field", "clover"),
    "goat": ("stable", "thistles"),
    "otter": ("river", "fish"),
    "hedgehog": ("hedge", "beetles"),
}
NAMES = {"Ada": "she", "Eva": "she", "Ida": "she", "Mia": "she"}
NAMES |= {"Ben": "he", "Max": "he", "Sam": "he", "Tom": "he"}
TIMES = ("morning", "noon", "evening", "night")
"""Each is followed by the next, and the last by the first."""

PLACES = ("mill", "bridge", "hill", "wall", "garden", "old tree")
SIDES = ("near", "behind", "beside")
MOODS = ("hungry", "tired", "lonely")


def animal_tales(count: int, seed: int | np.random.Generator | None = None) -> str:
    """Tell tales of animals, all made by one small grammar.

    Each has one animal or two, with a name, a home and a food that go with it. Much in a tale
    depends on what was said before: the form of a verb, he, she or they, the food and the home,
    what somebody does who is tired. So it shows what a model has learned. Whatever is left to
    chance, no model can know.

    Args:
        count: How many tales.
        seed: For chance.

    Returns:
        The tales, a line each.

    Raises:
        TypeError: If `count` is no integer.
        ValueError: If it is below 1.

    Examples:
        >>> animal_tales(1, seed=1).split(". ")[:3]
        ['Sam is a duck', 'He lives in the pond', 'One morning he is hungry']
    """
    random = random_generator(seed)
    return "\n".join(_tale(random) for _ in range(checked_size("count", count)))


def _tale(random: np.random.Generator) -> str:
    """Tell one tale, of five sentences."""
    animal, names = _one(random, ANIMALS), list(NAMES)
    home, food = ANIMALS[animal]
    heroes = [names.pop(int(random.integers(len(names)))) for _ in range(_one(random, (1, 1, 2)))]
    friend = _one(random, names)  # another one than they
    if len(heroes) == 1:
        they, are, s = NAMES[heroes[0]], "is", "s"
        kind = f"an {animal}" if animal[0] in "aeiou" else f"a {animal}"
    else:
        they, are, s = "they", "are", ""
        kind = f"{animal}es" if animal[-1] == "x" else f"{animal}s"
    time, mood = int(random.integers(len(TIMES))), _one(random, MOODS)
    where = f"{_one(random, SIDES)} the {_one(random, PLACES)}"
    if mood == "hungry":
        does, then = f"look{s} for {food} {where}", f"{they} eat{s} and {are} happy"
    elif mood == "tired":
        does, then = f"lie{s} down {where}", f"{they} sleep{s} until {TIMES[(time + 1) % 4]}"
    else:
        does, then = f"call{s} for {friend} {where}", f"{friend} comes and they play"
    return (
        f"{' and '.join(heroes)} {are} {kind}. {they.title()} live{s} in the {home}. "
        f"One {TIMES[time]} {they} {are} {mood}. {they.title()} {does}. Then {then}."
    )


def _one(random: np.random.Generator, things: Iterable[Thing]) -> Thing:
    """Choose one of several."""
    listed = list(things)
    return listed[int(random.integers(len(listed)))]
