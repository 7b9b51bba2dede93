"""A page's Python blocks, and whether each prints what the page says it prints.

The rules, for a writer of pages:

- Every Python fence runs, in the order of the page, in one fresh interpreter.
- A block that prints has an `output` fence right below it, with exactly that text.
- A session, whose code stands behind prompts, has what each of its examples prints right below
  that example (`proof.session`).
- An error that belongs to the lesson is shown: the output then ends with the line
  `Traceback (most recent call last):`, a line `  ...`, and the error's type and message.
- A `check` fence below a block has the checks of an exercise to which the block is the solution
  (`proof.judging`), below it stand `wrong` answers and `hint`s. The solution passes the checks;
  no answer at all, and each wrong one, do not.
"""

import ast
import difflib
import marshal
import os
import re
import tempfile
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from math import ceil, inf
from pathlib import Path
from typing import Any, cast
from unittest import SkipTest

from pymdownx.snippets import SnippetMissingError
from sybil import Document, Example, Region

from proof import (
    confinement,
    exercises,
    machine_paths,
    processes,
    runner,
    second_run,
    session,
    unavailable,
)
from proof.environment import HASH_SEED, OTHER_HASH_SEED, environment
from proof.exercises import Exercise
from proof.fences import EXERCISE, OTHER_PYTHON, OUTPUT, PYTHON, BrokenFence, Fence, fences, include

TIMEOUT = 300  # seconds for a page; a block that takes longer is stuck


class GivenUpError(Exception):
    """Nobody waits for a page any more, so it was ended: it has no results."""


@dataclass
class Block:
    """A Python fence of a page and the fence with its output: a session is its own."""

    page: "Page"
    fence: Fence
    source: str  # with the files that it includes
    output: Fence | None = None
    printed: str | None = None  # None: it did not come to an end
    outputs: list[str] = field(default_factory=list)  # what each of its pieces has printed
    failure: str = ""  # the error that the page does not show
    lacked: list[str] = field(default_factory=list)  # for each error, the name that it missed
    missing: str = ""  # why what it needs cannot be had here
    proven: bool = False
    checks: str = ""  # of an exercise to which it is an answer
    said: list[tuple[bool, str]] = field(default_factory=list)  # by these: see `proof.judging`

    @property
    def shown(self) -> str:
        """What the page says that the block prints: of a session, all that stands there."""
        if self.is_session:
            return self.source
        return self.output.text if self.output else ""

    @property
    def is_session(self) -> bool:
        """Whether code and outputs stand in one fence."""
        return self.output is self.fence

    @cached_property
    def code(self) -> str:
        """What runs, at its lines of the block, without prompts and outputs."""
        return session.code(self.source) if self.is_session else self.source

    @property
    def raises(self) -> bool:
        """Whether the page shows an error."""
        return session.TRACEBACK in self.shown.split("\n")

    @property
    def lacks(self) -> str:
        """Why it was not run, if something could not be had: for it, or for a block above it."""
        stop = next((b for b in self.page.failed if b.missing), None)
        if not stop or stop.failure or stop.fence.first > self.fence.first:
            return ""
        return stop.missing

    @property
    def failed_above(self) -> list["Block"]:
        """The blocks above it that ended with an error that the page does not show."""
        return [block for block in self.page.failed if block.fence.first < self.fence.first]

    @property
    def cause(self) -> str:
        """Which failed block was to define the names that this one lacked, if that is all."""
        found = ""
        for name in self.lacked:
            block = next((b for b in self.failed_above if name and b.may_bind(name)), None)
            if not block:
                return ""
            line = block.fence.first + 1
            found = found or f"the block at line {line} failed, and did not define {name!r}"
        return found

    @property
    def outdated(self) -> bool:
        """Whether the block ran well, and the page shows something else, in a place of its own.

        Below a block that failed, none is: when that is mended, this may print something else.
        """
        ended_well = self.printed is not None and not self.failure and not self.missing
        is_included = self.is_session and self.source != self.fence.text
        differs = ended_well and not is_included and self.printed != self.shown
        return differs and not self.failed_above

    def may_bind(self, name: str) -> bool:
        """Whether the block, had it not failed, might have defined a name."""
        import symtable  # late: few pages fail

        try:
            symbols = symtable.symtable(self.code, "block", "exec").get_symbols()
        except SyntaxError:  # nobody knows what it was to be
            return True
        return "import *" in self.code or any(
            symbol.get_name() == name and (symbol.is_assigned() or symbol.is_imported())
            for symbol in symbols
        )

    def job(self) -> runner.BlockJob:
        """What the interpreter under test needs to know of it."""
        examples = session.examples(self.source) if self.is_session else ()
        alone: list[runner.Piece] = [
            {
                "line": example.first,
                "source": example.source,
                "mode": "single" if example.is_code else "exec",
                "raises": example.raises,
            }
            for example in examples
        ]
        whole: runner.Piece = {
            "line": 0,
            "source": self.source,
            "mode": "exec",
            "raises": self.raises,
        }
        return {
            "line": self.fence.first + 1,
            "code": self.code,
            "pieces": alone if self.is_session else [whole],
            "session": self.source if self.is_session else "",
            "shown": self.shown,
            "checks": self.checks,
        }

    def has_printed(self, printed: bytes, sizes: Sequence[int]) -> None:
        """Take what its pieces have printed, as `proof.runner` found it."""
        self.printed = runner.as_shown(self.source if self.is_session else "", printed, sizes)
        self.outputs = runner.outputs(printed, sizes)
        examples = session.examples(self.source) if self.is_session else ()
        for example, output in zip(examples, self.outputs, strict=False):
            if row := session.unshowable(output):
                self.failure = _UNSHOWABLE.format(self.fence.first + 2 + example.first, row)
        if found := _INCLUDES.search(self.printed):
            self.failure = _WOULD_INCLUDE.format(found[0].strip())


@dataclass
class Page:
    """The blocks of one page, which run together."""

    path: Path
    blocks: list[Block] = field(default_factory=list)
    exercises: list[Exercise] = field(default_factory=list, compare=False)
    text: str = field(default="", compare=False)  # as it was read
    folder: Path | None = field(default=None, compare=False)  # of its run
    ran: bool = False
    failed: list[Block] = field(default_factory=list, compare=False)
    """Its blocks that ended with an error that the page does not show, in order."""
    is_given_up: Callable[[], bool] = field(default=bool, compare=False, repr=False)
    """Asked every so often while it runs: whether nobody waits for its results any more."""
    for_variants: float = field(default=inf, compare=False)
    """About how many seconds its run may spend on variants: the others are not tried."""
    is_tried: bool = field(default=True, compare=False)
    """Whether there was time for it as a variant: all for it to come to its end."""
    _running: Any = field(default_factory=threading.Lock, init=False, compare=False, repr=False)

    def run(
        self,
        hash_seed: str = HASH_SEED,
        variants: Sequence["Page"] = (),
        seconds: float = TIMEOUT,
        *,
        is_broken: bool = False,
    ) -> None:
        """Run the blocks in a fresh interpreter, in an empty folder, unless they have run.

        Args:
            hash_seed: what Python's order of sets follows; fixed, so that one run is like
                the next.
            variants: the page with some blocks changed. Each goes on from this run, in a copy
                of the interpreter, where its first changed block begins.
            seconds: how long each variant may compute, and in ten times that it must end.
            is_broken: the code is broken on purpose, here or in a variant: its home and its
                temporary folder are thrown away, and where the system can forbid it
                (`proof.confinement`) it writes nowhere else.

        Raises:
            ValueError: a variant has not as many blocks as the page.
            GivenUpError: `is_given_up` said so while it ran.
        """
        with self._running:  # another thread may have begun: see `proof.ahead`
            if not self.ran:
                self._run_with_answers(hash_seed, variants, seconds, is_broken)
                self.ran = True

    def _run_with_answers(
        self, hash_seed: str, variants: Sequence["Page"], seconds: float, is_broken: bool
    ) -> None:
        answers = [] if is_broken else [page for each in self.exercises for page in each.prepare()]
        copies = [*variants, *answers] if CAN_COPY else variants
        self._run(hash_seed, copies, seconds, is_broken)
        if not is_broken and hash_seed == HASH_SEED:
            self._look_for_what_no_reader_gets()

    def _run(
        self, hash_seed: str, variants: Sequence["Page"], seconds: float, is_broken: bool
    ) -> None:
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
            self.folder = folder = Path(name).resolve()
            results = folder / "results"
            (folder / "work").mkdir()
            variables = environment(hash_seed)
            if is_broken:
                variables |= _throw_away(folder)
            job = self._job(results)
            job["confined"] = is_broken and confinement.is_possible()
            job["goes_on"] = not is_broken
            is_second = hash_seed == OTHER_HASH_SEED
            job["other_machine"] = is_second and second_run.sees_another_machine(
                block.code for block in self.blocks
            )
            for variant in variants:
                job["variants"].append(variant._as_variant(job, results, seconds))
            for each in (job, *job["variants"]):
                Path(each["results"]).mkdir()
            (folder / "job").write_bytes(marshal.dumps(cast(Any, job)))
            limit = min(TIMEOUT, 10 * seconds) + sum(20 * its["seconds"] for its in job["variants"])
            start = processes.run if is_broken else processes.run_in_a_copy
            prints_too_much = runner.Watch(results)
            code, said = start(
                folder, variables, limit, lambda: self.is_given_up() or prints_too_much()
            )
            if self.is_given_up():
                raise GivenUpError(self.path)
            end = f"{said}Python ended here, with code {code}.\n"
            if code is None:
                end = _STUCK.format(f"{limit:g}")
            self._read(results, code == 0, end)
            for variant, its in zip(variants, job["variants"], strict=True):
                variant._read_variant(self, its, is_broken)

    def _look_for_what_no_reader_gets(self) -> None:
        """Find blocks that print what depends on this machine, this day or an order of sets."""
        sources = [block.code for block in self.blocks]
        for block in self.blocks:
            if block.printed and not block.failure:
                block.failure = machine_paths.fault(block.printed, sources, self.folder)
        if not any(block.outdated for block in self.blocks) and not second_run.is_needed(sources):
            return
        again = [Block(self, block.fence, block.source, block.output) for block in self.blocks]
        Page(self.path, again, is_given_up=self.is_given_up).run(hash_seed=OTHER_HASH_SEED)
        for block, other in zip(self.blocks, again, strict=True):
            if block.missing or block.printed is None:
                return
            if not block.failure and block.printed != other.printed:
                block.failure = second_run.explain_difference(
                    block.printed, other.printed or "", sources
                )

    def _job(self, results: Path) -> runner.Job:
        return {
            "path": str(self.path),
            "results": str(results),
            "blocks": [block.job() for block in self.blocks],
            "variants": [],
            "for_variants": self.for_variants,
            "confined": False,
            "goes_on": True,
            "stops_at": sorted(unavailable.errors),
            "other_machine": False,
        }

    def _as_variant(self, job: runner.Job, results: Path, seconds: float) -> runner.Variant:
        blocks = self._job(results)["blocks"]
        if len(blocks) != len(job["blocks"]) and not blocks[-1]["checks"]:
            raise ValueError(f"a variant of {self.path} must have all its blocks, and no more")
        first = 0
        for now, was in zip(blocks, job["blocks"], strict=False):
            if now["pieces"] != was["pieces"] or now["checks"]:
                break
            first += 1
        name = f"{results}-{len(job['variants'])}"
        return {
            "first": first,
            "blocks": blocks,
            "results": name,
            "seconds": ceil(seconds),
            "confined": job["confined"],
        }

    def _read_variant(self, page: "Page", variant: runner.Variant, is_broken: bool) -> None:
        self.ran = True
        first, results = variant["first"], Path(variant["results"])
        for block, same in zip(self.blocks[:first], page.blocks, strict=False):
            block.printed, block.failure, block.missing = same.printed, same.failure, same.missing
        code = results / "code"
        if not code.exists():  # it has no changed block, or the page did not get as far
            self.is_tried = first >= len(page.blocks)
        else:
            ended = code.read_text(encoding="utf-8")
            self.is_tried = ended != _CUT_OFF or page.for_variants == inf
            if ended == "alone":  # no copy could be made of what the blocks above had left
                self._run(HASH_SEED, (), variant["seconds"], is_broken)
                return
            self._read(results, ended == "0", f"Python ended here, with code {ended}.\n", first)

    def _read(self, results: Path, well: bool, end: str, first: int = 0) -> None:
        file = results / "results.txt"
        lines = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
        blocks = self.blocks[first:]
        captures = [results / f"{number}.txt" for number in range(first, len(self.blocks))]
        large = [c.exists() and c.stat().st_size > runner.LIMIT for c in captures]
        if True in large:
            lines = lines[: large.index(True)]
        for block, capture, line in zip(blocks, captures, lines, strict=False):
            outcome: runner.Outcome = ast.literal_eval(line)
            block.has_printed(capture.read_bytes(), outcome["sizes"])
            block.failure = outcome["failure"] or block.failure
            block.lacked = outcome["lacked"]
            if (results / f"forked-{capture.stem}").exists():
                block.failure = block.failure or _FORKED
            block.said = outcome["said"]
            wanted = block.raises and block.printed == block.shown
            if unavailable.errors.intersection(outcome["errors"]) and not wanted:
                block.missing = outcome["message"].strip()
                block.failure = block.missing if unavailable.is_strict() else ""
                self.failed.append(block)
                return
            if outcome["failure"]:
                self.failed.append(block)
                block.failure += _OUTSIDE if _ASYNC.search(outcome["message"]) else ""
        began = sum(capture.exists() for capture in captures)
        all_ran = began == len(captures) or bool(self.failed)
        if True in large:
            at = large.index(True)
            start = runner.as_on_a_page(runner.beginning(captures[at], 500)).rstrip("\n")
            failure = _TOO_MUCH.format(start)
        elif well and all_ran and began == len(lines):
            return
        else:  # Python itself came to a bad end: in the last block that began, or after it
            at = max(1, began) - 1
            printed = runner.as_on_a_page(captures[at].read_bytes()) if began else ""
            failure = f"{printed}{end}"
        block = blocks[at]
        if block not in self.failed:
            block.failure = failure
            self.failed.append(block)


CAN_COPY = hasattr(os, "fork")
"""Whether a page's answers can go on from its own run."""


project = Path()
"""The project's folder, as pytest has it: that of its settings."""


def parser(includes: Sequence[Path | str] = ()) -> Callable[[Document], Iterator[Region]]:
    """Make the Sybil parser of pages.

    Args:
        includes: the folders in which the page's `--8<--` lines look for files. A name that is
            not absolute is that of a folder of the project, wherever pytest is started.
    """

    def parse(document: Document) -> Iterator[Region]:
        folders = [project / folder for folder in includes]
        page, problems = read(document.text, Path(document.path), folders)
        starts = _line_starts(document.text)
        for block in page.blocks:
            last = (block.output or block.fence).last
            yield Region(starts[block.fence.first], starts[last + 1] - 1, block, check)
        faulty = dict[int, str]()
        for line, problem in problems:
            faulty[line] = f"{faulty[line]}\n{problem}" if line in faulty else problem
        for exercise in page.exercises:
            fence = exercise.check
            if fence.first in faulty:
                continue
            yield Region(starts[fence.first], starts[fence.last + 1] - 1, exercise, check_exercise)
        for line, problem in faulty.items():
            yield Region(starts[line], starts[line + 1] - 1, problem, _fail)

    return parse


def read(  # noqa: PLR0912
    text: str, path: Path, includes: Sequence[Path] = ()
) -> tuple[Page, list[tuple[int, str]]]:
    """Read a page: its blocks, and the lines (from 0) where it breaks the rules, and how."""
    page, problems = Page(path, text=text), []
    lines = text.split("\n")
    above: Fence | None = None
    for fence in fences(text):
        if isinstance(fence, BrokenFence):
            problems.append((fence.first, fence.fault))
        elif fence.kind == PYTHON:
            try:
                source = include(fence.text, includes)
            except (SnippetMissingError, UnicodeDecodeError, OSError) as error:
                problems.append((fence.first, _not_included(error, includes)))
            else:
                wrong = session.fault(source) if fence.is_session else None
                if wrong:
                    line = fence.first + 1 + wrong[0] if source == fence.text else fence.first
                    problems.append((line, wrong[1]))
                else:
                    own_output = fence if fence.is_session else None
                    page.blocks.append(Block(page, fence, source, own_output))
        elif fence.language in EXERCISE:
            if fault := exercises.take(fence, page, lines):
                problems.append((fence.first, fault))
            continue
        elif fence.kind == OTHER_PYTHON:
            problems.append((fence.first, _OTHER_PYTHON.format(fence.language)))
        elif fence.kind == OUTPUT:
            if not (above and above.kind == PYTHON and _right_below(above, fence, lines)):
                problems.append((fence.first, "This output stands below no Python block."))
            elif above.is_session:
                problems.append((fence.first, _SECOND_OUTPUT))
            elif page.blocks and page.blocks[-1].fence is above:  # else it is reported already
                page.blocks[-1].output = fence
        above = fence if isinstance(fence, Fence) else None
    return page, [*problems, *exercises.lacks(page)]


def _not_included(error: Exception, folders: Sequence[Path]) -> str:
    """Why a block's code is not complete, in a sentence."""
    if isinstance(error, UnicodeDecodeError):
        return f"An included file is not UTF-8: see its byte {error.start + 1}."
    if isinstance(error, OSError):
        return f"{error.filename}: {error.strerror}."
    return f"{error} in {', '.join(map(str, folders)) or 'any folder: `includes` names none'}."


def check(example: Example) -> str | None:
    """Run the block, and say what is wrong with it, for Sybil."""
    return verdict(example.parsed)


def check_exercise(example: Example) -> str | None:
    """Try the checks of an exercise, and say what is wrong with them, for Sybil."""
    return exercises.verdict(example.parsed)


def verdict(block: Block) -> str | None:
    """Say what is wrong with a block; nothing, if it prints what the page shows.

    What is wrong below a block that failed may come of that, and says so.

    Raises:
        SkipTest: it was not run, because an earlier one ended Python or what it needs is missing;
            or it lacked what an earlier one, which failed, was to define.
    """
    block.page.run()
    last = block.failed_above[-1] if block.failed_above else None
    if block.missing and not block.failure:
        raise SkipTest(block.missing)
    if last and block.printed is None and not block.failure:
        raise SkipTest(last.missing or f"the block at line {last.fence.first + 1} failed")
    if cause := block.cause:
        raise SkipTest(cause)
    wrong = block.failure or (difference(block) if block.printed != block.shown else "")
    if wrong and last:
        wrong = _MAY_FOLLOW.format(block.failed_above[0].fence.first + 1) + wrong
    block.proven = not wrong
    return wrong or None


def difference(block: Block) -> str:
    """What the page shows against what was printed, as a unified diff with the page's lines."""
    fence = block.output or block.fence
    line = fence.first + 1
    offset = line if block.output else fence.last + 1
    above = "" if block.output else "The block prints, and no output fence stands below it.\n"
    diff = difflib.unified_diff(
        block.shown.split("\n")[:-1],
        (block.printed or "").split("\n")[:-1],
        f"{block.page.path}:{line}",
        "printed",
        lineterm="",
    )
    moved = (re.sub(r"^@@ -(\d+)", lambda at: f"@@ -{int(at[1]) + offset}", row) for row in diff)
    return above + "\n".join(moved)


_MAY_FOLLOW = "This may come of a failure above it, the first at line {}.\n"
_SECOND_OUTPUT = (
    "This output stands below a session, which shows what its code prints by itself: behind `>>> "
    "` stands code, and right below that its output."
)
_UNSHOWABLE = (
    "The example at line {} prints the line {!r}, which means something else in a session: show it "
    "as a python fence, with an output fence right below it.\n"
)
_INCLUDES = re.compile(r"^[ \t]*;*-+8<-+[ \t]+[\"'].*$", re.MULTILINE)
_WOULD_INCLUDE = (
    "The block prints the line {!r}. A site takes that for an order to include a file, wherever it "
    "stands, and would show the file: print something else.\n"
)
_FORKED = (
    "A process that `os.fork` has made came to the end of this block, and in a file it would run "
    "the code below too. End it in the block that makes it: `os._exit(0)`.\n"
)
_ASYNC = re.compile(r"SyntaxError: (?:'await'|'async \w+'|asynchronous .*) outside ")
_OUTSIDE = (
    "A page runs as a file does: put this into `async def main(): ...`, and run it by "
    "`asyncio.run(main())`.\n"
)
_OTHER_PYTHON = (
    "A '{}' fence is not checked. Write the code as a python fence, and what it prints as an "
    "output fence right below it."
)


def _fail(example: Example) -> str:
    return str(example.parsed)


def _right_below(code: Fence, output: Fence, lines: list[str]) -> bool:
    between = lines[code.last + 1 : output.first]
    return code.prefix == output.prefix and not any(line.strip("> \t") for line in between)


def _line_starts(text: str) -> list[int]:
    starts = [0]
    for line in text.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    return starts


def _throw_away(folder: Path) -> dict[str, str]:
    """The variables of a home and a temporary folder that go with the page.

    What programs keep for the user can be read there.
    """
    home, temporary = folder / "home", folder / "temporary"
    for made in (home, temporary):
        made.mkdir()
    for name in (".cache", ".config", ".local", "Library"):
        real = Path.home() / name
        if os.name == "posix" and real.exists():
            (home / name).symlink_to(real)
    return dict.fromkeys(("HOME", "USERPROFILE"), str(home)) | dict.fromkeys(
        ("TMPDIR", "TEMP", "TMP"), str(temporary)
    )


_CUT_OFF = "-9"
"""What is written of a variant that had to be ended, for it took too long or printed too much."""

_STUCK = "The page did not come to an end in {} seconds: it stood at this block.\n"
_TOO_MUCH = (
    f"The block printed more than {runner.LIMIT / 1e6:g} MB, the most that a page may show of a "
    "block. It began:\n{}\n"
)
