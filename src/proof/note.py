"""What is said of blocks that could not be run: how many, why, what would change that."""

from collections.abc import Sequence
from html import escape

from proof.record import BlockNotRun, Record
from proof.unavailable import in_short


def how_many(gaps: Sequence[BlockNotRun], proven: int) -> str:
    """How many of a page's blocks were not run, as the beginning of a sentence.

    >>> how_many([BlockNotRun(3, "", "")], 5)
    '1 of the 6 blocks of code on this page was not run'
    """
    were = "was" if len(gaps) == 1 else "were"
    if proven:
        return f"{len(gaps)} of the {len(gaps) + proven} blocks of code on this page {were} not run"
    which = "The block" if len(gaps) == 1 else f"The {len(gaps)} blocks"
    return f"{which} of code on this page {were} not run"


def why(gaps: Sequence[BlockNotRun]) -> str:
    """What could not be had, each want once."""
    return " ".join(dict.fromkeys(in_short(gap.reason) for gap in gaps))


def with_note(
    html: str, at: int, gaps: Sequence[BlockNotRun], proven: int, remedy: str = ""
) -> str:
    """The page with the note below its title.

    Args:
        html: the page.
        at: where its first block that was not run begins; the note is at the latest there.
        gaps: its blocks that were not run.
        proven: how many others there are.
        remedy: the command that would run them, if there is one.
    """
    they, them = ("It carries", "it") if len(gaps) == 1 else ("They carry", "them")
    note = (
        f"<p><strong>{escape(how_many(gaps, proven))} here.</strong> {escape(why(gaps))} {they} no "
        f"mark, and nothing was compared with the output below {them}.</p>"
    )
    if remedy:
        note += f"<p>To run {them}: <code>{escape(remedy)}</code></p>"
    title = html.find("</h1>", 0, at)
    at = title + len("</h1>") if title >= 0 else at
    return f'{html[:at]}\n<div class="not-run" role="note">{note}</div>\n{html[at:]}'


def summary(records: Sequence[Record]) -> list[str]:
    r"""Sum up records for a terminal: the blocks that all of them have proven, and the others.

    >>> some = {"a.md": [BlockNotRun(3, "", "GoneError: There is no file.")]}
    >>> print(*summary([Record("3.13", {"a.md": []}, None, some, "make file")]), sep="\n")
    Proven: 0 blocks, on Python 3.13.
    Not run: 1 block. There is no file.
    To run it: make file
    """
    gaps = {
        (name, gap.line, gap.code): gap
        for record in records
        for name, found in record.not_run.items()
        for gap in found
    }
    proven = [
        {(name, block.line, block.code) for name, found in record.pages.items() for block in found}
        for record in records
    ]
    everywhere = set.intersection(*proven) if proven else set()
    pythons = ", ".join(record.python for record in records)
    said = [f"Proven: {_blocks(len(everywhere))}, on Python {pythons}."] if records else []
    if gaps:
        said.append(f"Not run: {_blocks(len(gaps))}. {why(list(gaps.values()))}")
        remedy = next((record.remedy for record in records if record.remedy), "")
        said += [f"To run {'it' if len(gaps) == 1 else 'them'}: {remedy}"] if remedy else []
    return said


def _blocks(number: int) -> str:
    return f"{number:,} block{'' if number == 1 else 's'}"
