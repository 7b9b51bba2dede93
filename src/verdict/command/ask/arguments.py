"""What can be asked of the command `ask`."""

from argparse import ArgumentParser, Namespace

from verdict.command.generate.arguments import add_drawing
from verdict.command.options import add_json, add_special, add_tokenizer


def add_ask(command: ArgumentParser) -> None:
    """Add all that can be asked of the command `ask`."""
    command.set_defaults(run=_ask)
    command.add_argument(
        "instruction",
        nargs="?",
        metavar="INSTRUCTION",
        help="what to do; without it and without --file, standard input",
    )
    command.add_argument(
        "--input", default="", metavar="TEXT", help="what to do it with, where that is apart"
    )
    command.add_argument(
        "--file",
        metavar="FILE",
        help="instructions from a file: one in each line; or CSV or JSON with instruction and "
        "input in each row. If the rows have responses too, it is counted how many answers equal "
        "them",
    )
    add_drawing(command, model="assistant", temperature=0.0)
    add_tokenizer(command, "; without it, the one that the model's file names, or GPT-2's")
    add_special(command)
    add_json(
        command,
        'print an object for each answer: {"instruction": "a", "input": "b", "response": "c", '
        '"ids": [1]}',
    )


def _ask(options: Namespace) -> None:
    from verdict.command.ask.job import ask  # with NumPy, which other commands do without

    ask(options)
