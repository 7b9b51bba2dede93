"""What a training says when it ends: how it went, and how to go on."""

import shlex
from argparse import Namespace
from collections.abc import Iterable, Mapping
from pathlib import Path
from shutil import get_terminal_size
from typing import Any

from verdict.command.errors import writing
from verdict.command.messages import tell_always
from verdict.command.output import print_json, print_line
from verdict.command.tokenizers.choosing import noted_tokenizer
from verdict.command.training.file import Training
from verdict.command.training.loss_chart import svg_chart, terminal_chart
from verdict.whole_file import write_whole


def report(
    options: Namespace,
    training: Training[Any, Any],
    lines: Iterable[str] = (),
    found: Mapping[str, Any] | None = None,
) -> None:
    """Say how the training went, and how to go on.

    Args:
        options: What was asked for.
        training: The training.
        lines: What else is said to people at the end.
        found: What else is said to programs.
    """
    record, made = training.record, training.optimizer.steps
    noted, steps = record.curve.noted, record.settings.steps
    if options.chart and noted:
        with writing(Path(options.chart)):
            write_whole(options.chart, svg_chart(noted))
    if options.json:
        print_json({**_as_json(options, training), **(found or {})})
    if made < steps:
        tell_always(
            f"verdict: stopped after step {made:,} of {steps:,}, which {options.output} has. To "
            f"go on: {_resume(options, record.COMMAND)}"
        )
    elif not options.json:
        for line in terminal_chart(noted, get_terminal_size().columns):
            print_line(line)
        last = noted[-1]
        losses = f"loss {last.training:.4f}"
        if last.validation is not None:
            losses += f", validation {last.validation:.4f}"
        print_line(f"{options.output}: {training.size:,} parameters, {made:,} steps, {losses}")
        for line in lines:
            print_line(line)


def _as_json(options: Namespace, training: Training[Any, Any]) -> dict[str, Any]:
    """Say how a training went, for programs."""
    record = training.record
    return {
        "output": options.output,
        "tokenizer": noted_tokenizer(options.output),
        "parameters": training.size,
        "step": training.optimizer.steps,
        "steps": record.settings.steps,
        "losses": [row._asdict() for row in record.curve.noted],
    }


def _resume(options: Namespace, command: str) -> str:
    """Write the command that goes on with a training."""
    words = [*options.prog.split(), command, *options.files, "-o", options.output, "--resume"]
    if options.special != "refuse":
        words += ["--special", options.special]
    words += ["--from-json"] if options.from_json else []
    for file in options.rehearse:
        words += ["--rehearse", file]
    words += ["--json"] if options.json else []
    words += ["--chart", options.chart] if options.chart else []
    return shlex.join(words)
