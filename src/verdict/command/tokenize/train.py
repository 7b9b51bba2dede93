"""The job `train`: a byte pair tokenizer is learned from texts."""

import sys
from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path

from verdict.command.errors import writing
from verdict.command.messages import tell
from verdict.command.output import print_json, print_line
from verdict.command.reading.files import is_same_file
from verdict.command.reading.texts import all_texts
from verdict.text.byte_pair_tokenizer import BytePairTokenizer
from verdict.text.special_tokens import END_OF_TEXT
from verdict.whole_file import check_writable, standard_stream


def train(options: Namespace) -> None:
    """Learn a tokenizer from all files together, and say what was learned."""
    output = Path(options.output)
    with writing(output):
        found = check_writable(output)
    if any(is_same_file(output, name) for name in options.files):
        options.usage(f"argument -o/--output: {output} is one of the files to learn from")
    size: int = options.vocab_size
    learned = BytePairTokenizer.train(
        _all_texts_as_one(options), size, special_tokens=[END_OF_TEXT]
    )
    with writing(output):
        learned.save(output)
    merges = len(learned.merges)
    # What is told never gets into the tokenizer, where that is written to standard output.
    out = (sys.stderr if found and standard_stream(found) == 1 else sys.stdout).buffer
    if options.json:
        print_json({"output": str(output), "tokens": learned.vocab_size, "merges": merges}, out)
        return
    print_line(
        f"{output}: {learned.vocab_size:,} tokens: 256 bytes, {merges:,} merges, {END_OF_TEXT}", out
    )
    if learned.vocab_size < size:
        print_line(f"There are fewer than {size:,}, because no pair was left to merge.", out)


def _all_texts_as_one(options: Namespace) -> Iterator[str]:
    """Yield the texts of all files, piece by piece, each behind a special token."""
    for _, pieces in all_texts(options):
        yield END_OF_TEXT
        yield from pieces
    tell("The text has been read. Merges are being learned.")
