"""The job `pretrain`: a model learns a text, and its file can go on learning at any time."""

from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from verdict.command.checkpoint import Checkpoint
from verdict.command.interrupts import interrupts_noted
from verdict.command.pretrain_files import check_files
from verdict.command.pretrain_report import report
from verdict.command.pretrain_settings import Settings
from verdict.command.pretrain_texts import prepared, split
from verdict.command.training_file import read_record
from verdict.command.training_progress import progress

if TYPE_CHECKING:
    from verdict.checks.arrays import IdArray


def pretrain(options: Namespace) -> None:
    """Train a model, or go on training it; write it, and say how it went."""
    output = Path(options.output)
    beside = output.parent / f"{output.stem}.bpe"
    check_files(options, output, beside)
    begun = read_record(output) if options.resume else None
    settings = Settings.of(options, begun.settings if begun else None)
    checkpoint = Checkpoint(output)
    with checkpoint.explaining():
        training, ids = prepared(options, settings, begun, beside, output)
        learned, held_out = split(ids, settings)
        checkpoint.begin(training, written=begun is not None)
        was_stopped = _train(options, checkpoint, learned, held_out)
    report(options, training)
    if was_stopped:
        raise KeyboardInterrupt


def _train(
    options: Namespace,
    checkpoint: Checkpoint,
    learned: "IdArray",
    held_out: "IdArray | None",
) -> bool:
    """Make the steps that are left, and write them; tell whether Ctrl+C stopped it."""
    import numpy as np

    from verdict.training.loop import train

    training = checkpoint.training
    assert training is not None
    settings, curve, optimizer = training.record.settings, training.record.curve, training.optimizer
    steps = train(
        training.model,
        learned,
        settings.steps,
        validation_ids=held_out,
        optimizer=optimizer,
        seed=training.generator,
        batch_size=settings.batch_size,
        peak=settings.rate,
        evaluate_every=settings.measured_every,
    )
    with (
        np.errstate(over="ignore", invalid="ignore"),  # the loop itself says what is not finite
        interrupts_noted() as is_interrupted,
        progress(settings.steps, optimizer.steps, settings.tokens_of_a_step) as show,
    ):
        for step, _, loss, validation in steps:
            curve.add(loss)
            is_due = step % settings.measured_every == 0 or step in {1, settings.steps}
            show(loss, step, curve.note(step, validation) if is_due else None)
            if is_interrupted():
                break
            if step % options.checkpoint_every == 0:
                checkpoint.write()
        checkpoint.write()
    return optimizer.steps < settings.steps
