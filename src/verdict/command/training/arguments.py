"""What can be asked of a command that trains a model."""

from argparse import ArgumentParser

from verdict.command.numbers import positive
from verdict.command.training.settings import TrainingSettings, add_settings


def add_training(command: ArgumentParser, settings: type[TrainingSettings]) -> None:
    """Add what is asked of every training: its files, and each of its settings."""
    command.add_argument(
        "-o",
        "--output",
        required=True,
        metavar="FILE",
        help="the file for the model and its training, in the format safetensors; a tokenizer that "
        "has no name is written beside it, with the ending .bpe",
    )
    command.add_argument(
        "--resume", action="store_true", help="go on with the training that the file has"
    )
    command.add_argument(
        "--overwrite", action="store_true", help="begin anew, whatever the file has"
    )
    add_settings(command, settings)
    command.add_argument(
        "--checkpoint-every",
        type=positive,
        default=100,
        metavar="N",
        help="after how many steps the file is written; 100 without it, and always at the end",
    )
    command.add_argument(
        "--chart", metavar="FILE", help="a file for a picture of the losses, in the format SVG"
    )
