"""What several commands can be asked."""

import argparse
from typing import get_args

from verdict.command.tokenizers.kinds import Special
from verdict.command.tokenizers.names import DEFAULT, NAMED


def add_tokenizer(command: argparse.ArgumentParser, otherwise: str = "") -> None:
    """Ask which tokenizer to use.

    Args:
        command: Where to add the option.
        otherwise: What is used without it; if nothing is said, it is GPT-2's.
    """
    named = ", ".join(
        name if otherwise and name == DEFAULT else f"{name} ({does})"
        for name, (does, _) in NAMED.items()
    )
    command.add_argument(
        "--tokenizer",
        default=None if otherwise else DEFAULT,
        metavar="NAME",
        help=f"{named}, or a file that train wrote{otherwise}",
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
