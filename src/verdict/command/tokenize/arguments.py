"""What can be asked of the commands `encode`, `decode`, `train` and `stats`."""

from argparse import ArgumentParser, Namespace

from verdict.command.numbers import SMALLEST_VOCABULARY, count, vocab_size
from verdict.command.options import add_from_json, add_json, add_special, add_tokenizer


def add_encode(command: ArgumentParser) -> None:
    """Add all that can be asked of the command `encode`."""
    command.set_defaults(run=_encode)
    add_tokenizer(command)
    add_special(command)
    add_from_json(command)
    add_json(command, 'print an object for each file, such as {"file": "-", "ids": [1, 2]}')


def add_decode(command: ArgumentParser) -> None:
    """Add all that can be asked of the command `decode`."""
    command.set_defaults(run=_decode)
    add_tokenizer(command)
    add_json(command, 'print an object for each file, such as {"file": "-", "text": "a"}')


def add_train(command: ArgumentParser) -> None:
    """Add all that can be asked of the command `train`."""
    command.set_defaults(run=_train)
    command.add_argument(
        "--vocab-size",
        type=vocab_size,
        required=True,
        metavar="N",
        help=f"how many tokens there shall be: 256 bytes, 1 special token, the rest merges; "
        f"{SMALLEST_VOCABULARY} at least",
    )
    command.add_argument(
        "-o",
        "--output",
        required=True,
        metavar="FILE",
        help="the file to write it to",
    )
    add_from_json(command)
    add_json(command, "print an object that says what was learned")


def add_stats(command: ArgumentParser) -> None:
    """Add all that can be asked of the command `stats`."""
    command.set_defaults(run=_stats)
    add_tokenizer(command)
    add_special(command)
    add_from_json(command)
    command.add_argument(
        "--top",
        type=count,
        default=5,
        metavar="N",
        help="how many of the most common tokens to name; 5 without it",
    )
    add_json(command, "print an object for each file")


def _encode(options: Namespace) -> None:
    from verdict.command.tokenize.encode import encode

    encode(options)


def _decode(options: Namespace) -> None:
    from verdict.command.tokenize.decode import decode

    decode(options)


def _train(options: Namespace) -> None:
    from verdict.command.tokenize.train import train

    train(options)


def _stats(options: Namespace) -> None:
    from verdict.command.tokenize.stats import stats

    stats(options)
