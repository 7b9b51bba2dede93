"""What can be asked of the command `pretrain`."""

from argparse import ArgumentParser

from verdict.command import pretraining
from verdict.command.numbers import positive
from verdict.command.options import add_from_json, add_json, add_special, add_tokenizer
from verdict.command.pretrain_settings import PretrainSettings
from verdict.command.training_settings import add_settings


def add_pretrain(command: ArgumentParser) -> None:
    """Add all that can be asked of the command `pretrain`."""
    command.set_defaults(run=pretraining.pretrain)
    command.add_argument(
        "-o",
        "--output",
        required=True,
        metavar="FILE",
        help="the file for the model and its training, in the format safetensors; the tokenizer "
        "is written beside it, with the ending .bpe",
    )
    command.add_argument(
        "--resume", action="store_true", help="go on with the training that the file has"
    )
    command.add_argument(
        "--overwrite", action="store_true", help="begin anew, whatever the file has"
    )
    add_settings(command, PretrainSettings)
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
    add_tokenizer(command, "; without it, one is learned from the text")
    add_special(command)
    add_from_json(command)
    add_json(command, "print an object that says how the training went, and no chart")
