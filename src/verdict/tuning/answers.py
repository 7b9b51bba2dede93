"""Answers of a tuned model, and how many of them are right to the letter."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from verdict.checks.arrays import Ids, id_row
from verdict.checks.numbers import checked_int, checked_size
from verdict.model.gpt import GPT


def greedy_answers(
    model: GPT, prompts: Iterable[Ids], end: int, max_tokens: int = 8
) -> list[list[int]]:
    """Answer many prompts at once, with the likeliest token each time.

    All prompts stand in the rows of one array. Behind a shorter one there is padding, which no
    token before it sees.

    Args:
        model: The model.
        prompts: The token IDs of each prompt.
        end: The token ID of the end of a text. It does not belong to an answer.
        max_tokens: How many tokens an answer has at most.

    Returns:
        The token IDs of each answer.

    Raises:
        TypeError: If an ID or a number is no integer.
        IndexError: If the model does not know a token.
        ValueError: If a prompt is empty, or leaves no place for an answer in the context.

    Examples:
        >>> from verdict import GPTConfig
        >>> model = GPT(GPTConfig(10, context_length=8, width=8, heads=2, layers=1), seed=1)
        >>> [len(each) <= 3 for each in greedy_answers(model, [[1, 2], [3]], 0, 3)]
        [True, True]
    """
    prompt_rows = [id_row(prompt) for prompt in prompts]
    end, max_tokens = checked_int("end", end), checked_size("max_tokens", max_tokens)
    if not prompt_rows:
        return []
    lengths = np.array([len(prompt) for prompt in prompt_rows])  # (prompts,)
    context = model.config.context_length
    if not lengths.min():
        raise ValueError("a prompt needs one token at least")
    if lengths.max() >= context:
        raise ValueError(
            f"a prompt of {lengths.max()} tokens leaves no place for an answer: the context has "
            f"{context}"
        )
    # Each row has room for its prompt and the longest answer.
    rows = np.full((len(prompt_rows), int(lengths.max()) + max_tokens), end)
    for row, prompt in zip(rows, prompt_rows, strict=True):
        row[: len(prompt)] = prompt
    answers: list[list[int]] = [[] for _ in prompt_rows]
    unfinished = np.arange(len(prompt_rows))  # the numbers of the rows that get one more token
    for _ in range(max_tokens):
        unfinished = unfinished[lengths[unfinished] < context]
        if not len(unfinished):
            break
        longest = int(lengths[unfinished].max())
        scores = model(rows[unfinished, :longest])  # (unfinished, longest, vocabulary_size)
        # Only the scores after the last token of each row are of use.
        last_scores = scores[np.arange(len(unfinished)), lengths[unfinished] - 1]
        tokens = last_scores.argmax(axis=-1)  # (unfinished,)
        goes_on = tokens != end
        unfinished, tokens = unfinished[goes_on], tokens[goes_on]
        rows[unfinished, lengths[unfinished]] = tokens
        lengths[unfinished] += 1
        for row_number, token in zip(unfinished, tokens.tolist(), strict=True):
            answers[row_number].append(token)
    return answers


def exact_match(answers: Sequence[object], right: Sequence[object]) -> float:
    """Compute the share of the answers that equal the right ones, to the last token or letter.

    Args:
        answers: What was answered: texts, or lists of token IDs.
        right: What should have been, in the same order.

    Returns:
        The share, from 0 to 1.

    Raises:
        ValueError: If there are none, or not as many as right ones.

    Examples:
        >>> exact_match(["cold", "mouses"], ["cold", "mice"])
        0.5
    """
    if len(answers) != len(right):
        raise ValueError(f"each answer needs a right one: got {len(answers)} and {len(right)}")
    if not answers:
        raise ValueError("there is no answer to measure")
    return sum(a == b for a, b in zip(answers, right, strict=True)) / len(answers)
