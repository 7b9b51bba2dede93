"""What can be asked of the command `finetune`."""

from argparse import ArgumentParser, Namespace

from verdict.command.finetune.settings import FinetuneSettings
from verdict.command.numbers import positive
from verdict.command.options import add_json, add_special, add_tokenizer
from verdict.command.training.arguments import add_training


def add_finetune(command: ArgumentParser) -> None:
    """Add all that can be asked of the command `finetune`."""
    command.set_defaults(run=_finetune, from_json=False)
    command.add_argument(
        "--model",
        metavar="NAME",
        help="the model to begin with: a file that pretrain wrote; one of the package, which are "
        "messages (taken for labels without this option), orders, assistant-pretrained (taken for "
        "instructions) and assistant; or gpt2, gpt2-medium, gpt2-large or gpt2-xl",
    )
    command.add_argument(
        "--heads",
        type=positive,
        metavar="N",
        help="how many heads the model in a file has, if the file does not say it",
    )
    command.add_argument(
        "--rehearse",
        action="append",
        default=[],
        metavar="FILE",
        help="a text that the model has read before, and shall not forget: windows of it are "
        "learned beside the instructions; several files are one text",
    )
    add_training(command, FinetuneSettings)
    add_tokenizer(command, "; without it, the one that the model's file names, or GPT-2's")
    add_special(command)
    add_json(command, "print an object that says how the training went, and no chart")


def _finetune(options: Namespace) -> None:
    from verdict.command.finetune.job import finetune  # with NumPy, which other commands do without

    finetune(options)
