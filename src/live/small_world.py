"""A text of our own to train on: short sentences about six animals, their food and their homes.

Whoever reads it can learn two things. A verb agrees with the first animal of its sentence, even
if another stands between. And each animal has a food and a home.
"""

import numpy as np

SINGULAR = ("fox", "hen", "goat", "mole", "duck", "crow")
PLURAL = ("foxes", "hens", "goats", "moles", "ducks", "crows")
FOODS = ("berries", "seeds", "leaves", "worms", "reeds", "nuts")
HOMES = ("wood", "barn", "meadow", "ground", "pond", "tower")
DOINGS = (("waits", "wait"), ("dreams", "dream"), ("hides", "hide"), ("calls", "call"))
KINDS = ("old", "young", "quiet", "clever")
PLACES = ("beside", "behind")

SENTENCES = 1500


def small_world(sentences: int = SENTENCES, seed: int = 1) -> str:
    """Write sentences by chance, as the words and rules above allow.

    Args:
        sentences: How many.
        seed: The same one gives the same text.
    """
    random = np.random.default_rng(seed)
    return " ".join(_sentence(random) for _ in range(sentences))


def _sentence(random: np.random.Generator) -> str:
    animal, is_many, what = (int(random.integers(most)) for most in (6, 2, 3))
    words = ["the", (SINGULAR, PLURAL)[is_many][animal]]
    if random.random() < 0.4:
        words.insert(1, KINDS[random.integers(len(KINDS))])
    if random.random() < 0.3:
        other = (SINGULAR, PLURAL)[random.integers(2)][random.integers(6)]
        words += [PLACES[random.integers(len(PLACES))], "the", other]
    if what == 0:
        words += [DOINGS[random.integers(len(DOINGS))][is_many]]
    elif what == 1:
        words += [("eats", "eat")[is_many], FOODS[animal]]
    else:
        words += [("lives", "live")[is_many], "in", "the", HOMES[animal]]
    return " ".join(words) + "."
