"""From instructions to a batch: padding, targets, and which of them count."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from verdict.checks.arrays import Ids, id_row
from verdict.checks.numbers import checked_int, checked_size
from verdict.text.windows import Examples
from verdict.training.loss import IGNORED


def collate(
    examples: Iterable[tuple[Ids, Ids]],
    end: int,
    *,
    answers_only: bool = True,
    longest: int | None = None,
    ignored: int = IGNORED,
) -> Examples:
    """Make a batch of prompts and answers: one row each, all as long as the longest.

    A row is a prompt, its answer, and the end of the text; what is missing is filled with more
    ends. Its targets are the tokens one place on. Two kinds of target do not count: the tokens
    of the prompt, and all behind the first end. The first end counts: it is what teaches a model
    to stop.

    Args:
        examples: For each, the token IDs of the prompt and those of its answer.
        end: The token ID of the end of a text.
        answers_only: Whether the targets inside the prompt are ignored.
        longest: How many tokens a row has at most. More are cut off at its end.
        ignored: The target of a place that does not count, see `cross_entropy`.

    Returns:
        The inputs and their targets, each of shape (examples, tokens).

    Raises:
        TypeError: If a token ID or a number is no integer.
        ValueError: If there is no example, one has no prompt, or after cutting one has no
            target that counts.

    Examples:
        >>> inputs, targets = collate([([1, 2, 3], [4, 5]), ([6, 7], [8])], end=0)
        >>> inputs
        array([[1, 2, 3, 4, 5],
               [6, 7, 8, 0, 0]])
        >>> targets
        array([[-100, -100,    4,    5,    0],
               [-100,    8,    0, -100, -100]])
    """
    end, ignored = checked_int("end", end), checked_int("ignored", ignored)
    rows: list[tuple[Sequence[int], int]] = []  # each with the length of its prompt
    for prompt, answer in examples:
        prompt_ids, answer_ids = id_row(prompt).tolist(), id_row(answer).tolist()
        if not prompt_ids:
            raise ValueError("a prompt needs one token at least: the answer comes after it")
        rows.append(([*prompt_ids, *answer_ids, end], len(prompt_ids)))
    if not rows:
        raise ValueError("a batch needs one example at least")
    # The last token of a row is a target only: a row of n tokens has n - 1 inputs.
    tokens = max(len(row) for row, _ in rows) - 1
    if longest is not None:
        tokens = min(tokens, checked_size("longest", longest))
    inputs = np.full((len(rows), tokens), end)  # (examples, tokens)
    targets = np.full((len(rows), tokens), ignored)  # (examples, tokens)
    for number, (row, prompt_length) in enumerate(rows):
        length = min(len(row) - 1, tokens)
        # The target of the prompt's last token is the first token of the answer.
        first = prompt_length - 1 if answers_only else 0
        if first >= length:
            raise ValueError(
                f"example {number} has no target that counts: its prompt has {prompt_length} "
                f"tokens, and a row at most {tokens}"
            )
        inputs[number, :length] = row[:length]
        targets[number, first:length] = row[first + 1 : length + 1]
    return inputs, targets
