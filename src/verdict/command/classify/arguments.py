"""What can be asked of the command `classify`."""

from argparse import ArgumentParser, Namespace

from verdict.command.options import add_json, add_special


def add_classify(command: ArgumentParser) -> None:
    """Add all that can be asked of the command `classify`."""
    command.set_defaults(run=_classify)
    command.add_argument(
        "--model", required=True, metavar="FILE", help="a file that finetune wrote"
    )
    command.add_argument(
        "texts",
        nargs="*",
        metavar="TEXT",
        help="what to classify; without texts and files, standard input",
    )
    command.add_argument(
        "--file",
        action="append",
        default=[],
        metavar="FILE",
        help="texts from a file, for which the option can be given several times: a text in each "
        "line; or CSV or JSON with a text in each row. If the rows have labels too, a table says "
        "what was taken for what, and an x stands before each mistake",
    )
    add_special(command)
    add_json(
        command, 'print an object for each text: {"text": "a", "label": "b", "probability": 0.9}'
    )


def _classify(options: Namespace) -> None:
    from verdict.command.classify.job import classify  # with NumPy: others do without it

    classify(options)
