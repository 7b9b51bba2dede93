"""A notebook's cells, and whether a fresh run shows what the file shows.

A notebook stores what its cells showed when somebody last ran it. Here it runs again, in a
fresh kernel and an empty folder, and every output is compared. Text and plots must be equal
to the last character.
"""

import atexit
import contextlib
import copy
import difflib
import json
import os
import re
import tempfile
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from subprocess import DEVNULL
from typing import Any

import nbformat
import pytest
import zmq
from IPython.core.inputtransformer2 import TransformerManager
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, DeadKernelError
from nbformat import NotebookNode
from traitlets.config import Config

from proof import machine_paths, runner, second_run, session, unavailable
from proof.environment import HASH_SEED, OTHER_HASH_SEED, environment
from proof.files import write_whole
from proof.processes import command, end_group
from proof.record import BlockNotRun, ProvenBlock, digest
from proof.rewriting import CHANGED, why
from proof.supervisor import IS_LINUX

TIMEOUT = 300  # seconds for a cell; one that takes longer is stuck
OUTPUT = 1000  # bytes for which whatever is displayed counts, at least
BEGINNING = 500  # characters that are shown of a text that nobody could read
DIFFERENCE = 60  # lines of a difference that are worth printing: a plot has a thousand
_TEXT = "text/plain"
METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}
"""What a notebook says of itself: nothing that depends on the machine that ran it."""


_TOO_MUCH = (
    f"cell {{}} printed more than {runner.LIMIT / 1e6:g} MB, the most that a page may show of a "
    "cell. It began:\n{}"
)


class NotebookError(Exception):
    """What is wrong with a notebook; the message names the cell."""

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
    """Read a notebook from its file.

    Raises:
        NotebookError: it is no notebook.
    """
    try:
        text = path.read_text(encoding="utf-8")
        notebook: NotebookNode = nbformat.reads(text, as_version=4)  # type: ignore[no-untyped-call]
        nbformat.validate(notebook)
    except OSError:
        raise
    except Exception as error:  # each part of its reader has errors of its own
        says = (str(error) or repr(error)).partition("\n")[0][:BEGINNING]
        raise NotebookError(f"{path.name} is no notebook that can be read: {says}") from error
    return notebook


def run(notebook: NotebookNode, hash_seed: str = HASH_SEED) -> NotebookNode:
    """Run all cells in a fresh kernel, in an empty folder.

    Args:
        notebook: as it is stored; it is not changed.
        hash_seed: what the order of sets depends on. A notebook that asks for the machine sees
            another one with the other seed: see `proof.other_machine`.

    Returns:
        A copy of the notebook that shows what the run showed.

    Raises:
        NotebookError: a cell raised an error that it has no tag for, printed too much or a path
            of this machine, or did not come to its end.
    """
    fresh = copy.deepcopy(notebook)
    for number, cell in enumerate(_code(fresh), 1):
        cell.outputs, cell.execution_count = [], number
    is_second = hash_seed == OTHER_HASH_SEED
    sources = [cell.source for cell in _code(fresh)]
    other_machine = is_second and second_run.sees_another_machine(sources)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name, _quiet():
        folder = Path(name).resolve()
        for part in ("work", "ipython"):
            (folder / part).mkdir()
        (folder / "matplotlibrc").touch()
        _Client(fresh, folder, other_machine).run(environment(hash_seed))
        _find_places(fresh, folder)
    fresh.metadata = nbformat.from_dict(METADATA)  # type: ignore[no-untyped-call]
    for cell in _code(fresh):
        cell.metadata.pop("execution", None)
        for output in cell.outputs:
            for holder, name in ((output, "text"), (output, "evalue"), (output.get("data"), _TEXT)):
                if holder and name in holder:
                    holder[name] = runner.without_addresses(holder[name])
            if output.output_type == "error":  # as a page shows one: no lines of this machine
                message = f"{output.ename}: {output.evalue}"
                output.traceback = [session.TRACEBACK, "  ...", *message.split("\n")]
    return fresh


def steady_run(notebook: NotebookNode) -> NotebookNode:
    """Run a notebook, and once more where it may print what no reader gets: see `second_run`.

    Returns:
        What `run` returns.

    Raises:
        NotebookError: as with `run`, or the two runs showed two things.
    """
    fresh = run(notebook)
    plain = TransformerManager()  # type: ignore[no-untyped-call]
    sources = [plain.transform_cell(cell.source) for cell in _code(notebook)]
    if text_of(fresh) != text_of(notebook) or second_run.is_needed(sources):
        again = run(notebook, OTHER_HASH_SEED)
        for number, (one, other) in enumerate(zip(fresh.cells, again.cells, strict=True), 1):
            shown, differs = _shown(one), _shown(other)
            if shown != differs:
                ends = ["\n".join([*rows, ""]) for rows in (shown, differs)]
                said = second_run.explain_difference(ends[0], ends[1], sources)
                raise NotebookError(f"cell {number}: {said}".rstrip("\n"))
    return fresh


class _Client(NotebookClient):
    """Runs a notebook; its kernel ends with it, and so does all that the kernel has started.

    Args:
        notebook: gets the outputs.
        folder: of the run, for its files.
        other_machine: whether Python is to see another machine.
    """

    def __init__(self, notebook: NotebookNode, folder: Path, other_machine: bool) -> None:
        self.folder = folder
        self.number = 0  # of the cell that runs, among all cells, from 1
        self.size = 0  # of what it has printed, in bytes
        self.group = 0  # of the kernel's processes, where no process adopts them
        self.lifeline, self.hold = os.pipe() if IS_LINUX else (-1, -1)
        super().__init__(
            notebook,
            timeout=TIMEOUT,
            startup_timeout=TIMEOUT,
            kernel_name="python3",
            kernel_manager_class=_manager(self.lifeline, other_machine),
            record_timing=False,
            coalesce_streams=True,
            on_notebook_start=self._note_group,
            on_cell_start=self._begin,
            config=Config(KernelManager=_sockets(folder)),
            resources={"metadata": {"path": str(folder / "work")}},
        )

    def run(self, variables: dict[str, str]) -> None:
        """Run all cells.

        Args:
            variables: the environment of the kernel.

        Raises:
            NotebookError: it did not come to its end.
        """
        own = {
            "IPYTHONDIR": str(self.folder / "ipython"),
            "MATPLOTLIBRC": str(self.folder / "matplotlibrc"),
        }
        passed = {"pass_fds": [self.lifeline]} if IS_LINUX else {}
        said = self.folder / "said"
        try:
            with said.open("wb") as file:
                self.execute(env=variables | own, stdout=DEVNULL, stderr=file, **passed)
        except CellExecutionError as error:
            message = f"cell {self.number} raised {error.ename}: {error.evalue}"
            raise NotebookError(message, error.ename, error.evalue) from error
        except (DeadKernelError, TimeoutError, RuntimeError) as error:
            raise NotebookError(self._why(error, said)) from error
        finally:
            self._end()
            atexit.unregister(self._cleanup_kernel)  # it stays there if no kernel came up
            if IS_LINUX:
                os.close(self.lifeline)

    def _why(self, error: Exception, said: Path) -> str:
        if self.size > runner.LIMIT:
            shown = self.nb.cells[self.number - 1].outputs
            start = "\n".join(map(_text, shown[:BEGINNING]))[:BEGINNING]
            return _TOO_MUCH.format(self.number, start)
        if not self.number:
            reason = said.read_text(encoding="utf-8", errors="replace").strip() or str(error)
            return f"its Python did not start: {reason[-BEGINNING:]}"
        if isinstance(error, TimeoutError):
            return f"cell {self.number} did not come to its end in {self.timeout} seconds"
        return f"cell {self.number} did not come to its end: Python ended there"

    def process_message(
        self, msg: dict[str, Any], cell: NotebookNode, cell_index: int
    ) -> NotebookNode | None:
        """Take what a cell shows, up to the limit; beyond it, end the kernel."""
        content = msg["content"]
        data = content.get("data") or {}
        text = content.get("text") or data.get("text/plain") or ""
        if self.size > runner.LIMIT:
            return None
        self.size += len(text.encode(errors="replace")) + OUTPUT * bool(data)
        if self.size > runner.LIMIT:
            self._end()
        taken: NotebookNode | None = super().process_message(msg, cell, cell_index)
        return taken

    def _note_group(self, notebook: NotebookNode) -> None:
        provisioner: Any = self.km and self.km.provisioner
        self.group = 0 if IS_LINUX else getattr(provisioner, "pgid", None) or 0

    def _begin(self, cell: NotebookNode, cell_index: int) -> None:
        self.number, self.size = cell_index + 1, 0

    def _end(self) -> None:
        """End the kernel, and whatever it has started."""
        if self.hold >= 0:
            os.close(self.hold)
            self.hold = -1
        if self.group:
            end_group(self.group)
            self.group = 0


def _manager(lifeline: int, other_machine: bool) -> type[AsyncKernelManager]:
    """What starts the kernel: this very Python, whatever kernels the machine knows."""
    spec = KernelSpec(
        argv=command(
            "kernel", lifeline, "other" if other_machine else "this", "-f", "{connection_file}"
        ),
        display_name="Python 3",
        language="python",
    )

    class Manager(AsyncKernelManager):
        """A manager with one kind of kernel."""

        kernel_spec = property(lambda _: spec)

    return Manager


def _find_places(notebook: NotebookNode, folder: Path) -> None:
    """Look for paths of this machine in what cells show as text.

    Raises:
        NotebookError: a cell shows one.
    """
    sources = [cell.source for cell in _code(notebook)]
    for number, cell in enumerate(notebook.cells, 1):
        for output in cell.get("outputs", []):
            shown = [output.get("text", ""), output.get("evalue", "")]
            data = output.get("data", {})
            shown += [value for kind, value in data.items() if kind.startswith("text/")]
            if found := machine_paths.fault("\n".join(shown), sources, folder, "cell"):
                raise NotebookError(f"cell {number}: {found}".rstrip("\n"))


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
    return _write(path, before, text_of(steady_run(read(path))))


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
            fresh = steady_run(stored)
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
                "name): run pytest with --update-outputs to write it afresh"
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


def _text(output: NotebookNode) -> str:
    """What an output shows as text; a plot shows none."""
    if output.output_type == "stream":
        return str(output.text).removesuffix("\n")
    data = output.get("data", {})
    return "" if set(data) - {_TEXT} else str(data.get(_TEXT, ""))


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
