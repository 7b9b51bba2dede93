"""Texts: read in UTF-8, from files as they are or from objects in JSON."""

import codecs
from argparse import Namespace
from collections.abc import Iterator

from verdict.command.errors import CommandError
from verdict.command.messages import called
from verdict.command.reading.files import read, without_bom
from verdict.command.reading.json_objects import read_objects


def all_texts(
    options: Namespace, *, keep_bom: bool = False, prints_meanwhile: bool = False
) -> Iterator[tuple[str, Iterator[str]]]:
    """Read the texts of all files that were named; see `read_texts`."""
    for name in options.files:
        yield from read_texts(
            name, from_json=options.from_json, keep_bom=keep_bom, prints_meanwhile=prints_meanwhile
        )


def read_texts(
    name: str, *, from_json: bool = False, keep_bom: bool = False, prints_meanwhile: bool = False
) -> Iterator[tuple[str, Iterator[str]]]:
    """Read the text of a file, or the texts of the objects in it.

    Args:
        name: The path of a file, or `-`.
        from_json: Whether the file holds objects such as `decode --json` prints.
        keep_bom: Whether a byte order mark at the start of the file is kept.
        prints_meanwhile: As for `files.read`.

    Yields:
        The name of each text and its pieces.

    Raises:
        CommandError: If it cannot be read, or has another form.
    """
    if not from_json:
        yield name, read_text(name, keep_bom=keep_bom, prints_meanwhile=prints_meanwhile)
        return
    for file, text, line in read_objects(
        name, without_bom(read(name, prints_meanwhile=prints_meanwhile)), "text"
    ):
        if not isinstance(text, str):
            raise CommandError(f'{called(name)}, line {line}: "text" is no text')
        yield file, iter([text])


def read_text(
    name: str, *, keep_bom: bool = False, prints_meanwhile: bool = False
) -> Iterator[str]:
    """Read a text in UTF-8 just as it is, line ends included.

    Args:
        name: The path of a file, or `-`.
        keep_bom: Whether a byte order mark at its start is kept.
        prints_meanwhile: As for `files.read`.

    Yields:
        The text, piece by piece.

    Raises:
        CommandError: If it cannot be read, or is not UTF-8.
    """
    decoder = codecs.getincrementaldecoder("utf-8")()
    position, line = 0, 1
    begins = not keep_bom
    for data in read(name, prints_meanwhile=prints_meanwhile):
        try:
            text = decoder.decode(data, final=not data)
        except UnicodeDecodeError as error:
            # It counts from the bytes that were kept from the piece before.
            place = position + len(data) - len(error.object) + error.start
            line += error.object.count(b"\n", 0, error.start)
            raise CommandError(
                f"{called(name)} is not UTF-8: byte 0x{error.object[error.start]:02x} at position "
                f"{place}, in line {line}, cannot be decoded"
            ) from None
        position += len(data)
        line += data.count(b"\n")
        if begins and text:
            text, begins = text.removeprefix("\ufeff"), False
        if text:
            yield text


def check_characters(text: str, name: str) -> None:
    """Make sure that a text from the command line can be written in UTF-8.

    Args:
        text: The text. Where it was no UTF-8, Python has put surrogates into it.
        name: What messages call it.

    Raises:
        CommandError: If it cannot.
    """
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise CommandError(f"{name} is not UTF-8: {error}") from error
