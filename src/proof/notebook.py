"""A notebook's cells, and whether a fresh run shows what the file shows.

A notebook stores what its cells showed when somebody last ran it. Here it runs again, in a
fresh kernel and an empty folder, and every output is compared. Text and plots must be equal
to the last character.
"""

import contextlib
import copy
import difflib
import json
import os
import re
import subprocess
import tempfile
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
import pytest
import zmq
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, DeadKernelError
from nbformat import NotebookNode
from traitlets.config import Config

from proof import unavailable
from proof.files import write_whole
from proof.record import BlockNotRun, ProvenBlock, digest
from proof.rewriting import CHANGED, why

TIMEOUT = 300  # seconds for a cell; one that takes longer is stuck
DIFFERENCE = 60  # lines of a difference that are worth printing: a plot has a thousand
METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}
"""What a notebook says of itself: nothing that hangs on the machine that ran it."""


class NotebookError(Exception):
    """A cell raised an error, or the kernel ended; the message names the cell."""

    def __init__(self, message: str, error: str = "", says: str = "") -> None:
        super().__init__(message)
        self.error = error  # the name of the error's class
        self.says = says  # its own message


@dataclass(frozen=True)
class Cell:
    """A code cell: its number among all cells, from 1, what it runs, and what that printed."""

    number: int
    source: str
    printed: str


def read(path: Path) -> NotebookNode:
    """Read a notebook from its file."""
    text = path.read_text(encoding="utf-8")
    notebook: NotebookNode = nbformat.reads(text, as_version=4)  # type: ignore[no-untyped-call]
    return notebook


def run(notebook: NotebookNode) -> NotebookNode:
    """Run all cells in a fresh kernel, in an empty folder.

    Returns:
        A copy of the notebook that shows what the run showed.

    Raises:
        NotebookError: a cell raised an error, or the kernel ended.
    """
    fresh = copy.deepcopy(notebook)
    for number, cell in enumerate(_code(fresh), 1):
        cell.outputs, cell.execution_count = [], number
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name, _quiet():
        folder = Path(name).resolve()
        for part in ("work", "ipython"):
            (folder / part).mkdir()
        (folder / "matplotlibrc").touch()
        client = NotebookClient(
            fresh,
            timeout=TIMEOUT,
            kernel_name="python3",
            record_timing=False,
            coalesce_streams=True,
            config=Config(KernelManager=_sockets(folder)),
            resources={"metadata": {"path": str(folder / "work")}},
        )
        try:
            client.execute(env=_environment(folder), stderr=subprocess.DEVNULL)
        except CellExecutionError as error:
            number = next(n for n, cell in enumerate(fresh.cells, 1) if _failed(cell))
            message = f"cell {number} raised {error.ename}: {error.evalue}"
            raise NotebookError(message, error.ename, error.evalue) from error
        except (DeadKernelError, TimeoutError) as error:
            raise NotebookError(f"the notebook did not come to its end: {error}") from error
    fresh.metadata = nbformat.from_dict(METADATA)  # type: ignore[no-untyped-call]
    for cell in _code(fresh):
        cell.metadata.pop("execution", None)
    return fresh


def cells(notebook: NotebookNode) -> list[Cell]:
    """The code cells, each with the text that stands below it on the page."""
    return [
        Cell(number, cell.source, "\n".join(filter(None, map(_text, cell.outputs))))
        for number, cell in enumerate(notebook.cells, 1)
        if cell.cell_type == "code"
    ]


def differences(stored: NotebookNode, fresh: NotebookNode, name: str) -> list[str]:
    """What the stored notebook shows against what a fresh run shows: a diff for each cell."""
    found = []
    for number, (old, new) in enumerate(zip(stored.cells, fresh.cells, strict=True), 1):
        rows = difflib.unified_diff(
            _shown(old), _shown(new), f"{name}, cell {number}", "fresh run", lineterm=""
        )
        if diff := list(rows):
            more = [f"... and {len(diff) - DIFFERENCE} lines more"] * (len(diff) > DIFFERENCE)
            found.append("\n".join(diff[:DIFFERENCE] + more))
    return found


def text_of(notebook: NotebookNode) -> str:
    """The notebook as the text of its file: equal for equal notebooks."""
    text: str = nbformat.writes(notebook)  # type: ignore[no-untyped-call]
    return text.rstrip("\n") + "\n"


def update(path: Path) -> bool:
    """Run a notebook, and write what it shows into its file, whole or not at all.

    Returns:
        Whether the file has changed.

    Raises:
        NotebookError: a cell raised an error, or the kernel ended; or the file was edited
            meanwhile, or cannot be written, and is as it was.
    """
    before = path.read_bytes()
    return _write(path, before, text_of(run(read(path))))


def _write(path: Path, before: bytes, text: str) -> bool:
    try:
        if path.read_bytes() != before:
            raise NotebookError(CHANGED)
        if text.encode() != before:
            write_whole(path, text)
    except OSError as error:
        raise NotebookError(f"it was left as it is: {why(error)}") from error
    return text.encode() != before


class NotebookFile(pytest.File):
    """A notebook, for pytest: one test that runs it all."""

    def collect(self) -> Iterator[pytest.Item]:
        """Collect the test."""
        yield NotebookItem.from_parent(self, name="fresh run")


class NotebookItem(pytest.Item):
    """Runs a notebook and compares; with `--update-outputs` it rewrites the file instead."""

    def __init__(self, **arguments: Any) -> None:
        super().__init__(**arguments)
        self.proven: dict[Path, list[ProvenBlock]] = {}
        self.not_run: dict[Path, list[BlockNotRun]] = {}

    def runtest(self) -> None:
        """Run the notebook."""
        before = self.path.read_bytes()
        stored = read(self.path)
        try:
            fresh = run(stored)
        except NotebookError as error:
            names = {name.rpartition(".")[2] for name in unavailable.errors}
            if error.error not in names or unavailable.is_strict():
                raise
            reason = f"{error.error}: {error.says}"
            self.proven[self.path] = []
            self.not_run[self.path] = [
                BlockNotRun(cell.number, digest(cell.source), reason) for cell in cells(stored)
            ]
            pytest.skip(unavailable.in_short(str(error)))
        if self.config.getoption("update_outputs"):
            _write(self.path, before, text_of(fresh))
        elif found := differences(stored, fresh, self.location[0]):
            raise NotebookError("\n".join(found))
        elif text_of(fresh) != text_of(stored):
            raise NotebookError(
                "the file holds more than its outputs need (numbers of runs, the machine's "
                "name): `make outputs` writes it afresh"
            )
        self.proven[self.path] = [
            ProvenBlock(cell.number, digest(cell.source), digest(cell.printed))
            for cell in cells(fresh)
        ]

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], **_: Any) -> str:  # type: ignore[override]
        """What is wrong, without a traceback through pytest."""
        if isinstance(excinfo.value, NotebookError):
            return str(excinfo.value)
        return str(super().repr_failure(excinfo))

    def reportinfo(self) -> tuple[Path, int, str]:
        """Where the test stands."""
        return self.path, 0, self.path.name


def _code(notebook: NotebookNode) -> list[NotebookNode]:
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def _failed(cell: NotebookNode) -> bool:
    return any(output.output_type == "error" for output in cell.get("outputs", []))


def _text(output: NotebookNode) -> str:
    """What an output shows as text; a plot shows none."""
    if output.output_type == "stream":
        return str(output.text).removesuffix("\n")
    data = output.get("data", {})
    return "" if set(data) - {"text/plain"} else str(data.get("text/plain", ""))


def _shown(cell: NotebookNode) -> list[str]:
    """All that a cell shows, as lines."""
    lines = []
    for output in cell.get("outputs", []):
        content = output.get("data") or {output.get("name", output.output_type): _plain(output)}
        for kind, value in sorted(content.items()):
            text = value if isinstance(value, str) else json.dumps(value, sort_keys=True)
            lines += [f"[{kind}]", *text.split("\n")]
    return lines


def _plain(output: NotebookNode) -> str:
    text = output.get("text") or f"{output.get('ename')}: {output.get('evalue')}"
    return re.sub(r"\x1b\[[0-9;]*m", "", text)


def _environment(folder: Path) -> dict[str, str]:
    """The environment of the kernel: none of the writer's own settings reach it."""
    return {
        **os.environ,
        "IPYTHONDIR": str(folder / "ipython"),
        "MATPLOTLIBRC": str(folder / "matplotlibrc"),
        "PYTHONHASHSEED": "0",
    }


def _sockets(folder: Path) -> dict[str, str]:
    """Where the kernel listens: in files of its own folder, where the system can do that.

    A free port is looked for before the kernel takes it, so two kernels that start at the same
    moment may be given one port, and the second ends. It also needs a network.
    """
    place = str(folder / "socket")
    fits = zmq.has("ipc") and len(f"{place}-5") <= zmq.IPC_PATH_MAX_LEN
    return {"transport": "ipc", "ip": place} if fits else {"transport": "tcp"}


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """Without the warnings that a kernel's messaging gives about itself on some systems."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield
