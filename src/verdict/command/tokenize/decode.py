"""The job `decode`: token IDs become text."""

from argparse import Namespace

from verdict.command.errors import naming
from verdict.command.output import print_json, write
from verdict.command.reading.ids import read_ids
from verdict.command.tokenizers.choosing import tokenizer


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
