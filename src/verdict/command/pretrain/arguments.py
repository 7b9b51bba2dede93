"""What can be asked of the command `pretrain`."""

from argparse import ArgumentParser, Namespace

from verdict.command.options import add_from_json, add_json, add_special, add_tokenizer
from verdict.command.pretrain.settings import PretrainSettings
from verdict.command.training.arguments import add_training


def add_pretrain(command: ArgumentParser) -> None:
    """Add all that can be asked of the command `pretrain`."""
    command.set_defaults(run=_pretrain, rehearse=[])
    add_training(command, PretrainSettings)
    add_tokenizer(command, "; without it, one is learned from the text")
    add_special(command)
    add_from_json(command)
    add_json(command, "print an object that says how the training went, and no chart")


def _pretrain(options: Namespace) -> None:
    from verdict.command.pretrain.job import pretrain

    pretrain(options)
