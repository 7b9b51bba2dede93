"""What several commands can be asked."""

import argparse
from typing import get_args

from verdict.command.tokenizer_kinds import Special
from verdict.command.tokenizers import DEFAULT, NAMED


def add_tokenizer(command: argparse.ArgumentParser) -> None:
    """Ask which tokenizer to use."""
    command.add_argument(
        "--tokenizer",
        default=DEFAULT,
        metavar="NAME",
        help=", ".join(f"{name} ({does})" for name, (does, _) in NAMED.items())
        + ", or a file that train wrote",
    )


def add_special(command: argparse.ArgumentParser) -> None:
    """Ask what a special token in the text is to be."""
    command.add_argument(
        "--special",
        choices=get_args(Special),
        default=get_args(Special)[0],
        help="what to do about a special token, such as <|endoftext|>, in the text: refuse it "
        "(without this option), make it one token, or take it as text; words always makes it one",
    )


def add_from_json(command: argparse.ArgumentParser) -> None:
    """Ask whether objects are read."""
    command.add_argument(
        "--from-json",
        action="store_true",
        help="what is read are objects such as decode --json prints, each with its text",
    )


def add_json(command: argparse.ArgumentParser, does: str) -> None:
    """Ask whether objects are printed, and say which."""
    command.add_argument("--json", action="store_true", help=does)
