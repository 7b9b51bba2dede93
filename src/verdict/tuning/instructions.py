"""Instructions with their right answers, dealt to two sides, and the form they are asked in."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import NamedTuple

import numpy as np

from verdict.checks.numbers import checked_size
from verdict.checks.seeds import random_generator
from verdict.text.special_tokens import END_OF_TEXT, UNKNOWN
from verdict.text.vocabulary import build_vocabulary
from verdict.text.words import split_words
from verdict.tuning.toy_tasks import COUNTS, SAID, TASKS
from verdict.tuning.toy_words import JOBS, LARGEST, PEOPLE, PETS, SENTENCES, THINGS, TOWNS
from verdict.tuning.toy_world import Home


class Instruction(NamedTuple):
    """An instruction, what it is about, and the right answer.

    Attributes:
        instruction: What to do.
        input: What to do it with; empty, where the instruction says all.
        output: The answer.
        task: Which of the tasks it is.
    """

    instruction: str
    input: str
    output: str
    task: str = ""


def toy_instructions(
    world: dict[str, Home],
    count: int,
    seed: int | np.random.Generator | None = None,
    *,
    held_out: bool = False,
    tasks: Collection[str] = tuple(TASKS),
) -> list[Instruction]:
    """Draw instructions with their answers, of each task in turn.

    Each belongs to one of two sides, by what it is about: lists of words, pairs of numbers,
    people, opposites and plurals of one side are not on the other. So no call without
    `held_out` ever gives an instruction that a call with it gives.

    Args:
        world: Has the answers about people, see `toy_world`.
        count: How many.
        seed: For what they are about.
        held_out: Which side.
        tasks: Which tasks, in turn.

    Returns:
        The instructions.

    Raises:
        TypeError, ValueError: If a number is no integer or too small, or there is no such task.

    Examples:
        >>> for each in toy_instructions(toy_world(1), 2, seed=1, tasks=["reverse", "plural"]):
        ...     print(each.instruction, "|", each.input, "|", each.output)
        reverse the words | lamp boat bread | bread boat lamp
        what is the plural of apple? |  | apples
    """
    count, random = checked_size("count", count), random_generator(seed)
    names = list(tasks)
    if not names or (unknown := set(names) - TASKS.keys()):
        wrong = min(unknown) if names else "nothing"
        raise ValueError(f"{wrong!r} is no task: there are {', '.join(TASKS)}")
    found = []
    for place in range(count):
        task = names[place % len(names)]
        while True:
            *texts, is_held_out = TASKS[task](world, random)
            if is_held_out == held_out:
                break
        instruction, about, output = texts
        found.append(Instruction(instruction, about, output, task))
    return found


def format_instruction(instruction: str, about: str = "") -> str:
    """Put an instruction into the form in which it is asked, up to where the answer begins.

    Without this form, a model cannot know where the instruction ends. It is that of Alpaca
    (Taori et al., "Stanford Alpaca: An Instruction-following LLaMA model", 2023), without its
    opening sentence.

    Args:
        instruction: What to do.
        about: What to do it with. If it is empty, its heading is left out too.

    Returns:
        The prompt. An answer follows, and the end of the text.

    Raises:
        TypeError: If one is not a `str`.
        ValueError: If there is no instruction.

    Examples:
        >>> format_instruction("count the words", "sun moon")
        '### instruction: count the words ### input: sun moon ### response:'
    """
    for text in (instruction, about):
        if not isinstance(text, str):
            raise TypeError(f"an instruction must be a str, not {type(text).__name__}")
    if not instruction.strip():
        raise ValueError("the instruction is empty: say what to do")
    middle = f" ### input: {about}" if about.strip() else ""
    return f"### instruction: {instruction}{middle} ### response:"


def toy_vocabulary() -> dict[str, int]:
    """Number all words of the toy world and of its instructions, the same in every world.

    Returns:
        Each word with its token ID, special tokens last.

    Examples:
        >>> len(toy_vocabulary())
        210
    """
    forms = [re.sub(r"\{\w+\}", "", form) for each in SENTENCES.values() for form in each]
    random, nobody = np.random.default_rng(0), dict.fromkeys(PEOPLE, Home("", "", ""))
    asked = [format_instruction(*draw(nobody, random)[:2]) for draw in TASKS.values()]
    words = [*PEOPLE, *TOWNS, *PETS, *JOBS, *SAID, *THINGS, *COUNTS, "have", "or"]
    numbers = map(str, range(1, LARGEST + 1))
    text = " ".join([*forms, *asked, *words, *numbers])
    return build_vocabulary(split_words(text), [END_OF_TEXT, UNKNOWN])
