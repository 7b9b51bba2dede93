"""The job `encode`: text becomes token IDs."""

import json
from argparse import Namespace
from collections.abc import Iterable, Iterator
from itertools import islice

from verdict.command.errors import naming
from verdict.command.output import write
from verdict.command.reading.texts import all_texts
from verdict.command.tokenizers.choosing import tokenizer

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


def _joined(ids: Iterable[int], between: str) -> Iterator[bytes]:
    """Write token IDs with something between them, some at a time."""
    ids, begun = iter(ids), ""
    while some := list(islice(ids, IDS_AT_ONCE)):
        yield (begun + between.join(map(str, some))).encode()
        begun = between
