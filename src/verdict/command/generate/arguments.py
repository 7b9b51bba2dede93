"""What can be asked of the command `generate`."""

import argparse

from verdict.command import numbers
from verdict.command.models.loading import CHOICES
from verdict.command.numbers import count, positive, share
from verdict.command.options import add_json, add_special, add_tokenizer


def add_generate(command: argparse.ArgumentParser) -> None:
    """Add all that can be asked of the command `generate`."""
    command.set_defaults(run=_generate)
    command.add_argument(
        "text", nargs="?", metavar="TEXT", help="what to go on with; without it, standard input"
    )
    add_drawing(command, model="gpt2", temperature=0.8)
    add_tokenizer(command, "; without it, the one that the model's file names, or GPT-2's")
    add_special(command)
    add_json(command, 'print an object: {"prompt": "a", "text": " b", "ids": [1]}')


def add_drawing(command: argparse.ArgumentParser, *, model: str, temperature: float) -> None:
    """Ask which model writes, how much, and how its tokens are drawn.

    Args:
        command: Where to add the options.
        model: The model that is taken unless another is named.
        temperature: How much is left to chance unless something else is said.
    """
    command.add_argument(
        "--model",
        default=model,
        metavar="NAME",
        help=f"{model} (without this option); another of {CHOICES}. GPT-2's are fetched once, gpt2 "
        "has 548 MB",
    )
    command.add_argument(
        "--heads",
        type=positive,
        metavar="N",
        help="how many heads the model in a file has; without it, as many as the file says, or one "
        "for each 64 numbers",
    )
    command.add_argument(
        "--max-tokens", type=count, default=50, metavar="N", help="how many to add; 50 without it"
    )
    command.add_argument(
        "--temperature",
        type=numbers.temperature,
        default=temperature,
        metavar="T",
        help="how much is left to chance: 0 takes the likeliest token each time, 1 draws as often "
        f"as the model says; {temperature:g} without it",
    )
    command.add_argument(
        "--top-k", type=positive, metavar="N", help="draw only from so many of the likeliest tokens"
    )
    command.add_argument(
        "--top-p",
        type=share,
        metavar="P",
        help="draw only from the fewest tokens that have this share together, such as 0.9",
    )
    command.add_argument(
        "--seed", type=count, metavar="N", help="the same number draws the same text"
    )


def _generate(options: argparse.Namespace) -> None:
    from verdict.command.generate.job import generate

    generate(options)
