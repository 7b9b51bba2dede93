"""The files that a training writes: none of them may replace what somebody needs."""

import json
from argparse import Namespace
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from verdict.command.errors import CommandError, writing
from verdict.command.reading.files import is_same_file
from verdict.command.tokenizers.choosing import WORDS
from verdict.command.tokenizers.kinds import BytePairs, Tokenizer
from verdict.command.tokenizers.names import NAMED
from verdict.command.tokenizers.words import Words
from verdict.whole_file import check_writable


def tokenizer_file(output: Path) -> Path:
    """Name the file for the tokenizer of a model."""
    return output.parent / f"{output.stem}.bpe"


def check_files(
    options: Namespace,
    output: Path,
    tokenizer_path: Path,
    read: Mapping[str, str] = MappingProxyType({}),
) -> None:
    """Make sure, before long work, that nothing is lost by it and all can be written.

    Args:
        options: What was asked for.
        output: The file of the training.
        tokenizer_path: The file of its tokenizer.
        read: What is read beside the files to learn from, and what messages call it.

    Raises:
        SystemExit: If what was asked makes no sense.
        CommandError: If a file cannot be written, or is there already.
    """
    if options.resume and options.overwrite:
        options.usage("argument --overwrite: --resume goes on with what is there")
    if output == tokenizer_path:
        options.usage(f"argument -o/--output: {output} would be the tokenizer's file")
    chart = Path(options.chart) if options.chart else None
    copies = is_tokenizer_saved(options, tokenizer_path)
    written = {"-o/--output": output}
    if chart:
        written["--chart"] = chart
    if copies:
        written["-o/--output, and its tokenizer"] = tokenizer_path
    for option, path in written.items():
        with writing(path):
            check_writable(path)
        if any(is_same_file(path, name) for name in options.files):
            options.usage(f"argument {option}: {path} is one of the files to learn from")
        for name, what in read.items():
            if is_same_file(path, name):
                options.usage(f"argument {option}: {path} is {what}")
    if chart and chart.resolve() in {output.resolve(), tokenizer_path.resolve()}:
        options.usage(f"argument --chart: {chart} is another file of this training")
    if options.resume:
        return
    if output.exists() and not options.overwrite:
        raise CommandError(
            f"{output} is there already: --resume goes on with the training in it, --overwrite "
            "begins anew"
        )
    if copies and tokenizer_path.exists() and not options.overwrite:
        raise CommandError(
            f"{tokenizer_path} is there already, and the tokenizer would be written there: "
            f"--tokenizer {tokenizer_path} uses it, --overwrite replaces it"
        )


def is_tokenizer_saved(options: Namespace, tokenizer_path: Path) -> bool:
    """Tell whether a tokenizer is written beside the model: none that has a name or is there."""
    if options.resume or options.tokenizer in NAMED:
        return False
    return options.tokenizer is None or not is_same_file(tokenizer_path, options.tokenizer)


def save_tokenizer(options: Namespace, chosen: Tokenizer, tokenizer_path: Path) -> None:
    """Write the tokenizer beside the model, unless it has a name, or lies there.

    Raises:
        CommandError: If it cannot be written.
    """
    if isinstance(chosen, BytePairs) and is_tokenizer_saved(options, tokenizer_path):
        with writing(tokenizer_path):
            chosen.save(tokenizer_path)


def words_remark(options: Namespace, chosen: Tokenizer) -> dict[str, str]:
    """Give the remark that lists the words of a tokenizer which has no name, and no file."""
    if isinstance(chosen, Words) and options.tokenizer not in NAMED:
        return {WORDS: json.dumps(chosen.words)}
    return {}
