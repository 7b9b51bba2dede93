"""Who does what: sentences of the same words, in which only the order tells spam from the rest."""

import numpy as np

from verdict.checks.numbers import checked_size
from verdict.tuning.halves import Half, Message, half_generator, half_of
from verdict.tuning.slots import fill, pick

COSTLY = (
    *("send {whom} the code", "pay {whom} the fee", "wire {whom} the money"),
    *("buy {whom} the cards", "give {whom} the password", "show {whom} the passport"),
    *("lend {whom} the savings", "hand {whom} the keys", "transfer {whom} the rest"),
    "offer {whom} the deposit",
)
"""What costs the one who does it something."""

FREE = (
    *("wait for {whom}", "call {whom} back", "explain it to {whom}", "write to {whom}"),
    *("think of {whom}", "meet {whom} later", "remember {whom}", "visit {whom} soon"),
    *("smile at {whom}", "talk with {whom}"),
)
"""What costs nothing."""

GREETINGS = ("hello {name},", "good morning,", "dear {name},", "hi,", "")
CLOSINGS = ("thanks.", "see you.", "best wishes, {name}.", "")


def order_clauses(half: Half = "all", seed: int = 0) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """List the clauses of what costs something, and of what costs nothing: all, or one half.

    Args:
        half: See `message_phrases`.
        seed: Decides which clauses are in which half.

    Returns:
        The costly clauses and the free ones.

    Raises:
        TypeError, ValueError: If there is no such half, or `seed` is no integer, or negative.

    Examples:
        >>> len(order_clauses("tested", seed=1)[0])
        5
    """
    generator = np.random.default_rng(checked_size("seed", seed, 0))
    return half_of(COSTLY, half, generator), half_of(FREE, half, generator)


def all_phrases() -> list[str]:
    """List all that a sentence can be made of: clauses with each pronoun, and what joins them."""
    clauses = [clause.format(whom="me you i") for clause in COSTLY + FREE]
    return [*clauses, *GREETINGS, *CLOSINGS, "and ."]


def make_orders(count: int, half: Half = "all", *, seed: int = 0) -> list[Message]:
    """Make sentences that say who does what: in spam, you do what costs something.

    "You send me the code and i wait for you" is spam. "I send you the code and you wait for me"
    has the same words, and is not. So counting words cannot tell them apart.

    Args:
        count: How many sentences. Every other one is spam; the rest is not.
        half: Which clauses they may use. A "labelled" sentence and a "tested" one of the same
            seed have no clause in common.
        seed: Decides the halves, and draws the sentences.

    Returns:
        The sentences with their labels. One may come twice: there are not so many.

    Raises:
        TypeError: If a number is of another type.
        ValueError: If one is out of range, or there is no such half.

    Examples:
        >>> for text, label, _ in make_orders(2, "labelled", seed=1):
        ...     print(label, text)
        1 hi, i call you back and you give me the password. best wishes, frank.
        0 you wait for me and i transfer you the rest.
    """
    count = checked_size("count", count)
    costly, free = order_clauses(half, seed)
    random = half_generator(seed, half)
    made = []
    for number in range(count):
        label = 1 - number % 2
        what_you_do, what_i_do = (costly, free) if label else (free, costly)
        clauses = [
            f"you {pick(what_you_do, random).format(whom='me')}",
            f"i {pick(what_i_do, random).format(whom='you')}",
        ]
        # Either clause may come first, so the place of the costly one tells nothing.
        first, second = clauses if random.random() < 0.5 else clauses[::-1]
        greeting = pick(GREETINGS, random)
        closing = pick(CLOSINGS, random)
        text = " ".join(filter(None, (greeting, f"{first} and {second}.", closing)))
        made.append(Message(fill(text, random), label, "order"))
    return made
