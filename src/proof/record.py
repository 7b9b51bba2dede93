"""The record of the proof: which blocks ran as shown, on which Python, and which could not run."""

import hashlib
import json
import platform
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path

from proof.commit import Commit
from proof.files import write_whole


@dataclass(frozen=True)
class ProvenBlock:
    """A block that ran and printed what its page shows.

    `code` and `output` are the digests of both texts, `line` is where the block stands,
    counted from 1 (in a notebook: the number of the cell).
    """

    line: int
    code: str
    output: str


@dataclass(frozen=True)
class BlockNotRun:
    """A block that could not be run, since something could not be had.

    `line` and `code` are as for a proven block. `reason` is the message of the error that said
    so, in this block or in one above it.
    """

    line: int
    code: str
    reason: str


@dataclass(frozen=True)
class Record:
    """What one run has proven: for each page below the docs folder, its blocks in order.

    `commit` is the state of the files that it ran on, if there is one that has them all.
    `not_run` has, for each page that has some, the blocks that could not be run where the
    record was made. `remedy` is the command that would change this, if the project names one.
    """

    python: str
    pages: dict[str, list[ProvenBlock]]
    commit: Commit | None = None
    not_run: dict[str, list[BlockNotRun]] = field(default_factory=dict)
    remedy: str = ""

    def save(self, path: Path) -> None:
        """Write the record to a file, whole or not at all."""
        write_whole(path, json.dumps(asdict(self), indent=1) + "\n")

    @classmethod
    def load(cls, path: Path) -> "Record":
        """Read a record.

        Raises:
            ValueError: the file is no record.
        """
        try:
            data = json.loads(path.read_text(encoding="utf-8"))
            pages = {
                page: [ProvenBlock(**block) for block in blocks]
                for page, blocks in data["pages"].items()
            }
            commit = data.get("commit")
            not_run = {
                page: [BlockNotRun(**block) for block in blocks]
                for page, blocks in data.get("not_run", {}).items()
            }
            return cls(
                data["python"],
                pages,
                Commit(**commit) if commit else None,
                not_run,
                data.get("remedy", ""),
            )
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise ValueError(f"{path} is no record of a proof: {error!r}") from error


def this_python() -> str:
    """The version of the Python that runs this, such as `3.13`.

    Its third number is left out: what a page shows does not depend on it, and a record that
    names it would change with every patch.
    """
    return ".".join(platform.python_version_tuple()[:2])


def digest(text: str) -> str:
    r"""A short name for a text: equal for equal texts, whatever blank lines surround it.

    >>> digest("print(1)") == digest("print(1)\n") != digest("print(2)")
    True
    """
    return hashlib.sha256(text.strip("\n").encode()).hexdigest()[:32]


def load_all(paths: Iterable[Path]) -> list[Record]:
    """Read several records, in the order of their Python versions.

    Raises:
        ValueError: a file is no record.
    """
    records = [Record.load(path) for path in paths]
    return sorted(records, key=lambda record: [int(part) for part in record.python.split(".")])
