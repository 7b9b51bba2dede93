"""Train a model in the reader's browser, a few steps at a time, and show how it goes.

It runs beside the package, in the page's own Python; the build of the site uses it for the
recorded run. The model, its gradients and its training are the package's own. What it shows is
HTML, so that the browser and the build show the same.
"""

import html
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field
from math import log, sqrt
from typing import Any

import numpy as np

from live.training_chart import chart, result, table
from verdict import (
    GPT,
    AdamW,
    BytePairTokenizer,
    GPTConfig,
    SimpleTokenizerV1,
    animal_tales,
    attention_weights,
    build_vocabulary,
    evaluate,
    feed_forward,
    generate,
    normalize,
    read_story,
    softmax,
    split_ids,
    split_words,
    train,
)
from verdict.model import gpt, multi_head_attention

DECIMALS = 8
"""Losses are compared with this many: weights are the same to the bit, a sum of scores nearly."""
LONGEST = 300_000
"""Characters of a reader's text that are used: more would not be read in so few steps."""
MOST_WORDS = 1500
"""A text with more different words than this is cut into byte pairs, of which it has as many."""
HELD_OUT, MEASURED = 0.1, 5000
"""The share of the text for validation, and how many of its tokens are measured at most."""
MEASUREMENTS, SAMPLES, LENGTH = 20, 8, 40
"""How many times a training measures the validation loss and writes, and how many tokens."""
PROMPT = "Ada and Tom are"
"""What samples begin with, where the text is our own."""
SEED = 123


@dataclass(frozen=True)
class Size:
    """A model to choose, and how much it reads in a step."""

    width: int
    heads: int
    layers: int
    context: int
    batch: int
    peak: float


SIZES = {
    "small": Size(16, 2, 1, context=32, batch=8, peak=0.02),
    "middle": Size(32, 4, 1, context=32, batch=8, peak=0.01),
    "large": Size(64, 4, 2, context=32, batch=8, peak=0.003),
}
HIGH_RATE = 30
"""How many times the usual rate the mistake of a high rate has."""


@dataclass
class Run:
    """A training: its model, and all that it has shown."""

    settings: dict[str, Any]
    tokenizer: SimpleTokenizerV1 | BytePairTokenizer
    prompt: list[int]
    model: GPT
    optimizer: AdamW
    random: np.random.Generator
    training: np.ndarray
    validation: np.ndarray
    recorded: dict[str, Any] | None = None
    known: dict[int, list[Any]] = field(default_factory=dict)  # its losses, by their steps
    losses: list[list[Any]] = field(default_factory=list)
    samples: list[list[Any]] = field(default_factory=list)
    seconds: float = 0.0  # spent in steps
    parted: int = 0  # the first step whose loss is not the recorded one

    @property
    def size(self) -> Size:
        """The model that was chosen."""
        return SIZES[self.settings["size"]]

    @property
    def steps(self) -> int:
        """How many steps there are."""
        return int(self.settings["steps"])

    @property
    def step(self) -> int:
        """How many of them are made."""
        return self.optimizer.steps

    @property
    def vocabulary(self) -> int:
        """How many tokens the model knows."""
        return self.model.config.vocabulary_size

    @property
    def weights(self) -> int:
        """How many numbers the model has."""
        return sum(array.size for array in self.model.parameters.values())

    @property
    def kind(self) -> str:
        """What its tokens are."""
        return "words" if isinstance(self.tokenizer, SimpleTokenizerV1) else "byte pairs"

    def each_step(self) -> Iterator[Any]:
        """Go on, a step each time that one is asked for."""
        mistake = self.settings["mistake"]
        return train(
            self.model,
            self.training,
            self.steps,
            validation_ids=self.validation,
            optimizer=self.optimizer,
            seed=self.random,
            batch_size=self.size.batch,
            peak=self.size.peak * (HIGH_RATE if mistake == "rate" else 1),
            warm_up=0 if mistake == "warm-up" else None,
            evaluate_every=self.every,
        )

    @property
    def every(self) -> int:
        """After how many steps the validation loss is measured."""
        return max(1, self.steps // MEASUREMENTS)


_run: Run | None = None


def begin(
    settings: dict[str, Any], own: str | None = None, recorded: dict[str, Any] | None = None
) -> dict[str, Any]:
    """Make a new model for a text, and a sample of what it writes before it has learned.

    Args:
        settings: `source`: "tales" for a text of our own, "story", or "own"; `size`, one of
            `SIZES`; how many `steps`; and the `mistake` to make, or nothing.
        own: The reader's text.
        recorded: The recorded run, to compare with.

    Returns:
        What `look` shows, or the `error`.
    """
    global _run  # noqa: PLW0603
    _run = None
    try:
        run = made(settings, own)
        run.recorded = recorded
        run.known = {row[0]: row for row in recorded["losses"]} if recorded else {}
        _sample(run)
    except (ValueError, TypeError, MemoryError, RuntimeError) as error:
        return {"error": said(error)}
    _run = run
    return look()


def made(settings: dict[str, Any], own: str | None = None) -> Run:
    """Make all that a training begins with."""
    text = _text_of(settings["source"], own)
    size = SIZES[settings["size"]]
    words = split_words(text)
    known = build_vocabulary(words)
    tokenizer: SimpleTokenizerV1 | BytePairTokenizer
    if len(known) <= MOST_WORDS:
        tokenizer, vocabulary = SimpleTokenizerV1(known), len(known)
    else:
        tokenizer = BytePairTokenizer.train(text, MOST_WORDS)
        vocabulary = tokenizer.vocab_size
    ids = np.array(tokenizer.encode(text), dtype=np.int64)
    needed = 10 * (size.context + 1)
    if len(ids) < needed:
        raise ValueError(
            f"The text has {len(ids):,} tokens. A model of this size needs {needed:,} at least: "
            "it looks at some, and a tenth is held back."
        )
    training, validation = split_ids(ids, HELD_OUT)
    is_ours = settings["source"] == "tales"
    prompt = tokenizer.encode(PROMPT) if is_ours else [int(token) for token in validation[:4]]
    config = GPTConfig(vocabulary, size.context, size.width, size.heads, size.layers)
    model = GPT(config, seed=SEED)
    return Run(
        settings,
        tokenizer,
        prompt,
        model,
        AdamW(model.parameters),
        np.random.default_rng(SEED),
        training,
        validation[:MEASURED],
    )


def measure(settings: dict[str, Any], own: str | None = None) -> dict[str, Any]:
    """Measure by two steps of each size how many seconds a training takes here."""
    seconds: dict[str, float | None] = {}
    for size in SIZES:
        try:
            run = made(settings | {"size": size, "mistake": ""}, own)
            steps = run.each_step()
            step = min(_timed(lambda: next(steps)), _timed(lambda: next(steps)))  # noqa: B023
            part = run.validation[: run.size.batch * run.size.context + 1]
            read = _timed(lambda: evaluate(run.model, part)) * len(run.validation) / len(part)  # noqa: B023
            seconds[size] = run.steps * step + MEASUREMENTS * read
        except (ValueError, TypeError, MemoryError, RuntimeError):
            seconds[size] = None
    return {"seconds": seconds}


def _text_of(source: str, own: str | None) -> str:
    if source == "own":
        return (own or "")[:LONGEST]
    return read_story() if source == "story" else animal_tales(1_000, seed=1)


def _timed(work: Callable[[], Any]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def advance(milliseconds: float) -> dict[str, Any]:
    """Train for so long, one step at least, and show how it stands."""
    run = _run
    if run is None:
        return {"error": "There is no training that could go on."}
    end = time.perf_counter() + milliseconds / 1000
    try:
        with mistaken(run):
            steps = run.each_step()
            while run.step < run.steps:
                began = time.perf_counter()
                told = next(steps)
                run.seconds += time.perf_counter() - began
                _note(run, told)
                if time.perf_counter() > end:
                    break
    except MemoryError:
        return look() | {"error": "There is not enough memory for this. Take a smaller size."}
    except (ValueError, FloatingPointError) as error:
        return look() | {"error": said(error)}
    return look()


def current() -> Run:
    """The training as it stands.

    Raises:
        ValueError: There is none.
    """
    if _run is None:
        raise ValueError("There is no model yet.")
    return _run


def take(run: Run) -> None:
    """Take a training in the place of the one that is there."""
    global _run  # noqa: PLW0603
    _run = run


def _note(run: Run, told: Any) -> None:
    training, validation = told.training_loss, told.validation_loss
    row = [told.step, told.rate, _rounded(training), _rounded(validation)]
    run.losses.append(row)
    known = run.known.get(told.step)
    if known and not run.parted and _is_recorded(run):
        is_same = row[:3] == known[:3] and (None in (row[3], known[3]) or row[3] == known[3])
        run.parted = 0 if is_same else told.step
    if told.step % max(1, run.steps // SAMPLES) == 0 or told.step == run.steps:
        _sample(run)


def _rounded(loss: float | None) -> float | None:
    return None if loss is None else round(loss, DECIMALS)


def _sample(run: Run) -> None:
    written = list(generate(run.model, run.prompt, LENGTH, temperature=1, seed=SEED))
    run.samples.append([run.step, text_of(run, [*run.prompt, *written])])


def text_of(run: Run, ids: list[int]) -> str:
    """Turn token IDs into text."""
    return run.tokenizer.decode(ids)


def _is_recorded(run: Run) -> bool:
    """Whether the recorded run has the same settings."""
    if run.recorded is None or run.settings["mistake"]:
        return False
    told, config = run.recorded["settings"], run.model.config
    names = ("context_length", "width", "heads", "layers", "vocabulary_size")
    return (
        all(told[name] == getattr(config, name) for name in names)
        and (told["steps"], told["peak"]) == (run.steps, run.size.peak)
        and (told["batch_size"], told["seed"]) == (run.size.batch, SEED)
    )


def look() -> dict[str, Any]:
    """Show the training as it stands."""
    run = current()
    nothing = log(run.vocabulary)
    thin = run.recorded["losses"] if run.recorded else ()
    speed = run.step * run.size.batch * run.size.context / run.seconds if run.seconds else 0
    left = (run.steps - run.step) * run.seconds / run.step if run.step else 0
    return {
        "error": "",
        "step": run.step,
        "steps": run.steps,
        "isDone": run.step >= run.steps,
        "chart": chart(run.losses, run.steps, run.vocabulary, nothing, thin),
        "words": result(run.losses) if run.losses else "",
        "table": table(run.losses),
        "samples": samples(run.samples),
        "says": f"Step {run.step:,} of {run.steps:,}.",
        "speed": f"{speed:,.0f} tokens a second, {_time(left)} left" if speed else "",
        "compared": _compared(run),
        "facts": _facts(run),
        "prompt": text_of(run, run.prompt),
    }


def _compared(run: Run) -> str:
    if not run.recorded:
        return ""
    if not _is_recorded(run):
        return "The thin lines are the recorded run, which has other settings."
    if run.parted:
        return f"From step {run.parted:,} on, the losses are not those of the recorded run."
    if not run.losses:
        return "The thin lines are the recorded run."
    so_far = "" if run.step >= run.steps else " so far"
    return f"The same as the recorded run{so_far}, to the last of {DECIMALS} decimals."


def _facts(run: Run) -> str:
    size = run.size
    return (
        f"{len(run.training):,} tokens to learn, {run.vocabulary:,} different ones ({run.kind}). "
        f"{run.weights:,} weights. {_sizes(size.width, size.heads, size.layers, size.context)}"
    )


def _sizes(width: int, heads: int, layers: int, context: int) -> str:
    return (
        f"Width {width}, {heads} heads, {layers} layer{'s' * (layers > 1)}, {context} tokens at "
        "once."
    )


def samples(found: list[list[Any]]) -> str:
    """The samples as items of a list, the newest first."""
    return "".join(
        f"<li><b>step {step:,}</b> <bdi>{html.escape(text, quote=False)}</bdi></li>"
        for step, text in reversed(found)
    )


def _time(seconds: float) -> str:
    if seconds < 90:
        return f"{max(seconds, 1):.0f} s" if seconds else "0 s"
    return f"{seconds / 60:.0f} min"


def said(error: Exception) -> str:
    """An error as Python shows it; what is said to readers, without its name."""
    if isinstance(error, MemoryError):
        return "There is not enough memory for this. Take a smaller size, or a shorter text."
    words = "".join(traceback.format_exception_only(error)).strip()
    return words.removeprefix("ValueError: ")


def shown(run: dict[str, Any]) -> dict[str, str]:
    """Show a recorded run, as a page has it before anything is trained."""
    told, losses = run["settings"], run["losses"]
    vocabulary = told["vocabulary_size"]
    return {
        "chart": chart(losses, told["steps"], vocabulary, log(vocabulary)),
        "losses": table([row for row in losses if row[0] % (told["steps"] // MEASUREMENTS) == 0]),
        "samples": samples(run["samples"]),
        "step": f"The recorded run: {told['steps']:,} steps.",
        "facts": f"{vocabulary:,} different tokens. "
        + _sizes(told["width"], told["heads"], told["layers"], told["context_length"]),
    }


# Famous mistakes, each in the place of what the package does.


def _without_scale(queries: Any, keys: Any, mask: Any = None) -> Any:
    return attention_weights(queries * sqrt(queries.shape[-1]), keys, mask)


def _with_soft_mask(queries: Any, keys: Any, mask: Any = None) -> Any:
    scores = queries / sqrt(queries.shape[-1]) @ keys.swapaxes(-1, -2)
    return softmax(scores if mask is None else scores + -10_000.0 * ~mask)


def _without_shortcuts(vectors: Any, attention: Any, parameters: Any, **more: Any) -> Any:
    p = parameters
    normal = normalize(vectors, p["norm_1_scale"], p["norm_1_shift"])
    found = attention(normal, more.get("generator"), more.get("cache"))
    return feed_forward(normalize(found, p["norm_2_scale"], p["norm_2_shift"]), p)


_MISTAKES: dict[str, tuple[Any, str, Any]] = {
    "scale": (multi_head_attention, "attention_weights", _without_scale),
    "mask": (multi_head_attention, "attention_weights", _with_soft_mask),
    "shortcuts": (gpt, "block", _without_shortcuts),
}


def mistaken(run: Run) -> AbstractContextManager[None]:
    """Have the package make the mistake of a training, for as long as a `with` lasts."""
    mistake = run.settings["mistake"]
    return put(*_MISTAKES[mistake]) if mistake in _MISTAKES else nullcontext()


@contextmanager
def put(module: Any, name: str, other: Any) -> Iterator[None]:
    """Put something else in the place of what a module has, for as long as a `with` lasts."""
    before = getattr(module, name)
    setattr(module, name, other)
    try:
        yield
    finally:
        setattr(module, name, before)
