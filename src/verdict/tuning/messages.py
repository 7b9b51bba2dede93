"""Short messages, spam and not, made by a grammar: no data of other people's are needed."""

import numpy as np

from verdict.checks.numbers import checked_size
from verdict.checks.training import check_positive
from verdict.tuning.halves import Half, Message, half_generator, half_of
from verdict.tuning.message_kinds import KINDS, Parts
from verdict.tuning.slots import fill, pick

GREETINGS = ("", "", "hello {name},", "hi,", "dear {name},", "good morning,")
CLOSINGS = ("", "", "thanks.", "best wishes, {name}.", "kind regards.", "have a nice {day}.")
SHOUTS = (
    *("WOW", "FREE for all", "you WIN", "what a PRIZE"),
    *("GREAT news", "do not miss it", "HURRY", "YES"),
)
"""What loud messages add, whether they are spam or not."""

SHARE_OF_LOUD = {1: 0.5, 0: 0.4}
"""Which share of the messages shouts, by label: of spam, and of the rest."""

MOST_MESSAGES = 10_000
"""How many messages can be asked for at once."""


def message_phrases(half: Half = "all", seed: int = 0) -> dict[str, Parts]:
    """List the phrases of each kind of message, or those of one half of the grammar.

    Args:
        half: "all" of them; or of each part only the three that "labelled" messages use, or the
            three that "tested" ones do.
        seed: Decides which phrases are in which half.

    Returns:
        By the name of the kind: the phrases of its opening, of its middle, and of its request.

    Raises:
        TypeError, ValueError: If there is no such half, or `seed` is no integer, or negative.

    Examples:
        >>> message_phrases("labelled", seed=1)["prize"][1][1:]
        ('your free holiday is ready', 'only three winners are left')
    """
    generator = np.random.default_rng(checked_size("seed", seed, 0))
    return {
        kind: tuple(half_of(part, half, generator) for part in parts)
        for kinds in KINDS.values()
        for kind, parts in kinds.items()
    }


def all_phrases() -> list[str]:
    """List all that a message can be made of, the marks at the end of sentences too."""
    phrases = [phrase for parts in message_phrases().values() for part in parts for phrase in part]
    return [*phrases, *GREETINGS, *CLOSINGS, *SHOUTS, ". ! "]


def make_messages(
    count: int,
    half: Half = "all",
    *,
    seed: int = 0,
    spam: float = 0.5,
) -> list[Message]:
    """Make short messages by a grammar, some of them spam, no two alike.

    A message has an opening, a middle and a request, each a phrase of its kind. There are seven
    kinds of spam, and for each of them a harmless one about the same things. Half of the spam
    shouts, with capitals and exclamation marks, and two fifths of the harmless messages do too.

    Args:
        count: How many messages.
        half: Which phrases they may use, see `message_phrases`. A "labelled" message and a
            "tested" one of the same seed have no phrase in common.
        seed: Decides the halves, and draws the messages.
        spam: How large a share of them is spam.

    Returns:
        The messages in random order, each with its label and its kind.

    Raises:
        TypeError: If a number is of another type.
        ValueError: If one is out of range, or there is no such half.

    Examples:
        >>> for text, label, kind in make_messages(3, seed=4):
        ...     print(label, kind, text[:49])
        0 neighbour hello ella, ben has your order at the shop. it is
        1 prize good morning, our computer has chosen you today.
        1 account your card will be blocked on tuesday. someone tri
    """
    if (count := checked_size("count", count)) > MOST_MESSAGES:
        raise ValueError(
            f"count must be {MOST_MESSAGES:,} or less, so that all can differ, not {count:,}"
        )
    check_positive("spam", spam, zero=True, most=1)
    phrases = message_phrases(half, seed)
    random = half_generator(seed, half)
    # First all spam, then the rest, each kind in turn. A text that is there already is not added.
    made: dict[str, Message] = {}
    while len(made) < count:
        label = int(len(made) < round(count * spam))
        kind = list(KINDS[label])[len(made) % len(KINDS[label])]
        text = _write(phrases[kind], random, loud=random.random() < SHARE_OF_LOUD[label])
        made.setdefault(text, Message(text, label, kind))
    messages = list(made.values())
    return [messages[number] for number in random.permutation(count)]


def _write(parts: Parts, random: np.random.Generator, *, loud: bool) -> str:
    """Write one message: a phrase of each part, between a greeting and a closing."""
    sentences = [pick(GREETINGS, random)]
    for part in parts:
        sentence = pick(part, random)
        shouts = loud and random.random() < 0.6
        sentences.append(_shouted(sentence, random) if shouts else f"{sentence}.")
        if loud and random.random() < 0.4:
            sentences.append(pick(SHOUTS, random) + _exclamation_marks(random))
    sentences.append(pick(CLOSINGS, random))
    return fill(" ".join(filter(None, sentences)), random)


def _shouted(sentence: str, random: np.random.Generator) -> str:
    """End a sentence with exclamation marks, and maybe put one of its words into capitals."""
    marks = _exclamation_marks(random)
    words = sentence.split(" ")
    place = random.integers(len(words))
    if random.random() < 0.5 and "{" not in words[place]:  # a slot is filled later, by its name
        words[place] = words[place].upper()
    return " ".join(words) + marks


def _exclamation_marks(random: np.random.Generator) -> str:
    """Draw one to three exclamation marks."""
    return "!" * int(random.integers(1, 4))
