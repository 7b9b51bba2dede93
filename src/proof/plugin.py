"""The pytest side of the proof: rewriting outputs, annotations on GitHub, the record.

Load it with `-p proof.plugin`. The pages come in through Sybil, in a `conftest.py` beside
them: `pytest_collect_file = Sybil([proof.page.parser()], pattern="*.md").pytest()`.
"""

import os
from collections import defaultdict
from collections.abc import Generator, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, NoReturn, TypeVar

import pytest
from _pytest.reports import CollectErrorRepr

from proof import ahead, environment, page, unavailable
from proof.commit import commit_of
from proof.exercises import Exercise
from proof.lock import locked
from proof.note import summary
from proof.page import Block, Page
from proof.record import BlockNotRun, ProvenBlock, Record, digest, this_python
from proof.rewriting import NotWrittenError, rewrite, why

T = TypeVar("T")

RAN_TO_END = (  # how pytest ends when it has run all tests
    pytest.ExitCode.OK,
    pytest.ExitCode.TESTS_FAILED,
    pytest.ExitCode.NO_TESTS_COLLECTED,
)
_PROBLEMS = pytest.StashKey[list[str]]()
_PROVEN = pytest.StashKey[list[str]]()
_JOBS = pytest.StashKey[int]()
_AHEAD = pytest.StashKey[ahead.PagesAhead]()
_PARALLEL = (
    "With {}, this process must have the results of all blocks, and pytest-xdist or pytest-forked "
    "runs them in others. Add {}."
)
_NO_RECORD = (
    "{} is there, and is no record of a proof, which would take its place. Give --proof the name "
    "of another file."
)
_NO_BLOCKS = "{} has no blocks: there is nothing to run."
_NO_DOCS = "There is no folder {}. Name that of the pages in pytest's settings, as proof_docs."


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options of the command line and of the configuration file."""
    group = parser.getgroup("proof", "documentation that proves its code")
    group.addoption("--update-outputs", action="store_true", help="rewrite what pages show")
    group.addoption("--proof", metavar="FILE", type=Path, help="write what was proven to FILE")
    group.addoption(
        "--proof-jobs",
        metavar="N",
        default="1",
        help="run N pages at a time; 'auto' is one for each processor",
    )
    parser.addini("proof_docs", "the folder of the pages", default="docs")
    parser.addini("proof_unavailable", "errors that skip a page, by full name", type="linelist")
    parser.addini("proof_remedy", "the command that runs what was skipped", default="")


def pytest_configure(config: pytest.Config) -> None:
    """Take over which errors mean that an example cannot be had here; refuse parallel runs.

    Raises:
        UsageError: the run is to write something, and other processes would have its results.
    """
    config.stash[_PROBLEMS] = []
    wanted = [n for n in ("--update-outputs", "--proof") if config.getoption(n)]
    if wanted and (ways := _in_other_processes(config)):
        raise pytest.UsageError(_PARALLEL.format(" and ".join(wanted), ways))
    docs = config.rootpath / config.getini("proof_docs")
    if config.getoption("proof") and not docs.is_dir():
        raise pytest.UsageError(_NO_DOCS.format(docs))
    if (target := config.getoption("proof")) and _is_something_else(target):
        raise pytest.UsageError(_NO_RECORD.format(target))
    try:
        config.stash[_JOBS] = ahead.jobs(config.getoption("proof_jobs"))
    except ValueError as error:
        raise pytest.UsageError(f"--proof-jobs: {error}") from None
    unavailable.errors.update(config.getini("proof_unavailable"))
    environment.import_from[:] = config.getini("pythonpath")
    page.project = config.rootpath


def _is_something_else(target: Path) -> bool:
    """Whether a file that is to get the record holds something that is none, not even a broken one.

    A record begins with a brace.
    """
    if not target.is_file():
        return False
    with target.open("rb") as file:
        return file.read(1) not in (b"", b"{")


def _in_other_processes(config: pytest.Config) -> str:
    """The option by which tests run in processes other than this one, if there is one."""
    if config.getoption("dist", "no") != "no" or config.getoption("tx", None):
        return "--numprocesses=0"
    return "--no-forked" if config.getoption("forked", False) else ""


def cannot_be_had(error: Exception | str) -> NoReturn:
    """Skip a test whose needs cannot be met here; where all must be there, fail it."""
    if unavailable.is_strict():
        pytest.fail(str(error))
    pytest.skip(unavailable.in_short(str(error)))


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """Collect notebooks; pages come in through Sybil."""
    if file_path.suffix != ".ipynb":
        return None
    # Imported late: a kernel is a lot to load where there is no notebook.
    from proof.notebook import NotebookFile

    collector: pytest.Collector = NotebookFile.from_parent(parent, path=file_path)
    return collector


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(
    collector: pytest.Collector,
) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """Say in a sentence that a page cannot be read, without a traceback through pytest."""
    report = yield
    found = report.call.excinfo if report.call else None
    if found and isinstance(found.value, UnicodeDecodeError) and isinstance(collector, pytest.File):
        at = found.value.start + 1
        said = f"{_short(collector.path)} is not UTF-8 text: see its byte {at}. Save it as UTF-8."
        report.longrepr = CollectErrorRepr(said)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Let an outdated output pass when it is about to be rewritten; annotate what failed."""
    report = yield
    block = _block(item)
    updating = item.config.getoption("update_outputs")
    if report.failed and block and block.outdated and updating:
        report.outcome, report.longrepr = "passed", None
    if report.failed and "GITHUB_ACTIONS" in os.environ:
        path, start, _ = report.location
        # Sybil counts lines from 1, pytest from 0.
        line = _line(block) if block else (start or 0) + (not hasattr(item, "example"))
        print(f"\n{annotation(path.replace(os.sep, '/'), line, str(report.longrepr))}")
    return report


def pytest_runtestloop(session: pytest.Session) -> None:
    """Run pages ahead of their tests, unless other processes run the tests."""
    config = session.config
    runs_here = not config.getoption("collectonly") and not hasattr(config, "workerinput")
    if runs_here and config.stash[_JOBS] > 1:
        pages = {id(found): found for item in session.items if (found := _page(item))}
        config.stash[_AHEAD] = ahead.PagesAhead(pages.values(), config.stash[_JOBS])


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Rewrite the outdated outputs, write the record."""
    if pages := session.config.stash.get(_AHEAD, None):
        pages.close()
    if session.config.getoption("collectonly"):
        return  # nothing has run
    blocks: dict[Path, list[Block]] = defaultdict(list)
    for item in session.items:
        if block := _block(item):
            blocks[item.path].append(block)
    if session.config.getoption("update_outputs"):
        for path, found in blocks.items():
            try:
                rewrite(path, found)
            except NotWrittenError as reason:
                _report(session, f"{_short(path)}: {reason}.")
    if target := session.config.getoption("proof"):
        _save(session, target, blocks)
    if not target and not session.config.getoption("update_outputs"):
        return
    if session.exitstatus == pytest.ExitCode.NO_TESTS_COLLECTED and _are_pages(session):
        named = " and ".join(_short(Path(page)) for page in session.config.args)
        session.config.stash.setdefault(_PROVEN, []).append(_NO_BLOCKS.format(named))
        session.exitstatus = pytest.ExitCode.OK


def _are_pages(session: pytest.Session) -> bool:
    """Whether single files were asked for, and all of them: then they may have nothing to run."""
    config = session.config
    return not config.option.keyword and all(Path(name).is_file() for name in config.args)


def _save(session: pytest.Session, target: Path, blocks: dict[Path, list[Block]]) -> None:
    """Write the record of a run that came to its end; else the last one stays."""
    if session.exitstatus not in RAN_TO_END:
        _report(session, f"The run did not come to its end: {_short(target)} was left as it is.")
        return
    try:
        made = record(session, blocks)
        with locked(target):
            whole = with_other_pages(made, target, session.config)
            whole.save(target)
    except OSError as error:
        _report(session, f"The record {_short(target)} could not be written: {why(error)}.")
    else:
        proven = summary([made])
        if more := len(whole.pages) - len(made.pages):
            pages = "1 other page" if more == 1 else f"{more} other pages"
            proven.append(f"{_short(target)} also has what earlier runs proved of {pages}.")
        session.config.stash[_PROVEN] = proven


def _report(session: pytest.Session, line: str) -> None:
    """Show a line at the end of the run, and let the run fail."""
    session.config.stash[_PROBLEMS].append(line)
    if session.exitstatus in RAN_TO_END:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def _short(path: Path) -> str:
    """The path as one would type it here."""
    here = Path.cwd()
    return str(path.relative_to(here) if path.is_relative_to(here) else path)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> Generator[None]:
    """Say at the very end what was proven, and what could not be run or written."""
    yield
    for line in config.stash.get(_PROVEN, []):
        terminalreporter.write_line(line)
    for line in config.stash[_PROBLEMS]:
        terminalreporter.write_line(line, red=True)


def record(session: pytest.Session, blocks: dict[Path, list[Block]]) -> Record:
    """What this session has proven, by page."""
    docs = session.config.rootpath / session.config.getini("proof_docs")
    proven = {
        path: [
            ProvenBlock(block.fence.first + 1, digest(block.source), digest(block.shown))
            for block in found
            if block.proven
        ]
        for path, found in blocks.items()
    }
    not_run = {
        path: [
            BlockNotRun(block.fence.first + 1, digest(block.source), block.lacks)
            for block in found
            if block.lacks
        ]
        for path, found in blocks.items()
    }
    for item in session.items:
        proven.update(getattr(item, "proven", {}))
        not_run.update(getattr(item, "not_run", {}))
    return Record(
        this_python(),
        dict(_by_name(proven, docs)),
        commit_of(docs) if docs.is_dir() else None,
        {name: lacking for name, lacking in _by_name(not_run, docs) if lacking},
        session.config.getini("proof_remedy"),
    )


def with_other_pages(proven: Record, target: Path, config: pytest.Config) -> Record:
    """Add what a file knows of the pages that this run was not asked for: a run may be of one.

    Args:
        proven: what this run has proven.
        target: the file of the record; none need be there.
        config: knows the files and folders that the run was asked for.
    """
    try:
        known = Record.load(target)
    except (OSError, ValueError):  # there is none, or a broken one: this run writes it afresh
        return proven
    docs = config.rootpath / config.getini("proof_docs")
    asked = [config.invocation_params.dir / place.partition("::")[0] for place in config.args]

    def is_other(name: str) -> bool:
        page = docs / name
        return page.is_file() and not any(page.is_relative_to(place) for place in asked)

    others = {name: blocks for name, blocks in known.pages.items() if is_other(name)}
    lacking = {name: blocks for name, blocks in known.not_run.items() if is_other(name)}
    is_one_commit = proven.commit == known.commit or not others.keys() | lacking.keys()
    return replace(
        proven,
        pages=dict(sorted((others | proven.pages).items())),
        commit=proven.commit if is_one_commit else None,
        not_run=dict(sorted((lacking | proven.not_run).items())),
    )


def _by_name(found: dict[Path, T], docs: Path) -> Iterator[tuple[str, T]]:
    """What was found on each page below the docs folder, by the page's name there."""
    for path in sorted(found):
        if path.is_relative_to(docs):
            yield path.relative_to(docs).as_posix(), found[path]


def annotation(path: str, line: int, message: str) -> str:
    r"""A line that GitHub shows beside the page's line.

    >>> annotation("docs/a.md", 7, "50% is\nwrong")
    '::error file=docs/a.md,line=7,title=Failed::50%25 is%0Awrong'
    """
    message = message.strip().replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    path = path.replace("%", "%25").replace(":", "%3A").replace(",", "%2C")
    return f"::error file={path},line={line},title=Failed::{message}"


def _block(item: Any) -> Block | None:
    parsed = getattr(getattr(item, "example", None), "parsed", None)
    return parsed if isinstance(parsed, Block) else None


def _page(item: Any) -> Page | None:
    """The page whose block or exercise a test is about."""
    parsed = getattr(getattr(item, "example", None), "parsed", None)
    block = parsed.solution if isinstance(parsed, Exercise) else parsed
    return block.page if isinstance(block, Block) else None


def _line(block: Block) -> int:
    fence = block.output if block.output and block.outdated else block.fence
    return fence.first + 1
