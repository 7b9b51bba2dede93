"""The job `pretrain`: a model learns a text, and its file can go on learning at any time."""

from argparse import Namespace
from pathlib import Path

from verdict.command.pretrain.preparing import prepared, split
from verdict.command.pretrain.record import PretrainRecord
from verdict.command.pretrain.settings import PretrainSettings
from verdict.command.training.checkpoint import Checkpoint
from verdict.command.training.loop import make_steps
from verdict.command.training.outputs import check_files, tokenizer_file
from verdict.command.training.progress import Pace
from verdict.command.training.record import read_record
from verdict.command.training.report import report


def pretrain(options: Namespace) -> None:
    """Train a model, or go on training it; write it, and say how it went."""
    output = Path(options.output)
    tokenizer_path = tokenizer_file(output)
    check_files(options, output, tokenizer_path)
    begun = read_record(output, PretrainRecord) if options.resume else None
    settings = PretrainSettings.of(options, begun.settings if begun else None)
    checkpoint = Checkpoint(output)
    with checkpoint.explaining(settings):
        training, ids = prepared(options, settings, begun, tokenizer_path)
        learned, held_out = split(ids, settings)
        if begun:
            checkpoint.go_on(training, options)
        else:
            checkpoint.begin(training)

        from verdict.training.loop import train

        steps = train(
            training.model,
            learned,
            settings.steps,
            validation_ids=held_out,
            optimizer=training.optimizer,
            seed=training.generator,
            batch_size=settings.batch_size,
            peak=settings.rate,
            evaluate_every=settings.measured_every,
        )
        pace = Pace("tokens", settings.batch_size * settings.context_length)
        was_stopped = make_steps(options, checkpoint, steps, pace)
    report(options, training)
    if was_stopped:
        raise KeyboardInterrupt
