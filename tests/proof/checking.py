"""Check a page's text without pytest."""

import io
from collections.abc import Sequence
from pathlib import Path
from unittest import SkipTest

import pytest

from proof import page as pages
from proof.page import Page, read, verdict
from tests import PATIENCE

PAGE = Path("docs/page.md")


def outcomes(text: str, includes: Sequence[Path] = ()) -> list[str]:
    """What the proof says of each block: nothing if it is proven, else why not."""
    page, problems = read(text, PAGE, includes)
    assert problems == []
    return [_outcome(page, number) for number in range(len(page.blocks))]


def outcomes_in_time(text: str, monkeypatch: pytest.MonkeyPatch, until: str = "") -> list[str]:
    """What the proof says of a page whose last block has no end, and whose first block has one.

    It gets a second, and on a busy machine as many as its first block takes, and what the last
    one prints before it goes on for ever.
    """
    for seconds in (1, 4, 16, 64, PATIENCE):
        with monkeypatch.context() as patched:
            patched.setattr(pages, "TIMEOUT", seconds)
            found = outcomes(text)
        if not found[0] and until in found[-1]:
            break
    return found


def printed(text: str) -> list[str | None]:
    """What each block of a page prints."""
    page, _ = read(text, PAGE)
    page.run()
    return [block.printed for block in page.blocks]


def outcomes_of_each(
    above: str, sources: Sequence[str], *, is_shown: bool = True
) -> dict[str, str]:
    """What the proof says of blocks that stand on one page, each with what it prints below it.

    Args:
        above: a block that stands above them.
        sources: the blocks.
        is_shown: whether the page shows what they print.
    """
    shown = printed(code(above) + "".join(map(code, sources)))[1:] if is_shown else []
    below = shown or [None for _ in sources]
    page = code(above) + "".join(map(code, sources, below))
    return dict(zip(sources, outcomes(page)[1:], strict=True))


def problems(text: str, includes: Sequence[Path] = ()) -> list[tuple[int, str]]:
    """Where a page breaks the rules, as lines from 1, and how."""
    return [(line + 1, problem) for line, problem in read(text, PAGE, includes)[1]]


def code(source: str, output: str | None = None) -> str:
    """A block, and what it prints below it."""
    below = "" if output is None else f"\n```output\n{output}```\n"
    return f"```python\n{source}```\n{below}\n"


def with_newlines(text: str) -> str:
    """The text as Sybil reads it from a file: each end of a line is a newline."""
    return io.StringIO(text, newline=None).read()


def is_alive(pid: int) -> bool:
    """Whether a process runs, on Linux."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8")
    except (FileNotFoundError, ProcessLookupError):  # it has gone, or goes while it is read
        return False
    return stat.rpartition(")")[2].split()[0] != "Z"


def _outcome(page: Page, number: int) -> str:
    try:
        return verdict(page.blocks[number]) or ""
    except SkipTest as reason:
        return f"skipped: {reason}"
