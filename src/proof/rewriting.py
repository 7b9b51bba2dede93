"""Put what the blocks printed into the page, and change nothing else."""

import io
import re
from collections.abc import Iterable
from pathlib import Path

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
        if block.outdated:
            _update(lines, block)
    return "".join(lines)


def _update(lines: list[str], block: Block) -> None:
    code, output = block.fence, block.output
    printed = (block.printed or "").split("\n")[:-1]
    if output and not printed:  # it prints no more: the fence goes, and the blank lines above it
        first, last, rows = code.last + 1, output.last, []
    elif output and output.mark not in "".join(printed):
        first, last, rows = output.first + 1, output.last - 1, printed
    elif output:
        first, last, rows = output.first, output.last, _fenced(printed)
    else:
        first, last, rows = code.last + 1, code.last, ["", *_fenced(printed)]
        if not _end(lines[code.last]):
            lines[code.last] += _end(lines[code.first])
    end = _end(lines[first - 1])  # as the line above has it
    lines[first : last + 1] = [(code.prefix + row).rstrip(" ") + end for row in rows]


def _end(line: str) -> str:
    return line[len(line.rstrip("\r\n")) :]


def _fenced(printed: list[str]) -> list[str]:
    """An output fence, its marks longer than any among what was printed."""
    longest = max(len(run) for run in re.findall(r"`*", "\n".join(printed)))
    mark = "`" * max(3, longest + 1)
    return [f"{mark}output", *printed, mark]
