"""The command `verdict`, for people at a terminal: encode, decode, train, stats.

The exit code is 0 if all went well, 1 for what cannot be read or written, 2 for a command that
makes no sense, 130 after Ctrl+C, and 141 if the program that was to read the output has gone.
"""

import os
import sys
from collections.abc import Sequence
from errno import EINVAL

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
    try:
        from verdict.command.arguments import parser

        options = parser(prog).parse_args(arguments)
        options.run(options)
        sys.stdout.flush()
    except CommandError as error:
        print(f"verdict: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    except OSError as error:  # what is read has errors of its own, so it was the output
        _write_no_more()
        if isinstance(error, BrokenPipeError) or (os.name == "nt" and error.errno == EINVAL):
            return 141  # Windows has no name of its own for a pipe that nobody reads
        print(f"verdict: the output cannot be written: {error.strerror}", file=sys.stderr)
        return 1
    return 0


def _write_no_more() -> None:
    """Send to nowhere what Python would still write, and fail to, when it ends."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)
