"""What can be wrong with what the command was given, and which file it is wrong in."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from verdict.command.messages import called


class CommandError(Exception):
    """Bad data, or a file that cannot be read or written; the message is for people."""


class RefusedTokenError(ValueError):
    """The text has a special token, and nobody said what it is to be."""


@contextmanager
def reading(path: str | os.PathLike[str]) -> Iterator[None]:
    """Say which file cannot be read, and why."""
    try:
        yield
    except OSError as error:
        raise CommandError(f"{path} cannot be read: {error.strerror}") from error
    except ValueError as error:
        raise CommandError(str(error)) from error


@contextmanager
def writing(output: str | os.PathLike[str]) -> Iterator[None]:
    """Say which file cannot be written, and why."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise CommandError(f"{output} cannot be written: {error.strerror}") from error


@contextmanager
def naming(name: str) -> Iterator[None]:
    """Say in which file a token is unknown, or refused."""
    try:
        yield
    except (KeyError, RefusedTokenError) as error:
        raise CommandError(f"{called(name)}: {error.args[0]}") from error
