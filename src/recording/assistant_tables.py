"""What is measured of assistants: several ways to tune one, and what each learns and forgets."""

from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import numpy as np

from recording.assistant import pretraining, pretraining_ids
from recording.classifier_tables import rounded_to_16_bits
from verdict import (
    END_OF_TEXT,
    GPT,
    LoRA,
    SimpleTokenizerV1,
    collate,
    exact_match,
    fine_tune,
    format_instruction,
    greedy_answers,
    load_assistant,
    toy_instructions,
    toy_world,
)
from verdict.training.steps import Step
from verdict.tuning.assistant import WORLD_SEED
from verdict.tuning.instructions import Instruction
from verdict.tuning.toy_tasks import TASKS
from verdict.tuning.toy_words import OPPOSITES, PLURALS

THREE_TASKS = ("count", "first", "town")
"""The tasks of the table "three tasks"."""

WITHOUT_SAY = tuple(task for task in TASKS if task != "say")
"""All tasks but "say"."""

TESTS_OF_EACH_TASK = 20
"""How many held-out instructions there are of each task."""


@cache
def tokenizer() -> SimpleTokenizerV1:
    """Return the tokenizer of the assistant, which is the same for every seed."""
    return load_assistant()[1]


def end() -> int:
    """Return the token that ends a text."""
    return tokenizer().str_to_int[END_OF_TEXT]


@cache
def pretrained_weights(seed: int) -> dict[str, np.ndarray]:
    """Pretrain with a seed, and return the weights; with the seed 1 they are the package's own."""
    if seed == 1:
        return dict(load_assistant("pretrained")[0].parameters)
    model, steps = pretraining(seed)
    for _ in steps:
        pass
    return dict(rounded_to_16_bits(model).parameters)


def pretrained_model(seed: int) -> GPT:
    """Return a model that is pretrained and not yet tuned."""
    model = load_assistant("pretrained")[0]
    model.parameters.update(pretrained_weights(seed))
    return model


def encoded(each: Instruction) -> tuple[list[int], list[int]]:
    """Encode an instruction in its form, and its answer."""
    prompt = format_instruction(each.instruction, each.input)
    return tokenizer().encode(prompt), tokenizer().encode(each.output)


def knowledge(model: GPT) -> dict[str, float]:
    """Measure what a model still knows of pretraining, asked in its words.

    Returns:
        The shares of towns, of opposites and of plurals that come right.
    """
    both = OPPOSITES | {other: one for one, other in OPPOSITES.items()}
    asked = {
        "towns known": {
            f"{name} lives in": home.town for name, home in toy_world(WORLD_SEED).items()
        },
        "opposites known": {f"the opposite of {one} is": other for one, other in both.items()},
        "plurals known": {f"one {noun}, two": nouns for noun, nouns in PLURALS.items()},
    }
    found = {}
    for name, texts in asked.items():
        answers = greedy_answers(model, map(tokenizer().encode, texts), end(), 1)
        words = [tokenizer().decode(answer) for answer in answers]
        found[name] = round(exact_match(words, list(texts.values())), 4)
    return found


def answered(model: GPT, tasks: tuple[str, ...]) -> dict[str, float]:
    """Measure the share of held-out instructions answered to the letter, of each task and all."""
    count = TESTS_OF_EACH_TASK * len(tasks)
    tests = toy_instructions(toy_world(WORLD_SEED), count, seed=2, held_out=True, tasks=tasks)
    answers = greedy_answers(model, [encoded(each)[0] for each in tests], end())
    right = {task: [] for task in tasks}  # type: dict[str, list[bool]]
    for each, answer in zip(tests, answers, strict=True):
        right[each.task].append(tokenizer().decode(answer) == each.output)
    found = {task: round(float(np.mean(each)), 4) for task, each in right.items()}
    return found | {"all": round(float(np.mean(list(right.values()))), 4)}


class Tuning:
    """A way to tune an assistant.

    Args:
        learned: The tasks that it learns.
        tested: The tasks that it is tested on.
        count: How many instructions there are.
        steps: How many steps it has.
        peak: Its highest learning rate.
        batch_size: How many examples a step sees.
        answers_only: Whether the targets inside the prompt are ignored.
        rehearsed: Whether a quarter of each batch is text of pretraining.
        rank: That of a LoRA; None for all weights.
    """

    def __init__(  # noqa: PLR0913 - these are what the rows of the tables differ in
        self,
        learned: tuple[str, ...],
        tested: tuple[str, ...],
        count: int,
        steps: int,
        *,
        peak: float = 0.006,
        batch_size: int = 16,
        answers_only: bool = True,
        rehearsed: bool = False,
        rank: int | None = None,
    ) -> None:
        self.learned, self.tested, self.count, self.steps = learned, tested, count, steps
        self.answers_only, self.rehearsed, self.rank = answers_only, rehearsed, rank
        self.options: dict[str, Any] = {"peak": peak, "batch_size": batch_size}

    def prepare(self, seed: int) -> tuple[GPT, LoRA | None, Iterator[Step]]:
        """Return the model, its LoRA, and the steps, none of which has been made."""
        model = pretrained_model(seed)
        drawn = toy_instructions(toy_world(WORLD_SEED), self.count, seed=seed, tasks=self.learned)
        rows = collate(map(encoded, drawn), end(), answers_only=self.answers_only)
        lora = None if self.rank is None else LoRA(model, self.rank, seed=seed)
        rehearsal = pretraining_ids() if self.rehearsed else None
        steps = fine_tune(
            lora or model, *rows, self.steps, seed=seed, rehearsal=rehearsal, **self.options
        )
        return model, lora, steps

    def __call__(self, seed: int) -> dict[str, float]:
        """Tune, and measure what was learned and what is still known."""
        model, lora, steps = self.prepare(seed)
        for _ in steps:
            pass
        trained = model.parameters if lora is None else lora.parameters
        parameters = sum(array.size for array in trained.values())
        if lora is not None:
            model.parameters.update(lora.merged())
        return {"parameters": parameters, **answered(model, self.tested), **knowledge(model)}


def untuned(tested: tuple[str, ...]) -> Callable[[int], dict[str, float]]:
    """Return a function that measures, for a seed, a model that was not tuned."""
    return lambda seed: {
        "parameters": 0,
        **answered(pretrained_model(seed), tested),
        **knowledge(pretrained_model(seed)),
    }


def three(**options: Any) -> Tuning:
    """Tune on three tasks, in two seconds."""
    return Tuning(THREE_TASKS, THREE_TASKS, 600, **{"steps": 150} | options)


def thirteen(learned: tuple[str, ...], *, rehearsed: bool) -> Tuning:
    """Tune on all tasks, or on all but one, for a part of the steps of the package's assistant."""
    tested = tuple(TASKS)
    count = 300 * len(learned)
    return Tuning(learned, tested, count, 600, batch_size=32, rehearsed=rehearsed)
