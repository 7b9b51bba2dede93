"""How far a training is: a bar on a terminal, and elsewhere a line now and then."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import NamedTuple

from verdict.command.messages import tell_always
from verdict.command.training.loss_curve import Losses

Show = Callable[[float, int, Losses | None], object]
"""Takes the loss of a step, how many steps are made, and what was measured, if it was."""


class Pace(NamedTuple):
    """What a step of a training reads.

    Attributes:
        unit: What is counted, such as "tokens".
        amount: How many of them a step reads.
    """

    unit: str
    amount: int


@contextmanager
def progress(steps: int, made: int, pace: Pace) -> Iterator[Show]:
    """Show on standard error how far a training is.

    Args:
        steps: How many steps it has in all.
        made: How many are made.
        pace: What a step reads.

    Yields:
        What is called after each step.
    """
    if not sys.stderr.isatty():
        yield _lines(steps, made, pace)
        return
    from tqdm import tqdm

    with tqdm(
        total=steps,
        initial=made,
        bar_format="{percentage:3.0f}% |{bar}| {n}/{total} steps{postfix}, {remaining} left",
        leave=False,
    ) as bar:
        measured = ""

        def show(loss: float, step: int, losses: Losses | None) -> None:
            nonlocal measured
            if losses and losses.validation is not None:
                measured = f", validation {losses.validation:.2f}"
            speed = (bar.format_dict["rate"] or 0) * pace.amount
            shown = f", {speed:,.0f} {pace.unit}/s" if speed else ""
            bar.set_postfix_str(f"loss {loss:.2f}{measured}{shown}", refresh=False)
            bar.update()

        yield show


def _lines(steps: int, made: int, pace: Pace) -> Show:
    """Write a line for each measurement."""
    start = time.perf_counter()

    def show(loss: float, step: int, losses: Losses | None) -> None:
        if losses is None:
            return
        spent = max(time.perf_counter() - start, 1e-9) / (step - made)  # seconds a step
        validation = losses.validation
        measured = "" if validation is None else f", validation {validation:.4f}"
        tell_always(
            f"step {step:,} of {steps:,}: loss {losses.training:.4f}{measured}, "
            f"{pace.amount / spent:,.0f} {pace.unit} a second, "
            f"{_clock((steps - step) * spent)} left"
        )

    return show


def _clock(seconds: float) -> str:
    """Write a time as hours, minutes and seconds.

    Examples:
        >>> _clock(3725), _clock(65)
        ('1:02:05', '1:05')
    """
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
