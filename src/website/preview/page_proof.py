"""Prove pages in a process beside a preview: `python -m website.preview.page_proof SECONDS`.

It judges as `make prove` does, by the same functions, without the time that pytest needs to
start. Each line of standard input names a page; what is found is printed as a line of JSON. If
standard input is closed, whoever asked is gone: then it ends, and all that it has started.
"""

import json
import os
import sys
import threading
import tomllib
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from queue import SimpleQueue
from typing import Any
from unittest import SkipTest

import psutil

from proof import page as pages
from proof import unavailable
from proof.page import Block
from proof.processes import end_group
from proof.record import BlockNotRun, ProvenBlock, digest

DOCS = Path("docs")


@dataclass(frozen=True)
class Fault:
    """Something that is wrong on a page.

    `block` is the block's number among the page's Python blocks, from 0; None if it is no block,
    or one of a notebook. `line` counts from 1.
    """

    line: int
    message: str
    block: int | None = None


@dataclass(frozen=True)
class PageProof:
    """What one run of a page has proven, what it could not run, and what is wrong."""

    blocks: int = 0
    proven: list[ProvenBlock] = field(default_factory=list)
    not_run: list[BlockNotRun] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    @property
    def is_recorded(self) -> bool:
        """Whether a record of the proof names the page: not if there is nothing to prove on it."""
        return bool(self.blocks or self.proven)

    def as_json(self) -> str:
        """The proof as text."""
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> "PageProof":
        """Read it again.

        Raises:
            ValueError: the text is something else.
        """
        try:
            data = json.loads(text)
            return cls(
                data["blocks"],
                [ProvenBlock(**each) for each in data["proven"]],
                [BlockNotRun(**each) for each in data["not_run"]],
                [Fault(**each) for each in data["faults"]],
            )
        except (KeyError, TypeError) as error:
            raise ValueError(f"this is no proof of a page: {error!r}") from error


def settings() -> dict[str, Any]:
    """What the project tells the proof, where pytest reads it too."""
    file = Path("pyproject.toml")
    text = file.read_text(encoding="utf-8") if file.is_file() else ""
    found: dict[str, Any] = tomllib.loads(text).get("tool", {}).get("pytest", {})
    return found


def prove(path: Path) -> PageProof:
    """Run a page or a notebook below the docs folder, and compare what it prints.

    Raises:
        OSError: it cannot be read.
    """
    unavailable.errors.update(settings().get("proof_unavailable", ()))
    try:
        found = _prove_notebook(path) if path.suffix == ".ipynb" else _prove_page(path)
    except ValueError as error:  # not in UTF-8, or no notebook
        return PageProof(faults=[Fault(1, f"It cannot be read: {error}")])
    return found


def _prove_page(path: Path) -> PageProof:
    docs = DOCS.resolve()
    text = path.read_text(encoding="utf-8")
    page, problems = pages.read(text, path.resolve(), [docs, docs.parent])
    faults = [Fault(line + 1, problem) for line, problem in problems]
    for number, block in enumerate(page.blocks):
        if wrong := _verdict(block):
            fence = block.output if block.output and block.outdated else block.fence
            faults.append(Fault(fence.first + 1, wrong, number))
    return PageProof(
        len(page.blocks),
        [
            ProvenBlock(block.fence.first + 1, digest(block.source), digest(block.shown))
            for block in page.blocks
            if block.proven
        ],
        [
            BlockNotRun(block.fence.first + 1, digest(block.source), block.lacks)
            for block in page.blocks
            if block.lacks
        ],
        sorted(faults, key=lambda fault: fault.line),
    )


def _verdict(block: Block) -> str | None:
    try:
        return pages.verdict(block)
    except SkipTest:  # an earlier one failed, or what it needs could not be had
        return None


def _prove_notebook(path: Path) -> PageProof:
    from proof import notebook  # a kernel is a lot to load where there is no notebook

    stored = notebook.read(path)
    try:
        fresh = notebook.steady_run(stored)
    except notebook.NotebookError as error:
        names = {name.rpartition(".")[2] for name in unavailable.errors}
        if error.error in names and not unavailable.is_strict():
            reason = f"{error.error}: {error.says}"
            return PageProof(
                not_run=[
                    BlockNotRun(cell.number, digest(cell.source), reason)
                    for cell in notebook.cells(stored)
                ]
            )
        return PageProof(faults=[Fault(1, str(error))])
    wrong = notebook.differences(stored, fresh, path.as_posix())
    if not wrong and notebook.text_of(fresh) != notebook.text_of(stored):
        wrong = ["The file holds more than its outputs need: `make outputs` writes it afresh."]
    if wrong:
        return PageProof(faults=[Fault(1, each) for each in wrong])
    return PageProof(
        proven=[
            ProvenBlock(cell.number, digest(cell.source), digest(cell.printed))
            for cell in notebook.cells(fresh)
        ]
    )


def end(pid: int) -> None:
    """End a process that leads a group, all that it has started, and all of its group."""
    with suppress(psutil.NoSuchProcess):
        first = psutil.Process(pid)
        below: set[psutil.Process] = set()
        if pid != os.getpid():
            first.suspend()  # what is stopped starts nothing more
        while more := set(first.children(recursive=True)) - below:
            for process in more:
                with suppress(psutil.NoSuchProcess):
                    process.suspend()
            below |= more
        for process in below:
            with suppress(psutil.NoSuchProcess):
                process.kill()
    end_group(pid)
    with suppress(psutil.NoSuchProcess):
        psutil.Process(pid).kill()


def end_what_is_left() -> None:
    """End what a page has left running in this process's group, and what this one has started."""
    if os.name != "posix" or os.getpgrp() != os.getpid():
        return  # the group is somebody's terminal
    for process in psutil.process_iter():
        with suppress(psutil.NoSuchProcess, ProcessLookupError):
            if os.getpgid(process.pid) == os.getpid() != process.pid:
                process.kill()


def _read_names(names: "SimpleQueue[str]") -> None:
    """Read names of pages; end this process, and all that it has started, after the last."""
    read = bytearray()
    while more := os.read(0, 1024):  # not by sys.stdin: Python would wait for its lock at the end
        read += more
        *whole, rest = read.split(b"\n")
        for name in whole:
            names.put(name.decode("utf-8"))
        read = bytearray(rest)
    end(os.getpid())


def main(seconds: str) -> None:
    """Prove the pages whose names come in.

    Args:
        seconds: how long a page, or a cell of a notebook, may run.
    """
    if sys.platform != "win32":
        os.nice(10)  # the preview comes first: a reader waits for it
    names: SimpleQueue[str] = SimpleQueue()
    reader = threading.Thread(target=_read_names, args=(names,), daemon=True)
    reader.start()
    pages.TIMEOUT = int(seconds)
    while True:
        path = Path(names.get())
        if path.suffix == ".ipynb":
            from proof import notebook

            notebook.TIMEOUT = int(seconds)
        try:
            found = prove(path)
        except Exception as error:  # the page may be gone, or the proof be edited just now
            found = PageProof(faults=[Fault(1, f"The proof itself failed: {error!r}")])
        end_what_is_left()
        try:
            print(found.as_json(), flush=True)
        except OSError:  # nobody listens any more: the other thread is to end all there is
            reader.join()
            raise


if __name__ == "__main__":
    main(*sys.argv[1:])
