"""What can be asked of the command, and its help."""

import argparse
from importlib.metadata import PackageNotFoundError, version

from verdict.command.ask.arguments import add_ask
from verdict.command.classify.arguments import add_classify
from verdict.command.finetune.arguments import add_finetune
from verdict.command.generate.arguments import add_generate
from verdict.command.messages import STANDARD_INPUT
from verdict.command.pretrain.arguments import add_pretrain
from verdict.command.tokenize.arguments import add_decode, add_encode, add_stats, add_train

EXAMPLES = """\
examples:
  echo Hello, world | {prog} encode
  {prog} encode notes.txt | {prog} decode
  {prog} train notes.txt more.txt --vocab-size 1000 -o notes.bpe
  {prog} encode --tokenizer notes.bpe --json notes.txt
  {prog} stats --tokenizer words notes.txt
  {prog} pretrain notes.txt -o notes.safetensors
  {prog} generate --model notes.safetensors "It was"
  {prog} generate --model gpt2 "Every effort moves you"
  {prog} finetune messages.csv -o filter.safetensors
  {prog} classify --model filter.safetensors "Claim your prize today"
  {prog} ask "reverse the words" --input "sun moon river"

Files are text in UTF-8. Without a file, or where one is -, standard input is read.
"""


def parser(prog: str) -> argparse.ArgumentParser:
    """Make the parser of the arguments; what it returns has the job to run as `run`."""
    whole = argparse.ArgumentParser(
        prog=prog,
        description="Turn text into token IDs and back, learn how to, train a model and tune it, "
        "let it write, label texts and answer.",
        epilog=EXAMPLES.format(prog=prog),
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    whole.add_argument("--version", action="version", version=_version())
    commands = whole.add_subparsers(title="commands", metavar="COMMAND", required=True)

    add_encode(_command(commands, "encode", "turn text into token IDs, a line for each file"))
    add_decode(_command(commands, "decode", "turn token IDs into text"))
    does = "learn a byte pair tokenizer from text"
    add_train(_command(commands, "train", does, files="+"))
    add_stats(_command(commands, "stats", "count characters, tokens and unknown words"))
    add_pretrain(_command(commands, "pretrain", "train a GPT on text, from nothing"))
    does = "let a GPT go on with a text, token by token"
    add_generate(_command(commands, "generate", does, files=""))
    add_finetune(_command(commands, "finetune", "teach a pretrained GPT labels, or answers"))
    does = "give texts the labels that a model has learned"
    add_classify(_command(commands, "classify", does, files=""))
    add_ask(_command(commands, "ask", "let a tuned model answer an instruction", files=""))
    return whole


def _command(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]",
    name: str,
    does: str,
    *,
    files: str = "*",
) -> argparse.ArgumentParser:
    description = f"{does[0].upper()}{does[1:]}."
    command = commands.add_parser(name, help=does, description=description, allow_abbrev=False)
    command.set_defaults(usage=command.error, prog=command.prog.rpartition(" ")[0])
    if files:
        command.add_argument(
            "files",
            nargs=files,
            default=[STANDARD_INPUT],
            metavar="FILE",
            help=f"what to read; {STANDARD_INPUT} is standard input",
        )
    return command


def _version() -> str:
    try:
        return f"verdict {version('verdict-course')}"
    except PackageNotFoundError:
        return "verdict, run from its source and not installed"
