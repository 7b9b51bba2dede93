"""What the assistant answers, before it was tuned and after, token by token.

It runs in the reader's browser, beside the package, and once in the build of the site, for what
a page shows before anything runs. The models, their words and their tasks are the package's own.
"""

from collections.abc import Iterable
from functools import cache
from itertools import count
from typing import NamedTuple

import numpy as np

from live import bars
from live.bars import escaped
from verdict import (
    END_OF_TEXT,
    GPT,
    UNKNOWN,
    SimpleTokenizerV2,
    format_instruction,
    greedy_answers,
    load_assistant,
    softmax,
    split_words,
    toy_instructions,
    toy_world,
)
from verdict.checks.arrays import Vectors
from verdict.tuning.assistant import WORLD_SEED, Stage

STAGES: dict[str, Stage] = {"before": "pretrained", "after": "tuned"}
MAX_TOKENS = 8
"""How many tokens an answer has at most."""
BARS = 5
"""Of how many tokens the probabilities are shown, at each place of an answer."""

TASKS = {
    "say": "say …",
    "repeat": "repeat the words",
    "reverse": "reverse the words",
    "first": "what is the first word?",
    "last": "what is the last word?",
    "count": "count the words",
    "opposite": "what is the opposite of …?",
    "plural": "what is the plural of …?",
    "bigger": "which is bigger?",
    "question": "make it a question",
    "town": "where does … live?",
    "pet": "which pet does … have?",
    "job": "what is the job of …?",
}
"""How each task is asked."""
NOT_TAUGHT = {
    "a longer list": ("count the words", "sun moon river bread milk lamp coat"),
    "other words": ("how many words?", "sun moon river"),
    "two tasks at once": ("reverse and count the words", "sun moon"),
    "a question without an answer": ("where does the river live?", ""),
    "small talk": ("who are you?", ""),
}
"""What it cannot do, each with an example: an instruction, and its input."""

_next_seed = count(1)
_right_answers: dict[tuple[str, str], str] = {}
"""The right answers of the examples that were drawn."""


class Answer(NamedTuple):
    """An answer, and how likely each token was at each of its places.

    Attributes:
        text: The answer.
        tokens: Its token IDs, with that of the end if it came to one.
        shares: The probabilities, shape (tokens, vocabulary_size).
    """

    text: str
    tokens: list[int]
    shares: Vectors


@cache
def load(stage: Stage) -> tuple[GPT, SimpleTokenizerV2]:
    """Load the assistant of a stage, once."""
    return load_assistant(stage)


def show(instruction: str, about: str) -> dict[str, str]:
    """Answer an instruction, before tuning and after.

    Args:
        instruction: What to do. Capitals become small letters.
        about: What to do it with; it may be empty.

    Returns:
        The `prompt`, the answers `before` and `after` as HTML, and what there is to say, as
        `says`; or the `error`.
    """
    asked = instruction.lower().strip(), about.lower().strip()
    if not asked[0]:
        return _error("There is no instruction. Type one, or press one of the thirteen tasks.")
    prompt, (model, tokenizer) = format_instruction(*asked), load("tuned")
    ids, context = tokenizer.encode(prompt), model.config.context_length
    if len(ids) >= context:
        return _error(
            f"With its form, the prompt has {len(ids)} tokens. The model reads {context} at once, "
            f"its answer among them: take away {len(ids) - context + 1} or more."
        )
    answers = {name: answered(stage, ids) for name, stage in STAGES.items()}
    known = tokenizer.str_to_int
    unknown = list(dict.fromkeys(word for word in split_words(prompt) if word not in known))
    after, right = answers["after"].text, _right_answers.get(asked)
    says = [
        _unknown_words(unknown, len(known)),
        *(f"{name.title()} tuning: {_quoted(answer.text)}" for name, answer in answers.items()),
    ]
    if right is not None:
        says.append("Now it is right." if after == right else f"Right would be {_quoted(right)}")
    return {
        "error": "",
        "says": "\n".join(filter(None, says)),
        "prompt": " ".join(_marked(split_words(prompt), unknown)),
        **{name: _shown(name, answer) for name, answer in answers.items()},
    }


def answered(stage: Stage, ids: list[int]) -> Answer:
    """Let the model of a stage answer with the likeliest token each time."""
    model, tokenizer = load(stage)
    end = tokenizer.str_to_int[END_OF_TEXT]
    (answer,) = greedy_answers(model, [ids], end, MAX_TOKENS)
    whole = [*ids, *answer]
    is_ended = len(answer) < MAX_TOKENS and len(whole) < model.config.context_length
    tokens = [*answer, end] if is_ended else answer
    # One pass over prompt and answer tells what was likely at each place.
    shares = softmax(model(np.array(whole)))[len(ids) - 1 :][: len(tokens)]
    return Answer(tokenizer.decode(answer), tokens, shares)


def fill(name: str, side: str) -> tuple[str, str]:
    """Give an example of a task, each time another; or of what the assistant cannot do.

    Args:
        name: One of `TASKS` or of `NOT_TAUGHT`.
        side: "seen" for words that its tuning had with this task; else words that it never had.

    Returns:
        The instruction, and its input.
    """
    if name in NOT_TAUGHT:
        return NOT_TAUGHT[name]
    (drawn,) = toy_instructions(
        toy_world(WORLD_SEED), 1, seed=next(_next_seed), held_out=side != "seen", tasks=[name]
    )
    example = drawn.instruction, drawn.input
    _right_answers[example] = drawn.output
    return example


def buttons() -> dict[str, str]:
    """Buttons with an example of each task, and of each thing that it cannot do."""
    return {
        "tasks": _buttons(TASKS.items()),
        "beyond": _buttons((name, name) for name in NOT_TAUGHT),
    }


def _buttons(named: Iterable[tuple[str, str]]) -> str:
    return " ".join(
        f'<button type="button" value="{value}">{text}</button>' for value, text in named
    )


def _error(words: str) -> dict[str, str]:
    return {"error": words, "says": ""}


def _unknown_words(words: list[str], known: int) -> str:
    """Say which words the model does not know, and what it gets in their place."""
    if not words:
        return ""
    named = ", ".join(f"“{word}”" for word in words)
    them, they = ("its", "it is") if len(words) == 1 else ("their", "they are")
    return (
        f"{named}: {they} not among the {known} tokens that it knows. In {them} place it gets "
        f"{UNKNOWN}, which stood in no text that it has read."
    )


def _quoted(text: str) -> str:
    return f"“{text}”" if text else "no word."


def _marked(words: list[str], unknown: list[str]) -> Iterable[str]:
    """The words of a prompt as HTML, and what the model gets in the place of some."""
    for word in words:
        yield f"<mark>{escaped(UNKNOWN)}</mark>" if word in unknown else escaped(word)


def _shown(name: str, answer: Answer) -> str:
    """An answer, and below it each of its tokens: a press shows what was likely in its place."""
    said = f"<bdi>{escaped(answer.text)}</bdi>" if answer.text else "no word"
    places = "".join(
        f'<li><details name="{name}"{" open" * (name == "after" and not place)}><summary><bdi>'
        f"{escaped(_word(token))}</bdi> <span>{row[token]:.3f}</span> {bars.bar(row[token])}"
        f"</summary>{_likely(row)}</details></li>"
        for place, (token, row) in enumerate(zip(answer.tokens, answer.shares, strict=True))
    )
    return f'<p class="answered">{said}</p><ol class="places">{places}</ol>'


def _likely(shares: Vectors) -> str:
    """The likeliest tokens of a place, with their probabilities as bars."""
    order = np.argsort(-shares, kind="stable")[:BARS]
    return bars.shares("The likeliest", [(_word(int(x)), float(shares[x])) for x in order])


def _word(token: int) -> str:
    _, tokenizer = load("tuned")
    return tokenizer.decode([token])
