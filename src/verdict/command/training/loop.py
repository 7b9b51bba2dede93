"""The steps of a training: shown, noted, written now and then, and ended by Ctrl+C."""

from argparse import Namespace
from collections.abc import Iterator
from typing import TYPE_CHECKING

from verdict.command.training.checkpoint import Checkpoint
from verdict.command.training.interrupts import interrupts_noted
from verdict.command.training.progress import Pace, progress

if TYPE_CHECKING:
    from verdict.training.steps import Step


def make_steps(
    options: Namespace, checkpoint: Checkpoint, steps: "Iterator[Step]", pace: Pace
) -> bool:
    """Make the steps that are left, and write them.

    Args:
        options: What was asked for.
        checkpoint: The file of the training.
        steps: What makes a step each time that it is asked.
        pace: What a step reads, and how much of it.

    Returns:
        Whether Ctrl+C stopped it.
    """
    import numpy as np

    training = checkpoint.training
    assert training is not None
    settings, curve, optimizer = training.record.settings, training.record.curve, training.optimizer
    with (
        np.errstate(over="ignore", invalid="ignore"),  # the loop itself says what is not finite
        interrupts_noted() as is_interrupted,
        progress(settings.steps, optimizer.steps, pace) as show,
    ):
        for step, _, loss, validation in steps:
            curve.add(loss)
            is_due = settings.is_measured(step)
            show(loss, step, curve.note(step, validation) if is_due else None)
            if is_interrupted():
                break
            if step % options.checkpoint_every == 0:
                checkpoint.write()
        checkpoint.write()
    return bool(optimizer.steps < settings.steps)
