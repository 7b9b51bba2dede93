"""Put what the blocks printed into the page, and change nothing else."""

import io
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from proof import session
from proof.files import write_whole
from proof.page import Block


class NotWrittenError(Exception):
    """A file was left as it is; the message says why."""


def rewrite(path: Path, blocks: Iterable[Block]) -> None:
    """Rewrite the outdated outputs of a page in its file, unless there are none.

    Raises:
        NotWrittenError: the file is not what was read before the run, or cannot be written.
    """
    blocks = list(blocks)
    if not any(block.outdated for block in blocks):
        return
    try:
        text = path.read_bytes().decode("utf-8")
        if any(_as_read(text) != block.page.text for block in blocks):
            raise NotWrittenError(CHANGED)
        write_whole(path, updated(text, blocks))
    except (OSError, UnicodeDecodeError) as error:
        raise NotWrittenError(f"it was left as it is: {why(error)}") from error


def why(error: Exception) -> str:
    """What an error says, without its number and its file."""
    return str(getattr(error, "strerror", None) or error)


CHANGED = "it was edited while its code ran, so it was left as it is: update its outputs once more"


def _as_read(text: str) -> str:
    """The text with universal newlines, as Sybil reads it from a file."""
    return io.StringIO(text, newline=None).read()


def updated(text: str, blocks: Iterable[Block]) -> str:
    """The page's text with the outdated outputs rewritten, and nothing else changed.

    Line ends stay what they are, and new lines end like the one above them.
    """
    lines = re.split(r"(?<=\n)|(?<=\r)(?!\n)", text)  # universal newlines, as Sybil reads
    for block in sorted(blocks, key=lambda block: block.fence.first, reverse=True):
        for first, end, rows in sorted(_changes(lines, block), reverse=True):
            new_line = _end(lines[first - 1])  # as the line above has it
            lines[first:end] = [(block.fence.prefix + row).rstrip(" ") + new_line for row in rows]
    return "".join(lines)


def _changes(lines: list[str], block: Block) -> Iterator[tuple[int, int, list[str]]]:
    """The lines of the page to change, as in a slice, and the rows that belong there."""
    if not block.outdated:
        return
    code, output = block.fence, block.output
    printed = (block.printed or "").split("\n")[:-1]
    if output is None:
        mark = _long_enough("```", printed)
        if not _end(lines[code.last]):
            lines[code.last] += _end(lines[code.first])
        yield code.last + 1, code.last + 1, ["", f"{mark}output", *printed, mark]
        return
    if not printed:  # it prints no more: the fence goes, and the blank lines above it
        yield code.last + 1, output.last + 1, []
        return
    mark = _long_enough(output.mark, printed)
    if mark != output.mark:
        for at in (output.first, output.last):
            heading = lines[at][len(code.prefix) :].rstrip("\r\n")
            yield at, at + 1, [heading.replace(output.mark, mark, 1)]
    if block.is_session:
        for first, end, rows in session.changes(block.source, block.outputs):
            yield code.first + 1 + first, code.first + 1 + end, rows
    else:
        yield output.first + 1, output.last, printed


def _end(line: str) -> str:
    return line[len(line.rstrip("\r\n")) :]


def _long_enough(mark: str, printed: list[str]) -> str:
    """The marks of a fence, or more of them, so that they stand nowhere in what was printed."""
    longest = max(len(run) for run in re.findall(rf"{mark[0]}*", "\n".join(printed)))
    return mark if longest < len(mark) else mark[0] * (longest + 1)
