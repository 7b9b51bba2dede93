"""Classifiers without a network: what a tuned model is compared with."""

from collections.abc import Callable, Sequence
from functools import cache

import numpy as np

from verdict import SimpleTokenizerV1, load_pretrained, make_messages
from verdict.checks.arrays import IdArray, Vectors
from verdict.tuning.halves import Message

UNLABELLED, DIRECTIONS = 3_000, 8
"""How many messages without labels there are, and how many numbers describe each."""


def logistic_regression(
    counts: Vectors, labels: IdArray, steps: int = 300
) -> Callable[[Vectors], IdArray]:
    """Learn a weight for each count, with a small penalty for large ones.

    Args:
        counts: Shape (texts, counts).
        labels: The class of each text, 0 or 1.
        steps: How many steps of gradient descent.

    Returns:
        A function that guesses the class of each of new rows.
    """
    mean, deviation = counts.mean(axis=0), counts.std(axis=0) + 1e-6  # (counts,)
    counts = (counts - mean) / deviation  # (texts, counts)
    weights, bias = np.zeros(counts.shape[1]), 0.0
    for _ in range(steps):
        error = 1 / (1 + np.exp(-counts @ weights - bias)) - labels  # (texts,)
        weights -= 0.5 * (counts.T @ error / len(labels) + 0.01 * weights)
        bias -= 0.5 * error.mean()
    return lambda new: ((new - mean) / deviation @ weights + bias > 0).astype(int)


def bag_of_words(messages: Sequence[Message], tokenizer: SimpleTokenizerV1) -> Vectors:
    """Say of each word whether it is in a message: shape (messages, words)."""
    rows = np.zeros((len(messages), len(tokenizer.str_to_int)))
    for row, message in zip(rows, messages, strict=True):
        row[tokenizer.encode(message.text.lower())] = 1
    return rows


@cache
def word_directions() -> Vectors:
    """Find the few directions in which messages differ most, by a singular value decomposition.

    Returns:
        Shape (words, directions): a bag of words times this describes a message.
    """
    _, tokenizer = load_pretrained("messages")
    bags = bag_of_words(make_messages(UNLABELLED, seed=0), tokenizer)  # (messages, words)
    # A word that is in few messages says more of them than one that is in most.
    frequency = bags.mean(axis=0)  # (words,)
    rarity = np.log(1 / np.maximum(frequency, 1e-4)) * (frequency > 0)
    weighted = bags * rarity
    _, _, directions = np.linalg.svd(weighted - weighted.mean(axis=0), full_matrices=False)
    table: Vectors = rarity[:, None] * directions[:DIRECTIONS].T
    return table


def naive_bayes(rows: IdArray, labels: IdArray, tests: IdArray, words: int) -> IdArray:
    """Guess the class of each test by how often its words stood in either class.

    A text is spam if its words speak for it more than those of the learned texts do on average.

    Args:
        rows: The token IDs of the texts to learn from, of shape (texts, tokens).
        labels: Their classes, 0 or 1.
        tests: The token IDs of the texts to guess, of shape (tests, tokens).
        words: How many tokens the vocabulary has.

    Returns:
        A class for each test.
    """

    def counts(texts: IdArray) -> IdArray:
        return np.array([np.bincount(row, minlength=words) for row in texts])

    # How often each word stands in the texts of a class, and once more: no count is 0.
    of_class = [counts(rows[labels == label]).sum(axis=0) + 1 for label in (0, 1)]
    for_spam = np.log(of_class[1] / of_class[0])  # (words,)
    found: IdArray = (counts(tests) @ for_spam > counts(rows).mean(axis=0) @ for_spam).astype(int)
    return found
