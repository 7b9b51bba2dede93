"""The job `finetune`: a pretrained model learns from examples to give labels, or answers."""

from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from verdict.command.finetune.confusion import Confusion
from verdict.command.finetune.examples import LabelledText, read_examples
from verdict.command.finetune.preparing import Prepared, prepare, prepare_again
from verdict.command.finetune.record import FinetuneRecord
from verdict.command.finetune.settings import FinetuneSettings
from verdict.command.messages import counted
from verdict.command.tokenizers.choosing import noted_tokenizer
from verdict.command.training.checkpoint import Checkpoint
from verdict.command.training.loop import make_steps
from verdict.command.training.outputs import check_files, tokenizer_file
from verdict.command.training.progress import Pace
from verdict.command.training.record import read_record
from verdict.command.training.report import report
from verdict.training.steps import Step
from verdict.tuning.fine_tuning import fine_tune

USUAL_MODELS = {True: "messages", False: "assistant-pretrained"}
"""What is tuned unless something else is said: with labels, and without."""


def finetune(options: Namespace) -> None:
    """Tune a model, or go on tuning it; write it, and say how it went."""
    output = Path(options.output)
    tokenizer_path = tokenizer_file(output)
    if options.resume and (options.model or options.tokenizer):
        options.usage("argument --resume: the training goes on with the model that the file has")
    examples = read_examples(options.files)
    begun = None
    if options.resume:
        check_files(options, output, tokenizer_path)
        begun = read_record(output, FinetuneRecord)
    else:
        options.model = options.model or USUAL_MODELS[isinstance(examples[0], LabelledText)]
        options.tokenizer = options.tokenizer or noted_tokenizer(options.model)
        read = dict.fromkeys(options.rehearse, "a text to rehearse")
        check_files(
            options, output, tokenizer_path, {**read, options.model: "the model to begin with"}
        )
    settings = FinetuneSettings.of(options, begun.settings if begun else None)
    checkpoint = Checkpoint(output)
    with checkpoint.explaining(settings):
        if begun:
            prepared = prepare_again(options, examples, settings, begun, checkpoint)
        else:
            prepared = prepare(options, examples, settings, tokenizer_path, checkpoint)
        pace = Pace("examples", settings.batch_size)
        was_stopped = make_steps(options, checkpoint, _steps(prepared), pace)
        confusion = _confusion(prepared)
    found = {**_counts(prepared), **({"validation": confusion.as_json()} if confusion else {})}
    report(options, prepared.training, _lines(prepared, confusion), found)
    if was_stopped:
        raise KeyboardInterrupt


def _steps(prepared: Prepared) -> Iterator[Step]:
    """Make steps, and measure what is held out after some of them."""
    training, rows, learned = prepared.training, prepared.rows, prepared.learned
    settings = training.record.settings
    assert settings.rate is not None
    for step in fine_tune(
        training.learner,
        rows.inputs[learned],
        rows.targets[learned],
        settings.steps,
        optimizer=training.optimizer,
        seed=training.generator,
        batch_size=settings.batch_size,
        peak=settings.rate,
        unseen=training.record.unseen,
        rehearsal=prepared.rehearsal,
        rehearsed=settings.rehearsed,
    ):
        if prepared.held_out and settings.is_measured(step.step):
            loss = rows.measured(training.learner, prepared.held_out)
            yield step._replace(validation_loss=loss)
        else:
            yield step


def _confusion(prepared: Prepared) -> Confusion | None:
    """Tell what a classifier takes the texts for that were held out."""
    labels, places = prepared.training.record.labels, prepared.held_out
    if labels is None or not places:
        return None
    guesses = prepared.rows.guesses(prepared.training.learner, places)
    return Confusion(labels, prepared.rows.targets[places].tolist(), guesses)


def _counts(prepared: Prepared) -> dict[str, Any]:
    """Count for programs what was learned, and what moved."""
    record = prepared.training.record
    return {
        "labels": record.labels,
        "learned": len(prepared.learned),
        "held_out": len(prepared.held_out),
        "cut": prepared.rows.cut,
        "unknown_words": round(prepared.unknown, 4),
        "trained": _trained(prepared),
    }


def _lines(prepared: Prepared, confusion: Confusion | None) -> list[str]:
    """Say for people what was learned, what moved, and what the texts are taken for."""
    held_out = f", {len(prepared.held_out):,} held out" if prepared.held_out else ""
    learned = counted(len(prepared.learned), "example")
    lines = [f"{learned} to learn from{held_out}; {_trained(prepared):,} numbers trained"]
    if cut := prepared.rows.cut:
        context = prepared.training.record.sizes.context_length
        lines.append(f"{counted(cut, 'example')} cut to the {context:,} tokens of the context")
    return [*lines, *(confusion.lines() if confusion else [])]


def _trained(prepared: Prepared) -> int:
    """Count the numbers that move."""
    return sum(array.size for array in prepared.training.learner.parameters.values())
