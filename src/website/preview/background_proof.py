"""Prove the pages beside a preview: all at its start, then each that an edit changes.

The pages run below a process of `website.preview.page_proof`, which leads a group of its own, so
that it can be ended with all that it has started: when the page is edited again, when it takes
too long, when the preview ends. What is proven goes into the record that `make prove` writes, page
by page, and nothing else: a page that has not been run again keeps its place there, and a block
counts only for the code and the output with which it ran.
"""

import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Hashable, Mapping
from contextlib import nullcontext, suppress
from dataclasses import dataclass, field
from pathlib import Path

from pymdownx.snippets import SnippetMissingError

from proof.commit import Commit, commit_of
from proof.fences import include
from proof.lock import locked
from proof.processes import end_group
from proof.record import Record, this_python
from website.preview.page_proof import DOCS, Fault, PageProof, end, settings
from website.watching import state_of

SECONDS = 60
"""How long a page, or a cell of a notebook, may run: a writer does not wait for longer."""

_TELL_AFTER = 5  # seconds after which a writer is told what runs
_GRACE = 5  # more seconds for the process that runs it to say where it stood
_MOST_AT_ONCE = 4  # how many edited pages start at once; more are a batch, and take turns
_PROGRESS = 3  # seconds between two lines that say how far it is
_CODE = Path("src")


@dataclass
class _Run:
    """The proof of a page, waiting or running."""

    name: str
    commit: Commit | None
    is_in_batch: bool
    worker: "_Worker | None" = None
    ended: threading.Event = field(default_factory=threading.Event)


class _Worker:
    """A process that proves one page after the other."""

    def __init__(self, seconds: int, code: Hashable) -> None:
        self.code = code  # the state of what it has loaded
        self.is_busy = False
        self.errors = tempfile.TemporaryFile()  # noqa: SIM115 - it lives as long as the process
        self.process = subprocess.Popen(
            [sys.executable, "-m", "website.preview.page_proof", str(seconds)],
            stdin=subprocess.PIPE,  # it ends itself when this is closed
            stdout=subprocess.PIPE,
            stderr=self.errors,
            start_new_session=os.name == "posix",
            creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
        )

    @property
    def is_alive(self) -> bool:
        """Whether it can prove another page."""
        return self.process.poll() is None

    def prove(self, page: str) -> PageProof:
        """Prove a page: wait until it is done, or the process has been ended."""
        stdin, stdout = self.process.stdin, self.process.stdout
        line, self.is_busy = b"", True
        if stdin and stdout:
            with suppress(OSError):  # it has been ended
                stdin.write(f"{page}\n".encode())
                stdin.flush()
                line = stdout.readline()
        is_lost = False
        try:
            proof = PageProof.from_json(line.decode("utf-8"))
        except ValueError:
            self.errors.seek(0)
            said = self.errors.read().decode("utf-8", "replace").strip()
            proof = PageProof(faults=[Fault(1, f"The proof itself came to a bad end.\n{said}")])
            is_lost = True
        self.is_busy = False  # from here on another thread that ends it may close its files
        if is_lost:
            self.end()
        return proof

    def end(self) -> None:
        """End it, and all that it has started."""
        if self.is_alive:
            end(self.process.pid)
        else:
            end_group(self.process.pid)
        self.process.wait()
        if not self.is_busy:  # else it is closed when the end has been noticed
            for file in (self.process.stdin, self.process.stdout, self.errors):
                if file:
                    with suppress(OSError):
                        file.close()


@dataclass(frozen=True)
class _Result:
    proof: PageProof
    commit: Commit | None


@dataclass
class BackgroundProof:
    """The proof beside a preview.

    Args:
        record: the file of the record.
        seconds: how long a page may run.
        on_change: is called when there is news for the pages: other blocks are proven than
            before, or something is wrong.
        say: tells the writer something.
    """

    record: Path
    seconds: int = SECONDS
    on_change: Callable[[], None] = lambda: None
    say: Callable[[str], None] = field(default=lambda words: print(words, flush=True))

    def __post_init__(self) -> None:
        """Start with nothing known."""
        self._lock = threading.RLock()
        self._states: dict[str, Hashable] = {}
        self._runs: dict[str, _Run] = {}
        self._threads: set[threading.Thread] = set()
        self._idle: _Worker | None = None  # it has loaded what it needs: the next edit saves that
        self._code: Hashable = None
        self._results: dict[str, _Result] = {}
        self._has_new_faults = False  # which no page shows yet
        self._slots = threading.Semaphore(max(1, (os.cpu_count() or 1) - 1))
        # Pages that began together: at the start, or after an edit of the package.
        self._batch = set[str]()
        self._batch_done = set[str]()  # those of them that are recorded when all are done
        self._batch_size = 0
        self._began = self._said = 0.0
        self._is_stopped = False

    @property
    def faults(self) -> dict[str, PageProof]:
        """The proofs that found something wrong, by page; not of pages that run again."""
        with self._lock:
            return {
                name: result.proof
                for name, result in self._results.items()
                if result.proof.faults and name not in self._runs
            }

    @property
    def is_idle(self) -> bool:
        """Whether no page waits or runs."""
        with self._lock:
            return not self._runs

    def look(self) -> None:
        """Begin with the pages that have changed since the last look, and end their former runs."""
        code = state_of([_CODE], ".py")
        states = _states(code)
        commit = commit_of(DOCS)
        with self._lock:
            if self._is_stopped:
                return
            for name in self._states.keys() - states.keys():
                self._forget(name)
                self._batch.discard(name)
            changed = [name for name in states if states[name] != self._states.get(name)]
            self._states = states
            if code != self._code and self._idle:  # it runs what the code was
                self._idle.end()
                self._idle = None
            self._code = code
            is_batch = len(changed) > _MOST_AT_ONCE
            if is_batch:
                self._batch.update(changed)
                self._batch_size = len(self._batch)
                self._began = self._said = time.monotonic()
                self.say(f"Proving {len(changed)} pages in the background ...")
            for name in changed:
                self._forget(name)
                run = self._runs[name] = _Run(name, commit, is_batch)
                thread = threading.Thread(target=self._prove, args=(run,), daemon=True)
                self._threads.add(thread)
                thread.start()
            if not changed and not self._runs and not self._is_recorded():
                self._save()  # another has written the record meanwhile, of pages as they were

    def stop(self) -> None:
        """End all runs and what they have started; keep what is proven."""
        with self._lock:
            self._is_stopped = True
            for name in list(self._runs):
                self._forget(name)
            threads = set(self._threads)
            if self._idle:
                self._idle.end()
                self._idle = None
        for thread in threads:
            thread.join(self.seconds + 2 * _GRACE)
        with self._lock:
            if not self._is_recorded():
                self._save()

    def _forget(self, name: str) -> None:
        """End the run of a page, and let go what was found."""
        self._results.pop(name, None)
        self._batch_done.discard(name)
        if run := self._runs.pop(name, None):
            run.ended.set()
            if run.worker:
                run.worker.end()

    def _prove(self, run: _Run) -> None:
        try:
            with self._slots if run.is_in_batch else nullcontext():
                if worker := self._take(run):
                    self._keep(run, self._result(run, worker))
                    self._give_back(worker)
        finally:
            with self._lock:
                self._threads.discard(threading.current_thread())

    def _take(self, run: _Run) -> _Worker | None:
        """A process for a run; None if it has been ended."""
        with self._lock:
            if run.ended.is_set():
                return None
            run.worker, self._idle = self._idle or _Worker(self.seconds, self._code), None
            return run.worker

    def _give_back(self, worker: _Worker) -> None:
        with self._lock:
            is_good = worker.is_alive and worker.code == self._code
            if is_good and not self._idle and not self._is_stopped:
                self._idle = worker
                return
        worker.end()

    def _result(self, run: _Run, worker: _Worker) -> PageProof:
        """Run a page, no longer than is allowed."""
        page = (DOCS / run.name).as_posix()
        late = threading.Event()

        def watch() -> None:
            if done.wait(_TELL_AFTER) or run.ended.is_set():
                return
            self.say(f"{page} still runs; it is ended after {self.seconds} s.")
            if not done.wait(self.seconds + _GRACE - _TELL_AFTER):
                late.set()
                worker.end()

        done = threading.Event()
        watcher = threading.Thread(target=watch, daemon=True)
        watcher.start()
        try:
            proof = worker.prove(page)
        finally:
            done.set()
        if late.is_set():
            return PageProof(faults=[Fault(1, f"It did not end in {self.seconds} seconds.")])
        return proof

    def _keep(self, run: _Run, proof: PageProof) -> None:
        with self._lock:
            if run.ended.is_set() or self._runs.get(run.name) is not run:
                return
            del self._runs[run.name]
            self._results[run.name] = _Result(proof, run.commit)
            self._has_new_faults |= bool(proof.faults)
            for fault in proof.faults:
                self.say(in_words(f"{DOCS.as_posix()}/{run.name}", fault))
            if not run.is_in_batch:
                self.say(f"{time.strftime('%H:%M:%S')} {run.name}: {in_short(proof)}")
            if run.name in self._batch:
                self._batch.discard(run.name)
                self._say_how_far()
            if run.is_in_batch and self._batch:
                self._batch_done.add(run.name)
            else:
                self._save()

    def _say_how_far(self) -> None:
        now = time.monotonic()
        if self._batch and now - self._said > _PROGRESS:
            self._said = now
            self.say(
                f"  {self._batch_size - len(self._batch)} of {self._batch_size} pages are done"
            )
        if not self._batch:
            proofs = [result.proof for result in self._results.values()]
            whole = PageProof(
                proven=[block for proof in proofs for block in proof.proven],
                not_run=[block for proof in proofs for block in proof.not_run],
                faults=[fault for proof in proofs for fault in proof.faults],
            )
            self.say(
                f"{time.strftime('%H:%M:%S')} {self._batch_size} pages "
                f"in {now - self._began:.0f} s: {in_short(whole)}"
            )

    def _is_recorded(self) -> bool:
        """Whether the record says what was found here."""
        known = self._known()
        if known is None:
            return not self._results
        return all(
            known.pages.get(name, []) == result.proof.proven
            and known.not_run.get(name, []) == result.proof.not_run
            for name, result in self._results.items()
        )

    def _save(self) -> None:
        """Put what was found into the record; what others have put there stays."""
        with locked(self.record):
            known = self._known()
            if not self._batch or self._is_stopped:
                self._batch_done.clear()
            found = {
                name: result
                for name, result in self._results.items()
                if name not in self._batch_done
            }
            record = merged(known or Record(this_python(), {}), found)
            has_news = record != known or self._has_new_faults
            if record != known:
                record.save(self.record)
        self._has_new_faults = False
        if has_news:
            self.on_change()

    def _known(self) -> Record | None:
        """The record as it is, if there is one that can be read."""
        try:
            return Record.load(self.record)
        except (OSError, ValueError):
            return None


def merged(known: Record, results: Mapping[str, _Result]) -> Record:
    """A record with the newest proofs of some pages; pages that are gone are left out."""
    pages, not_run = dict(known.pages), dict(known.not_run)
    commits: dict[str, Commit | None] = dict.fromkeys(pages, known.commit)
    for name, result in results.items():
        pages.pop(name, None)
        not_run.pop(name, None)
        commits[name] = result.commit
        if result.proof.is_recorded:
            pages[name] = result.proof.proven
        if result.proof.not_run:
            not_run[name] = result.proof.not_run
    pages = {name: pages[name] for name in sorted(pages) if (DOCS / name).is_file()}
    not_run = {name: not_run[name] for name in sorted(not_run) if (DOCS / name).is_file()}
    of = {commits[name] for name in pages}
    commit = of.pop() if len(of) == 1 else None
    return Record(
        this_python(),
        pages,
        commit if commit == commit_of(DOCS) else None,
        not_run,
        settings().get("proof_remedy", known.remedy),
    )


def in_short(proof: PageProof) -> str:
    """How a proof went, in a few words.

    >>> in_short(PageProof(faults=[Fault(1, "It does not end.")]))
    '0 blocks proven, 1 thing is wrong'
    """
    parts = [_count(len(proof.proven), "block", "blocks") + " proven"]
    if proof.not_run:
        parts.append(f"{len(proof.not_run)} not run ({proof.not_run[0].reason.splitlines()[0]})")
    if proof.faults:
        parts.append(_count(len(proof.faults), "thing is wrong", "things are wrong"))
    return ", ".join(parts)


def in_words(page: str, fault: Fault) -> str:
    """A fault for the terminal.

    >>> print(in_words("docs/a.md", Fault(7, "It does not end.")))
    docs/a.md:7
      It does not end.
    """
    lines = fault.message.replace(f"{Path.cwd().resolve()}{os.sep}", "").splitlines()
    return "\n".join([f"{page}:{fault.line}", *(f"  {line}" for line in lines)])


def _count(number: int, one: str, more: str) -> str:
    return f"{number} {one if number == 1 else more}"


def _states(code: Hashable) -> dict[str, Hashable]:
    """What the proof of each page depends on: its text, what that includes, the project's code."""
    found: dict[str, Hashable] = {}
    for path in sorted([*DOCS.rglob("*.md"), *DOCS.rglob("*.ipynb")]):
        name = path.relative_to(DOCS)
        if any(part.startswith(".") for part in name.parts):
            continue
        try:
            text = path.read_bytes()
        except OSError:  # it goes away just now: an editor writes it afresh
            continue
        found[name.as_posix()] = code, text, _included(path.suffix, text)
    return found


def _included(suffix: str, text: bytes) -> str:
    if suffix != ".md":
        return ""
    docs = DOCS.resolve()
    try:
        return include(text.decode("utf-8", "replace"), [docs, docs.parent])
    except SnippetMissingError as error:
        return str(error)
