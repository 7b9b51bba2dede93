"""Writing: a model's scores become one token, which joins the text, and again."""

from collections.abc import Collection, Iterator

import numpy as np

from verdict.checks.arrays import Ids, Vectors, id_row
from verdict.checks.model import check_cut, check_temperature
from verdict.checks.numbers import checked_int, checked_size
from verdict.checks.seeds import random_generator
from verdict.model.gpt import GPT
from verdict.model.key_value_cache import Cache
from verdict.model.operations import checked_largest, softmax


def generate(  # noqa: PLR0913 - each is a usual setting, and has its usual value
    model: GPT,
    ids: Ids,
    max_tokens: int,
    *,
    temperature: float = 0.0,
    top_k: int | None = None,
    top_p: float | None = None,
    seed: int | np.random.Generator | None = None,
    stop: Collection[int] = (),
    cache: bool = True,
) -> Iterator[int]:
    """Continue a text, one token at a time.

    The model sees as many of the last tokens as its context holds.

    Args:
        model: Gives the scores.
        ids: The token IDs of the text to continue: one row.
        max_tokens: How many tokens to write at most.
        temperature: See `next_token_shares`. At 0, the most likely token is taken each time.
        top_k: See `next_token_shares`.
        top_p: See `next_token_shares`.
        seed: For the draws. The same seed gives the same text; without one it is new each time.
        stop: Token IDs that end the text. The one that is met does not belong to it.
        cache: Whether to keep keys and values. Without, all is computed again for each token:
            the text is the same.

    Yields:
        The token IDs, as soon as each is known.

    Raises:
        TypeError: If an argument is of another kind.
        IndexError: If a token ID is not in the vocabulary.
        ValueError: If there is no token to begin with, or a number is out of its range.

    Examples:
        >>> from verdict import GPTConfig
        >>> model = GPT(GPTConfig(100, context_length=8, width=12, heads=3, layers=2), seed=1)
        >>> list(generate(model, [5, 3, 8], 4)) == list(generate(model, [5, 3, 8], 4, cache=False))
        True
    """
    text = [int(number) for number in id_row(ids)]
    if not text:
        raise ValueError("ids must have one token at least: the text begins with it")
    check_temperature(temperature)
    check_cut(top_k, top_p)
    max_tokens = checked_size("max_tokens", max_tokens, 0)
    stop = {checked_int("each token of stop", token) for token in stop}
    random, keys_and_values = random_generator(seed), Cache() if cache else None

    def tokens() -> Iterator[int]:
        for _ in range(max_tokens):
            window = np.array(text[-model.config.context_length :])  # (tokens,)
            scores = model.next_token_scores(window, keys_and_values)  # (vocabulary_size,)
            shares = next_token_shares(scores, temperature=temperature, top_k=top_k, top_p=top_p)
            token = draw_token(shares, random)
            if token in stop:
                return
            text.append(token)
            yield token

    return tokens()


def next_token_shares(
    scores: Vectors,
    *,
    temperature: float = 1.0,
    top_k: int | None = None,
    top_p: float | None = None,
) -> Vectors:
    """Turn the scores of the next token into the shares by which it is drawn.

    Args:
        scores: Shape (vocabulary_size,).
        temperature: What the scores are divided by: above 1 makes the shares more equal, below 1
            less. 0 leaves only the largest score; among equals, the first.
        top_k: Leave only so many of the largest scores.
        top_p: Leave only the fewest tokens that have this share together, the likeliest first
            (Holtzman et al., "The Curious Case of Neural Text Degeneration", 2019).

    Returns:
        The shares, in 64 bits: together 1, and 0 for all that is left out. Shape
        (vocabulary_size,).

    Raises:
        TypeError: If an argument is of another kind.
        ValueError: If a number is out of its range, or there is no largest score that is finite.

    Examples:
        >>> next_token_shares(np.array([1.0, 3.0, 2.0]), top_k=2).round(4)
        array([0.    , 0.7311, 0.2689])
    """
    check_temperature(temperature)
    check_cut(top_k, top_p)
    below = scores - checked_largest(scores, -1)  # (vocabulary_size,), none above 0
    if temperature == 0:
        all_to_the_largest: Vectors = np.zeros(len(below))  # (vocabulary_size,)
        all_to_the_largest[below.argmax()] = 1
        return all_to_the_largest
    with np.errstate(over="ignore"):  # far below the largest, at a tiny temperature: a share of 0
        shares = softmax(below.astype(np.float64) / temperature)  # (vocabulary_size,)
    if top_k is None and top_p is None:
        return shares
    likeliest = np.argsort(-below, kind="stable")[:top_k]  # token IDs, the likeliest first
    if top_p is not None and top_p < 1:
        cumulative = shares[likeliest].cumsum()  # (likeliest,): each with all that are likelier
        likeliest = likeliest[: np.searchsorted(cumulative, top_p * cumulative[-1]) + 1]
    cut = np.zeros_like(shares)  # (vocabulary_size,)
    cut[likeliest] = shares[likeliest] / shares[likeliest].sum()
    return cut


def draw_token(shares: Vectors, generator: np.random.Generator) -> int:
    """Draw a token ID: each as often as its share says, and never one whose share is 0.

    Args:
        shares: Shape (vocabulary_size,); together 1.
        generator: What draws.

    Returns:
        The token ID.

    Examples:
        >>> draw_token(np.array([0.0, 1.0, 0.0]), np.random.default_rng(1))
        1
    """
    cumulative = shares.cumsum()  # (vocabulary_size,)
    return int(np.searchsorted(cumulative, generator.random() * cumulative[-1], side="right"))
