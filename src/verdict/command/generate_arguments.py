"""What can be asked of the command `generate`."""

import argparse

from verdict.command import generation
from verdict.command.numbers import count, positive, share, temperature
from verdict.command.options import add_json, add_special, add_tokenizer


def add_generate(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command `generate` and all that can be asked of it."""
    does = "let a GPT go on with a text, token by token"
    command = commands.add_parser(
        "generate", help=does, description=f"{does.capitalize()}.", allow_abbrev=False
    )
    command.set_defaults(
        run=generation.generate, usage=command.error, prog=command.prog.rpartition(" ")[0]
    )
    command.add_argument(
        "text", nargs="?", metavar="TEXT", help="what to go on with; without it, standard input"
    )
    command.add_argument(
        "--model",
        default="gpt2",
        metavar="NAME",
        help="gpt2 (without this option), gpt2-medium, gpt2-large, gpt2-xl, or a file of weights "
        "in the same layout or of pretrain; a name is fetched once, gpt2 has 548 MB",
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
        type=temperature,
        default=0.8,
        metavar="T",
        help="how much is left to chance: 0 takes the likeliest token each time, 1 draws as often "
        "as the model says; 0.8 without it",
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
    add_tokenizer(command, "; without it, the one that the model's file names, or GPT-2's")
    add_special(command)
    add_json(command, 'print an object: {"prompt": "a", "text": " b", "ids": [1]}')
