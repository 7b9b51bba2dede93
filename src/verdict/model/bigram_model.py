"""The smallest language model there is: it counts which token follows which."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from itertools import pairwise
from random import Random
from types import MappingProxyType

from verdict.checks.numbers import checked_int, checked_size
from verdict.checks.texts import checked_tokens


class BigramModel:
    """Guesses the next token from the token before it, by counts.

    A bigram is a pair of neighbours. The model needs no labels: in every pair the first
    token is the question and the second one the answer (Shannon, "A Mathematical Theory of
    Communication", 1948, section 3, draws text in this way).

    Args:
        tokens: The tokens of the training text, in order.

    Raises:
        TypeError: If `tokens` is one text instead of its tokens, or a token is not a `str`.

    Examples:
        >>> model = BigramModel(["a", "rose", "is", "a", "rose", "is", "a", "plant"])
        >>> model.next_tokens("a")
        Counter({'rose': 2, 'plant': 1})
        >>> model.generate("rose", 3)
        ['rose', 'is', 'a', 'rose']
    """

    def __init__(self, tokens: Iterable[str]) -> None:
        counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for token, following in pairwise(checked_tokens(tokens)):
            counts[token][following] += 1
        self._counts = dict(counts)

    @property
    def counts(self) -> Mapping[str, Counter[str]]:
        """For each token, how often each other one came right after it."""
        return MappingProxyType(self._counts)

    def next_tokens(self, token: str) -> Counter[str]:
        """Count what followed a token in the training text.

        Returns:
            Each token that followed and how often, empty if nothing ever did.
        """
        return Counter(self._counts.get(token, ()))

    def generate(self, start: str, length: int, seed: int | None = None) -> list[str]:
        """Continue a token: guess the next, then the one after that guess, and so on.

        Args:
            start: The first token.
            length: How many tokens to add; fewer come out where nothing ever followed.
            seed: For the random choice among the tokens that followed, each as likely as it
                was frequent. The same seed gives the same text. Without one, the most
                frequent is taken each time; among equals, the one that came first.

        Returns:
            The start and what was added.

        Raises:
            TypeError: If `length` or `seed` is no integer.
            ValueError: If `length` is negative.
        """
        length = checked_size("length", length, 0)
        seed = None if seed is None else checked_int("seed", seed)
        choose, tokens = Random(seed), [start]
        # Each new token is chosen among those that followed the last one.
        for _ in range(length):
            following = self._counts.get(tokens[-1])
            if not following:
                break
            if seed is None:
                tokens.append(following.most_common(1)[0][0])
            else:
                tokens += choose.choices(list(following), list(following.values()))
        return tokens
