"""Instructions with their right answers, some held out for tests, and the form of a prompt."""

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
from verdict.tuning.toy_tasks import COUNT_WORDS, SAY_WORDS, TASKS
from verdict.tuning.toy_words import JOBS, LARGEST_NUMBER, PEOPLE, PETS, SENTENCES, THINGS, TOWNS
from verdict.tuning.toy_world import Home


class Instruction(NamedTuple):
    """An instruction, what it is about, and the right answer.

    Attributes:
        instruction: What to do.
        input: What to do it with; empty, where the instruction says all.
        output: The answer.
        task: The name of its task, such as "reverse".

    Examples:
        >>> Instruction("what is the plural of apple?", "", "apples").output
        'apples'
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

    Whether an instruction is held out, for tests, follows from what it is about: a list of
    words, a pair of numbers, a person, an opposite or a plural. So no call without `held_out`
    ever gives an instruction that a call with it gives.

    Args:
        world: Has the answers about people, see `toy_world`.
        count: How many.
        seed: For what they are about.
        held_out: Whether to draw those that are held out, or the others.
        tasks: The names of the tasks, which take turns.

    Returns:
        The instructions.

    Raises:
        TypeError, ValueError: If a number is no integer or too small, no task is named, or there
            is none of a name.

    Examples:
        >>> for each in toy_instructions(toy_world(1), 2, seed=1, tasks=["reverse", "plural"]):
        ...     print(each.instruction, "|", each.input, "|", each.output)
        reverse the words | lamp boat bread | bread boat lamp
        what is the plural of apple? |  | apples
    """
    count, random = checked_size("count", count), random_generator(seed)
    names = list(tasks)
    if not names:
        raise ValueError(f"tasks must name one at least: there are {', '.join(TASKS)}")
    if unknown := set(names) - TASKS.keys():
        raise ValueError(f"{min(unknown)!r} is no task: there are {', '.join(TASKS)}")
    instructions = []
    for number in range(count):
        task = names[number % len(names)]
        while True:  # until one is drawn that is held out, or is not, as was asked for
            drawn = TASKS[task](world, random)
            if drawn.held_out == held_out:
                break
        instructions.append(Instruction(drawn.instruction, drawn.about, drawn.output, task))
    return instructions


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
    # The words of all sentences, without the slots that other words are put into.
    sentences = [re.sub(r"\{\w+\}", "", form) for forms in SENTENCES.values() for form in forms]
    # The words of all instructions: one of each task, whatever world it is drawn in.
    random, empty_world = np.random.default_rng(0), dict.fromkeys(PEOPLE, Home("", "", ""))
    drawn = [draw(empty_world, random) for draw in TASKS.values()]
    prompts = [format_instruction(each.instruction, each.about) for each in drawn]
    # The words that are put into both.
    words = [*PEOPLE, *TOWNS, *PETS, *JOBS, *SAY_WORDS, *THINGS, *COUNT_WORDS, "have", "or"]
    numbers = map(str, range(1, LARGEST_NUMBER + 1))
    text = " ".join([*sentences, *prompts, *words, *numbers])
    return build_vocabulary(split_words(text), [END_OF_TEXT, UNKNOWN])
