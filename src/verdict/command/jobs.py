"""What the command does: encode, decode, train."""

import json
import sys
from argparse import Namespace
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

from verdict.command.errors import CommandError
from verdict.command.files import tell, write
from verdict.command.ids import read_ids
from verdict.command.output import naming, print_json, print_line
from verdict.command.texts import all_texts
from verdict.command.tokenizers import tokenizer
from verdict.text.byte_pair_tokenizer import BytePairTokenizer
from verdict.text.special_tokens import END_OF_TEXT
from verdict.whole_file import check_writable, standard_stream

IDS_AT_ONCE = 2**13
"""How many token IDs are written at once."""


def encode(options: Namespace) -> None:
    """Write the token IDs of each file on a line of its own."""
    chosen = tokenizer(options)
    for name, pieces in all_texts(options, keep_bom=chosen.keeps_all, prints_meanwhile=True):
        ids = chosen.encode(pieces, options.special)
        if options.json:
            write(f'{{"file": {json.dumps(name)}, "ids": ['.encode())
        with naming(name):
            for data in _joined(ids, ", " if options.json else " "):
                write(data)
        write(b"]}\n" if options.json else b"\n")


def decode(options: Namespace) -> None:
    """Write the text of the token IDs in each file, one text behind the other."""
    chosen = tokenizer(options)
    for file in options.files:
        for name, ids in read_ids(file, prints_meanwhile=not options.json):
            with naming(name):
                texts = chosen.decode(ids)
                if options.json:
                    text = b"".join(texts).decode("utf-8", "replace")
                    print_json({"file": name, "text": text})
                else:
                    for data in texts:
                        write(data)


def train(options: Namespace) -> None:
    """Learn a tokenizer from all files together, and say what was learned."""
    output = Path(options.output)
    with writing(output):
        found = check_writable(output)
    if any(is_file(output, name) for name in options.files):
        options.usage(f"argument -o/--output: {output} is one of the files to learn from")
    size: int = options.vocab_size
    learned = BytePairTokenizer.train(_one_stream(options), size, special_tokens=[END_OF_TEXT])
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


@contextmanager
def writing(output: Path) -> Iterator[None]:
    """Say which file cannot be written, and why."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise CommandError(f"{output} cannot be written: {error.strerror}") from error


def _one_stream(options: Namespace) -> Iterator[str]:
    """Yield the texts of all files, piece by piece, each behind a special token."""
    for _, pieces in all_texts(options):
        yield END_OF_TEXT
        yield from pieces
    tell("The text has been read. Merges are being learned.")


def is_file(path: Path, name: str) -> bool:
    """Tell whether a path leads to the file of a name."""
    return path.exists() and Path(name).exists() and path.samefile(name)


def _joined(ids: Iterable[int], between: str) -> Iterator[bytes]:
    """Write token IDs with something between them, some at a time."""
    ids, begun = iter(ids), ""
    while some := list(islice(ids, IDS_AT_ONCE)):
        yield (begun + between.join(map(str, some))).encode()
        begun = between
