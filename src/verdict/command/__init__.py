"""The command `verdict`: from text to token IDs, to a model, to labels and answers.

The exit code is 0 if all went well, 1 for what cannot be read or written, 2 for a command that
makes no sense, 130 after Ctrl+C, and 141 if the program that was to read the output has gone.
"""

import os
import sys
from collections.abc import Sequence
from errno import EINVAL
from pathlib import Path

from verdict.command.errors import CommandError


def main(arguments: Sequence[str] | None = None, prog: str = "verdict") -> int:
    """Run the command.

    Args:
        arguments: What stands behind the command's name; without them, those of this process.
        prog: How the command was called, for its help.

    Returns:
        The exit code.

    Raises:
        SystemExit: If the arguments make no sense (2), or ask only for help (0).
    """
    if sys.stderr is None:  # it is closed: else a file would get its number, and its messages
        _drop_errors()
    try:
        from verdict.command.arguments import parser

        try:
            options = parser(prog).parse_args(arguments)
            if sys.stdout is None:
                raise CommandError("the output cannot be written: standard output is closed")
            options.run(options)
        finally:
            if sys.stdout is not None:
                sys.stdout.flush()
    except CommandError as error:
        _complain(str(error))
        return 1
    except KeyboardInterrupt:
        return 130
    except OSError as error:  # what is read has errors of its own, so it was the output
        _write_no_more()
        if isinstance(error, BrokenPipeError) or (os.name == "nt" and error.errno == EINVAL):
            return 141  # Windows has no name of its own for a pipe that nobody reads
        _complain(f"the output cannot be written: {error.strerror}")
        return 1
    return 0


def _complain(message: str) -> None:
    try:
        print(f"verdict: {message}", file=sys.stderr, flush=True)
    except OSError:  # who was to read it has gone; the exit code still says it
        _drop_errors()


def _drop_errors() -> None:
    sys.stderr = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - until the end


def _write_no_more() -> None:
    """Send to nowhere what Python would still write, and fail to, when it ends."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)
