"""Run the blocks of one page in this fresh interpreter, as a reader who copies them would.

It reads the blocks from a job and writes, into the folder that the job names, what each block
printed (`0.txt`, `1.txt`, …) and one line of `results.txt` for each block that came to an
end. Standard library only, and little of it: the interpreter under test needs nothing but what the
page itself imports.
"""

import contextlib
import gc
import linecache
import marshal
import os
import re
import signal
import sys
import time
import traceback
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import TypedDict

from proof import session
from proof.confinement import confine
from proof.fork_server import begin_a_page, start_again_as_a_parent_of_all
from proof.future import future_flags
from proof.judging import judge
from proof.other_machine import pretend
from proof.session import TRACEBACK
from proof.spawning import Main, block_name
from proof.supervisor import adopt, end_children, supervise
from proof.tracebacks import folded

LIMIT = 1_000_000  # bytes that a block may print
_BROKEN = "What this block has changed in Python, such as its streams, lets no page go on:"


class Job(TypedDict):
    """What to run: the page's path, its blocks, and where the results go."""

    path: str
    results: str
    blocks: list["BlockJob"]
    variants: list["Variant"]
    for_variants: float  # seconds: those for which no time is left are not tried
    confined: bool  # to the job's own folder
    goes_on: bool  # below a block that failed, too
    stops_at: list[str]  # the full names of errors below which nothing runs
    other_machine: bool  # whether Python is to see one: see `proof.other_machine`


class Variant(TypedDict):
    """The same page with other blocks from `first` on, and where its results go.

    Its earlier blocks are those of the page, so it goes on from the page's own interpreter,
    in a copy; it may end sooner. Only where a process can be copied: not on Windows.
    """

    first: int
    blocks: list["BlockJob"]
    results: str
    seconds: int  # of computing, after which it is ended: a changed loop may have no end
    confined: bool


class Piece(TypedDict):
    """What runs at once: a whole block, or one example of a session."""

    line: int  # how many lines of the block stand above it
    source: str
    mode: str  # for `compile`: `exec`, or `single` for what shows values as a prompt does
    raises: bool  # whether the page shows an error


class BlockJob(TypedDict):
    """One block: its code, the page's line above it, what the page shows that it prints."""

    line: int
    code: str
    pieces: list[Piece]
    session: str  # the text between whose lines it prints, if it is one
    shown: str
    checks: str  # of an exercise, if it is an answer to one


class Outcome(TypedDict):
    """How one block ended: well, or with an error that the page does not show."""

    failure: str  # a traceback for people, or nothing
    errors: list[str]  # the full names of its errors' classes
    message: str  # the last error's type and what it says
    lacked: list[str]  # for each error that the page does not show, the name that it missed
    sizes: list[int]  # how many bytes had been printed when each of its pieces ended
    said: list[tuple[bool, str]]  # what the checks of an exercise say: see `proof.judging`


def run(job: Job) -> None:
    """Run the blocks in order, in one namespace, as far as the job wants to go."""
    results, blocks = Path(job["results"]), job["blocks"]
    variants: list[Variant] | None = job["variants"]
    main = Main(str(results))
    sys.modules["__main__"] = main.module
    copies = Copies(results.parent)
    process = os.getpid()
    number = -1
    while (number := number + 1) < len(blocks):
        copies.saved = None
        for variant in variants or ():
            if variant["first"] != number:
                continue
            if copies.spent >= _share(job, number) * job["for_variants"]:
                break
            if copies.fork(variant):
                results, blocks, variants = Path(variant["results"]), variant["blocks"], None
                process = os.getpid()
                main.folder = str(results)
                break
        printed = results / f"{number}.txt"
        _capture(printed)
        outcome = _run_block(job, blocks, number, main, printed)
        if os.getpid() != process:  # a copy that the block has made, and that would run on
            _flush()
            (results / f"forked-{number}").touch()
            os._exit(0)
        with (results / "results.txt").open("a", encoding="utf-8") as file:
            file.write(f"{outcome!r}\n")
        if _ends_a_page(outcome, job):
            return
        _flush()
        if variants is None and (
            as_shown(blocks[number]["session"], beginning(printed), outcome["sizes"])
            != blocks[number]["shown"]
        ):
            return  # a variant has been told from its page


def _share(job: Job, number: int) -> float:
    """How many of the variants that run begin at a block or above it, as a part of them all.

    By then they may have taken this part of the time, so that each block gets its share.
    """
    begin = [its["first"] for its in job["variants"] if its["first"] < len(job["blocks"])]
    return sum(first <= number for first in begin) / len(begin)


class Copies:
    """Copies of this process, one after the other, in the same folders.

    A copy finds its files where the blocks above have left them, whatever they call them. When
    it has ended, the files are put back.

    Args:
        folder: of the job.
    """

    PARTS = ("work", "home", "temporary")

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        # A page whose code is not broken on purpose has its user's home, and no other.
        self.parts = [part for part in self.PARTS if (folder / part).is_dir()]
        self.saved: Path | None = None  # where the files are as the blocks above have left them
        self.open = _open_files()
        self.start = time.monotonic()
        self.spent = 0.0  # seconds, on variants

    def fork(self, variant: Variant) -> bool:
        """Copy this process; wait for the copy, and write down how it ended.

        Returns:
            Whether this is the copy.
        """
        _flush()
        begun = time.monotonic()
        results = Path(variant["results"])
        try:
            here = None if self._shares() else Path.cwd()
            self._save()
        except OSError:
            here = None
        if here is None:
            (results / "code").write_text("alone", encoding="utf-8")
            self.spent += begun - self.start - self.spent  # it takes a run of its own
            return False
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about threads, which are none of ours
            copy = os.fork()
        if copy:
            adopt()
            code = self._wait(copy, Watch(results, variant["first"]), 10 * variant["seconds"])
            self._put_back()
            os.chdir(here)
            (results / "code").write_text(str(code), encoding="utf-8")
            self.spent += time.monotonic() - begun
            return False
        import resource

        os.setsid()
        resource.setrlimit(resource.RLIMIT_CPU, (variant["seconds"], variant["seconds"]))
        if variant["confined"]:
            confine([results, *(self.folder / part for part in self.parts)])
        return True

    def _shares(self) -> bool:
        """Whether a copy would lack a thread or a child, or move our place in an open file."""
        if len(sys._current_frames()) > 1 or _open_files() - self.open:
            return True
        try:
            os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT)
        except ChildProcessError:
            return False
        return True

    def _save(self) -> None:
        import shutil

        if self.saved is None:
            saved = self.folder / "saved"
            shutil.rmtree(saved, ignore_errors=True)
            for part in self.parts:
                shutil.copytree(self.folder / part, saved / part, symlinks=True)
            self.saved = saved

    def _put_back(self) -> None:
        import shutil

        for part in self.parts:
            (self.folder / part).mkdir(exist_ok=True)
            for path in (self.folder / part).iterdir():
                if path.is_dir() and not path.is_symlink():
                    shutil.rmtree(path)
                else:
                    path.unlink()
            saved = self.folder / "saved" / part
            shutil.copytree(saved, self.folder / part, symlinks=True, dirs_exist_ok=True)

    def _wait(self, copy: int, is_too_much: "Watch", seconds: float) -> int:
        """Wait for a copy to end, or end it; end all that it has started."""
        end, pause = time.monotonic() + seconds, 0.0005
        ended, status = 0, 0
        while not ended:
            ended, status = os.waitpid(copy, os.WNOHANG)
            if not ended and (is_too_much() or time.monotonic() > end):
                os.kill(copy, signal.SIGKILL)
                ended, status = os.waitpid(copy, 0)
            if not ended:
                time.sleep(pause)
                pause = min(2 * pause, 0.02)
        with contextlib.suppress(OSError):
            os.killpg(copy, signal.SIGKILL)
        end_children(0)
        return os.waitstatus_to_exitcode(status)


def _open_files() -> set[str]:
    """The numbers of the open files, and what they are."""
    found = set()
    folder = "/proc/self/fd" if Path("/proc/self/fd").exists() else "/dev/fd"
    for name in os.listdir(folder) if hasattr(os, "fork") else ():  # noqa: PTH208
        with contextlib.suppress(OSError):
            state = os.fstat(int(name))
            if int(name) > 2:
                found.add(f"{name} {state.st_dev} {state.st_ino}")
    return found


def _run_block(job: Job, blocks: list[BlockJob], number: int, main: Main, printed: Path) -> Outcome:
    block = blocks[number]
    name, code, namespace = block_name(number), block["code"], main.module.__dict__
    # As in the browser (src/live/runner.py): a line of its own, and warnings of its own.
    linecache.cache[name] = len(code), None, code.splitlines(keepends=True), name
    namespace.pop("__warningregistry__", None)
    outcome: Outcome = {
        "failure": "",
        "errors": [],
        "message": "",
        "lacked": [],
        "sizes": [],
        "said": [],
    }
    size = 0
    for piece in block["pieces"]:
        source = "\n" * piece["line"] + piece["source"]
        flags = future_flags(namespace) if piece["mode"] == "single" else 0
        main.ran.append((name, source, flags, piece["raises"]))
        try:
            exec(compile(source, name, piece["mode"], flags, dont_inherit=True), namespace)
        except BaseException as error:  # SystemExit too: a block that leaves must say so
            outcome["errors"] += [
                f"{kind.__module__}.{kind.__qualname__}" for kind in type(error).__mro__
            ]
            if not piece["raises"]:
                error.__traceback__ = error.__traceback__ and error.__traceback__.tb_next
                message = "".join(traceback.format_exception_only(error))
                if outcome["failure"]:
                    failure = f"Then, at line {block['line'] + piece['line'] + 1}: {message}"
                else:
                    failure = _on_the_page("".join(folded(error)), job["path"], blocks)
                outcome["failure"] = _cut(outcome["failure"] + failure)
                outcome["message"] = _cut(message)
                outcome["lacked"].append(
                    getattr(error, "name", "") or "" if isinstance(error, NameError) else ""
                )
                if _ends_a_page(outcome, job):
                    return outcome
                main.ran[-1] = (name, source, flags, True)  # it raises in a new process too
            else:
                if isinstance(error, SyntaxError):  # its place, in a file that no reader has
                    error.filename = error.lineno = error.text = None
                message = "".join(traceback.format_exception_only(error))
                outcome["message"] = _cut(message)
                above = "" if _begins_a_line(printed, size) else "\n"  # a page shows it on its own
                print(f"{above}{TRACEBACK}\n  ...\n{message}", end="", file=sys.__stdout__)
        _flush()
        size = printed.stat().st_size
        outcome["sizes"].append(size)
    if block["checks"] and not outcome["failure"]:
        text = as_on_a_page(beginning(printed))
        found = judge(block["checks"], code, text, namespace)
        outcome["said"] = [(said.is_right, said.words) for said in found]
    return outcome


def _ends_a_page(outcome: Outcome, job: Job) -> bool:
    """Whether nothing runs below an error that the page does not show."""
    is_missing = bool(set(job["stops_at"]).intersection(outcome["errors"]))
    return bool(outcome["failure"]) and (is_missing or not job["goes_on"])


def _begins_a_line(printed: Path, size: int) -> bool:
    """Whether what is printed next begins a line, where a piece has begun at a size of its own."""
    _flush()
    with printed.open("rb") as file:
        end = file.seek(0, os.SEEK_END)
        file.seek(max(size, end - 1))
        return file.read(1) in (b"", b"\n", b"\r")


def _on_the_page(failure: str, path: str, blocks: list[BlockJob]) -> str:
    """A traceback with the page's own path and lines, for its writer."""

    def place(found: re.Match[str]) -> str:
        number, line = int(found[1]), int(found[2])
        return f'File "{path}", line {blocks[number - 1]["line"] + line}'

    return re.sub(r'File "block (\d+)", line (\d+)', place, failure)


def as_shown(text: str, printed: bytes, sizes: Sequence[int]) -> str:
    """What a block has printed, as its page shows it.

    Args:
        text: the session between whose lines it goes; nothing, if the block is none.
        printed: by all pieces of the block.
        sizes: how many bytes had been printed when each piece ended.
    """
    return session.transcript(text, outputs(printed, sizes)) if text else as_on_a_page(printed)


def outputs(printed: bytes, sizes: Sequence[int]) -> list[str]:
    """What each piece of a block has printed, of those that came to their end.

    What came later, from a process or at the end of Python, is the last one's.
    """
    starts, ends = [0, *sizes[:-1]], [*sizes[:-1], len(printed)]
    return [as_on_a_page(printed[start:end]) for start, end in zip(starts, ends, strict=True)]


def as_on_a_page(printed: bytes) -> str:
    """What a page can hold: no blanks at line ends, tabs as blanks, a newline at the end.

    And no place in memory.
    """
    text = printed.decode("utf-8", "backslashreplace")
    text = text.replace("\r\n", "\n").replace("\r", "\n").expandtabs(4)
    text = re.sub(
        r"[\x02\x03]|[ ]+$", "", text, flags=re.MULTILINE
    )  # the two mean more to Markdown
    text = without_addresses(text)
    return text if text.endswith("\n") or not text else text + "\n"


def without_addresses(text: str) -> str:
    """The text with `0x...` for where an object lies in memory, which is elsewhere in each run.

    >>> without_addresses("<function f at 0x7f2fcb9261c0>, offset 0x7f2fcb")
    '<function f at 0x...>, offset 0x7f2fcb'
    """
    return _ADDRESS.sub(" at 0x...", text) if " at 0x" in text else text


_ADDRESS = re.compile(r" at 0x[0-9a-fA-F]{6,16}(?=[>,])")


def _capture(path: Path) -> None:
    """Send what this process and its children print from here on to a file.

    Standard error too: a reader's terminal shows both.
    """
    _flush()
    # Binary: else Windows would turn each line end into one more, after Python has done so.
    file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0))
    os.dup2(file, 1)
    os.dup2(file, 2)
    if file > 2:  # else a block had closed one of the two
        os.close(file)


def _flush() -> None:
    for stream in (sys.__stdout__, sys.__stderr__):  # even if a block has put others in place
        if stream is not None:
            stream.flush()


def beginning(printed: Path, size: int = LIMIT + 1) -> bytes:
    """What a block has printed, as far as it is read: one byte more tells that it is too much."""
    with printed.open("rb") as file:
        return file.read(size)


def _cut(text: str, size: int = 20_000) -> str:
    """Leave out the middle of a message that nobody could read."""
    if len(text) <= size:
        return text
    return f"{text[: size // 2]}\n... and much more ...\n{text[-size // 2 :]}"


class Watch:
    """Whether any block has printed too much by now: asked often, it looks at a few files.

    A process that an earlier block started may still print to that block's file.

    Args:
        results: the folder of what the blocks print.
        first: the number of the first block.
    """

    def __init__(self, results: Path, first: int = 0) -> None:
        self.results, self.first, self.last, self.turn = results, first, first, first

    def __call__(self) -> bool:
        """Look."""
        while (self.results / f"{self.last + 1}.txt").exists():
            self.last += 1
        numbers = {self.last}
        for _ in range(50):
            self.turn = self.turn + 1 if self.turn < self.last else self.first
            numbers.add(self.turn)
        return any(map(self._is_too_much, numbers))

    def _is_too_much(self, number: int) -> bool:
        try:
            return (self.results / f"{number}.txt").stat().st_size > LIMIT
        except OSError:
            return False  # it has not begun


def main() -> None:
    """Run a job below a process that ends what it leaves behind.

    The command line names a lifeline and the job's folder, or the two pipes of a fork server.
    """
    words, sys.argv[:] = sys.argv[1:], [""]
    match words:
        case ["page", lifeline, folder]:
            supervise(int(lifeline))
            _make_ready()
        case ["server", _, _]:
            start_again_as_a_parent_of_all()
        case ["server", jobs, answers, _]:
            _make_ready()
            folder = begin_a_page(int(jobs), int(answers))
    job: Job = marshal.loads(Path(folder, "job").read_bytes())
    if any("gc" in block["code"] for block in job["blocks"]):
        gc.unfreeze()  # what `proof.fork_server` has set aside: here it could be told
    if job["confined"]:
        confine([Path(folder)])
    if job["other_machine"]:
        pretend()
    try:
        run(job)
    except BaseException as error:  # what a block has put in place of Python's own parts
        os.write(2, f"{_BROKEN} {type(error).__name__}: {error}\n".encode(errors="replace"))
        os._exit(1)


def _make_ready() -> None:
    """Make this interpreter one in which a page can begin."""
    os.umask(0o022)  # what others may do with files that a page makes: as with most users
    # A line at a time, as at a terminal: so it keeps its place among what children print.
    sys.stdout.reconfigure(encoding="utf-8", line_buffering=True)  # type: ignore[union-attr]
    sys.stderr.reconfigure(  # type: ignore[union-attr]
        encoding="utf-8", errors="backslashreplace", line_buffering=True
    )
    for name in [name for name in sys.modules if name.partition(".")[0] == "proof"]:
        del sys.modules[name]  # a page imports its own
