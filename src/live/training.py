"""Train a model in the reader's browser, a few steps at a time, and show how it goes.

It runs beside the package, in the page's own Python; the build of the site uses it for the
recorded run. The model, its gradients and its training are the package's own. What it shows is
HTML, so that the browser and the build show the same.
"""

import html
import time
import traceback
from collections.abc import Callable
from math import log
from typing import Any

from live import mistakes
from live.training_chart import chart, result, table
from live.training_run import MEASUREMENTS, SEED, SIZES, Run, ids_of, new_run, text_of
from verdict import evaluate, generate
from verdict.training.steps import Step

DECIMALS = 8
"""Losses are compared with this many: weights are the same to the bit, a sum of scores nearly."""
SAMPLES, LENGTH = 8, 40
"""How many times a training writes, and how many tokens."""

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
        run = new_run(settings, own)
        _compare_with(run, recorded)
        _sample(run)
    except (ValueError, TypeError, MemoryError, RuntimeError) as error:
        return {"error": said(error)}
    _run = run
    return look()


def go_on(
    settings: dict[str, Any], own: str | None = None, recorded: dict[str, Any] | None = None
) -> dict[str, Any]:
    """Train the model that is there on, with the text and the mistake that are chosen.

    It goes on up to the number of steps that is chosen. Where it has made so many already, it makes
    as many more.

    Args:
        settings: As for `begin`; the size stays as it is.
        own: The reader's text.
        recorded: The recorded run, to compare with.

    Returns:
        What `look` shows, and how it goes on as `begun`; or the `error`.
    """
    run = current()
    text_before, settings_before = run.text, run.settings
    made_already = run.step if run.step >= settings["steps"] else 0
    run.settings = settings | {
        "steps": made_already + settings["steps"],
        "size": settings_before["size"],
    }
    try:
        run.read(ids_of(text_of(settings["source"], own), run.tokenizer))
    except (KeyError, ValueError, TypeError, MemoryError, RuntimeError) as error:
        run.settings = settings_before
        if isinstance(error, KeyError):
            return {
                "error": f"The text has the word {error.args[0]!r}. The model knows only the words "
                "of its own text: Train makes a new one, for this text."
            }
        return {"error": said(error)}
    if not run.step:  # from a file of weights alone: what it tells of itself is another training
        run.losses, run.samples, run.means = [], [], 0
    run.is_mixed = run.is_mixed or text_before != run.text
    run.seconds, run.timed_from = 0.0, run.step
    _compare_with(run, recorded)
    is_the_same = bool(text_before) and text_before == run.text
    how = "It goes on as if it had not stopped." if is_the_same else "It learns this text now."
    return look() | {"begun": how}


def _compare_with(run: Run, recorded: dict[str, Any] | None) -> None:
    run.recorded = recorded
    run.known = {row[0]: row for row in recorded["losses"]} if recorded else {}


def measure(settings: dict[str, Any], own: str | None = None) -> dict[str, Any]:
    """Measure by two steps of each size how many seconds a training takes here."""
    seconds: dict[str, float | None] = {}
    for size in SIZES:
        try:
            run = new_run(settings | {"size": size, "mistake": ""}, own)
            steps = run.each_step()
            step = min(_timed(lambda: next(steps)), _timed(lambda: next(steps)))  # noqa: B023
            part = run.validation[: run.size.batch * run.size.context + 1]
            read = _timed(lambda: evaluate(run.model, part)) * len(run.validation) / len(part)  # noqa: B023
            seconds[size] = run.steps * step + MEASUREMENTS * read
        except (ValueError, TypeError, MemoryError, RuntimeError):
            seconds[size] = None
    return {"seconds": seconds}


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
        with mistakes.making(run.settings["mistake"]):
            steps = run.each_step()
            while run.step < run.steps:
                began = time.perf_counter()
                step = next(steps)
                run.seconds += time.perf_counter() - began
                _note(run, step)
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


def _note(run: Run, step: Step) -> None:
    """Note the losses of a step, hold them against the recorded ones, and write a sample if due."""
    training, validation = step.training_loss, step.validation_loss
    row = [step.step, step.rate, _rounded(training), _rounded(validation)]
    run.losses.append(row)
    known = run.known.get(step.step)
    if known and not run.first_difference and _is_recorded(run):
        is_same = row[:3] == known[:3] and (None in (row[3], known[3]) or row[3] == known[3])
        run.first_difference = 0 if is_same else step.step
    if step.step % max(1, run.steps // SAMPLES) == 0 or step.step == run.steps:
        _sample(run)


def _rounded(loss: float | None) -> float | None:
    return None if loss is None else round(loss, DECIMALS)


def _sample(run: Run) -> None:
    written = list(generate(run.model, run.prompt, LENGTH, temperature=1, seed=SEED))
    run.samples.append([run.step, decoded(run, [*run.prompt, *written])])


def decoded(run: Run, ids: list[int]) -> str:
    """Turn token IDs into text."""
    return run.tokenizer.decode(ids)


def _is_recorded(run: Run) -> bool:
    """Whether the recorded run has the same settings."""
    if run.recorded is None or run.settings["mistake"] or run.is_mixed:
        return False
    recorded, config = run.recorded["settings"], run.model.config
    names = ("context_length", "width", "heads", "layers", "vocabulary_size")
    return (
        all(recorded[name] == getattr(config, name) for name in names)
        and (recorded["steps"], recorded["peak"]) == (run.steps, run.size.peak)
        and (recorded["batch_size"], recorded["seed"]) == (run.size.batch, SEED)
    )


def look() -> dict[str, Any]:
    """Show the training as it stands."""
    run = current()
    uniform_loss = log(run.vocabulary)  # that of a model that knows nothing
    recorded = run.recorded["losses"] if run.recorded else ()
    made_here = run.step - run.timed_from
    speed = made_here * run.size.batch * run.size.context / run.seconds if run.seconds else 0
    left = (run.steps - run.step) * run.seconds / made_here if made_here else 0
    return {
        "error": "",
        "step": run.step,
        "steps": run.steps,
        "isDone": run.step >= run.steps,
        "chart": chart(run.losses, run.steps, run.vocabulary, uniform_loss, recorded)
        if run.steps
        else "",
        "words": result(run.losses) if run.losses else "",
        "table": table(run.losses) if run.steps else "",
        "samples": samples(run.samples),
        "says": _says(run),
        "speed": f"{speed:,.0f} tokens a second, {_time(left)} left" if speed else "",
        "compared": _compared(run),
        "facts": _facts(run),
        "prompt": decoded(run, run.prompt),
    }


def _says(run: Run) -> str:
    if run.step or run.settings["source"] != "file":
        return f"Step {run.step:,} of {run.steps:,}."
    if run.steps:
        return f"The curve is that of its training, {run.steps:,} steps."
    return "The file does not tell how the model was trained."


def _compared(run: Run) -> str:
    if not run.recorded:
        return ""
    if not _is_recorded(run):
        return "The thin lines are the recorded run, which has other settings."
    if run.first_difference:
        return (
            f"From step {run.first_difference:,} on, the losses are not those of the recorded run."
        )
    if not run.losses:
        return "The thin lines are the recorded run."
    so_far = "" if run.step >= run.steps else " so far"
    return f"The same as the recorded run{so_far}, to the last of {DECIMALS} decimals."


def _facts(run: Run) -> str:
    size = run.size
    sizes = _sizes(size.width, size.heads, size.layers, size.context)
    tokens = f"{run.vocabulary:,} different tokens ({run.kind})."
    if len(run.training):
        tokens = (
            f"{len(run.training):,} tokens to learn, {run.vocabulary:,} different ones "
            f"({run.kind})."
        )
    return f"{tokens} {run.weights:,} weights. {sizes}"


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
    settings, losses = run["settings"], run["losses"]
    vocabulary, steps = settings["vocabulary_size"], settings["steps"]
    return {
        "chart": chart(losses, steps, vocabulary, log(vocabulary)),
        "losses": table([row for row in losses if row[0] % (steps // MEASUREMENTS) == 0]),
        "samples": samples(run["samples"]),
        "step": f"The recorded run: {steps:,} steps.",
        "facts": f"{vocabulary:,} different tokens. "
        + _sizes(*(settings[name] for name in ("width", "heads", "layers", "context_length"))),
    }
