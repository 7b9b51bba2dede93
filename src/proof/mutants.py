"""Break pages on purpose, one place at a time: the proof must notice each time.

`python -m proof.mutants docs` changes each printed line, and removes each line of code, and
checks the page after each. A mutant that survives shows a line that the proof cannot tell
from its absence: a comment, a value never used. `proof.notebook_mutants` is for notebooks.
"""

import argparse
import json
import os
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from math import inf
from operator import attrgetter
from pathlib import Path
from unittest import SkipTest

import pytest

from proof import confinement, environment, session
from proof import page as pages
from proof.environment import HASH_SEED
from proof.fences import OUTPUT, BrokenFence, fences
from proof.files import write_whole
from proof.kept_results import KeptResults, sample
from proof.mutant_report import KINDS, fingerprint

_UNPROTECTED = (
    "Broken code runs for real, and this system cannot keep it from writing outside its own "
    "folders: that takes Linux 6.2 or newer, with Landlock. With --unprotected it runs anyway."
)
_WRITES_ELSEWHERE = (
    "{} must pass before it is broken, whatever the order of sets, and where it may write to its "
    "working folder, its home and its temporary folder only."
)
_AT_MOST = 40
"""How many mutants of a page are tried where there is not time for all."""


@dataclass(frozen=True)
class Mutant:
    """A page with one line changed or removed."""

    path: Path
    line: int  # from 1
    kind: str  # one of KINDS
    was: str
    text: str
    whole: str  # the page as it was

    @property
    def name(self) -> str:
        """What tells it from the other mutants of its page."""
        return f"{self.line}: {self.kind}"

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.kind}: {self.was.strip()}"


def mutants(text: str, path: Path) -> Iterator[Mutant]:
    """Yield a mutant for each line of code and each printed line of a page."""
    lines = text.split("\n")
    for fence in fences(text):
        if isinstance(fence, BrokenFence) or not fence.kind:
            continue
        outputs = session.outputs(fence.text) if fence.is_session else set()
        for at in range(fence.first + 1, fence.last):
            was = lines[at]
            if fence.kind == OUTPUT or at - fence.first - 1 in outputs:
                kind, now = "output changed", [_changed(was)]
            elif was.strip("> "):
                kind, now = "code removed", []
            else:
                continue  # an empty line among code says nothing
            mutated = "\n".join([*lines[:at], *now, *lines[at + 1 :]])
            yield Mutant(path, at + 1, kind, was, mutated, text)


def survives(mutant: Mutant, includes: Sequence[Path] = ()) -> bool:
    """Whether the proof finds nothing wrong with the mutant."""
    page, problems = pages.read(mutant.text, mutant.path, includes)
    page.run(is_broken=True)
    return not problems and not _wrong(page)


def failures(text: str, path: Path, includes: Sequence[Path] = ()) -> list[str]:
    """Check a page without pytest: what is wrong with it."""
    page, problems = pages.read(text, path, includes)
    found = [f"{path}:{line + 1}: {problem}" for line, problem in problems]
    return found + _wrong(page)


def _wrong(page: pages.Page) -> list[str]:
    found = []
    for block in page.blocks:
        try:
            problem = pages.verdict(block)
        except SkipTest as reason:
            problem = str(reason)
        if problem:
            found.append(f"{page.path}:{block.fence.first + 1}: {problem}")
    return found


def survivors(found: Iterable[Mutant], includes: Sequence[Path] = ()) -> list[Mutant]:
    """The mutants that the proof does not notice.

    Raises:
        ValueError: a page fails as it is, so that any mutant of it would seem noticed.
    """
    groups = [list(group) for _, group in groupby(found, attrgetter("path", "whole"))]
    with ThreadPoolExecutor() as pool:  # each waits for an interpreter of its own
        alive = pool.map(partial(_alive, includes=includes), groups)
        return [mutant for group in alive for mutant in group]


def _alive(group: Sequence[Mutant], includes: Sequence[Path]) -> list[Mutant]:
    return [mutant for mutant, noticed in tried(group, includes).items() if not noticed]


@dataclass(frozen=True)
class MutantResults:
    """What is known of the mutants of one page or notebook."""

    path: Path
    made: int  # how many there are
    noticed: dict[str, bool]  # by their names; those that have not been tried are not in it


def try_page(  # noqa: PLR0913 - all but the first have a value that will do
    path: Path,
    includes: Sequence[Path] = (),
    roots: Sequence[Path] = (),
    kept: Path | None = None,
    seconds: float = inf,
    *,
    hash_seed: str = HASH_SEED,
) -> MutantResults:
    """Try the mutants of a page that have not been tried since it, or what it imports, changed.

    Args:
        path: the page.
        includes: folders of the files that it includes.
        roots: folders with the modules that it may import.
        kept: a folder where results are kept; None keeps nothing.
        seconds: about how long this may take, besides one run of the page, which is made in any
            case. Where it is not enough for all, a sample is tried, and the next time others. A
            mutant that does not come to its end is not in it. If not given, all are tried.
        hash_seed: what the order of sets follows in the run of a sample.

    Raises:
        ValueError: the page fails as it is.
    """
    text = path.read_text(encoding="utf-8")
    found = {mutant.name: mutant for mutant in mutants(text, path)}
    if not found:
        return MutantResults(path, 0, {})
    code = [block.source for block in pages.read(text, path, includes)[0].blocks]
    results = KeptResults(kept, path, code, roots)
    left = [mutant for name, mutant in found.items() if name not in results.noticed]
    if seconds < inf:
        page, problems = pages.read(text, path, includes)
        page.for_variants = seconds
        new = _tried_in_time(page, problems, left, includes, hash_seed)
    else:
        new = tried(left, includes) if left else {}
    results.add({mutant.name: noticed for mutant, noticed in new.items()})
    return MutantResults(path, len(found), results.noticed)


def tried(group: Sequence[Mutant], includes: Sequence[Path] = ()) -> dict[Mutant, bool]:
    """Whether the proof notices the mutants of one page.

    Where a process can be copied, they share one run of the page: each goes on from it, in a
    copy, at the block that it changes.

    Raises:
        ValueError: the page fails as it is.
    """
    whole, path = group[0].whole, group[0].path
    start = time.monotonic()
    _run(*pages.read(whole, path, includes))
    seconds = 1 + 1.5 * (time.monotonic() - start)  # a loop that has lost its end is cut off
    if not hasattr(os, "fork"):
        return {mutant: not survives(mutant, includes) for mutant in group}
    return _tried_from(*pages.read(whole, path, includes), group, includes, seconds=seconds)


def _tried_in_time(
    page: pages.Page,
    problems: Sequence[tuple[int, str]],
    left: Sequence[Mutant],
    includes: Sequence[Path],
    hash_seed: str,
) -> dict[Mutant, bool]:
    """Run a page once, and try as many of its mutants as it has seconds for."""
    by_name = {mutant.name: mutant for mutant in left}
    group = [by_name[name] for name in sample(by_name, _AT_MOST)]
    seconds = page.for_variants
    if hasattr(os, "fork"):
        limit = 1 + 1.5 * seconds
        return _tried_from(page, problems, group, includes, seconds=limit, hash_seed=hash_seed)
    start = time.monotonic()
    _run(page, problems, hash_seed=hash_seed)
    count = enough(seconds, time.monotonic() - start)
    return {mutant: not survives(mutant, includes) for mutant in group[:count]}


def _tried_from(  # noqa: PLR0913 - a run, and what is tried in it
    page: pages.Page,
    problems: Sequence[tuple[int, str]],
    group: Sequence[Mutant],
    includes: Sequence[Path],
    *,
    seconds: float,
    hash_seed: str = HASH_SEED,
) -> dict[Mutant, bool]:
    """Let mutants go on from a run of their page; those that were not tried are left out."""
    read = [(mutant, *pages.read(mutant.text, mutant.path, includes)) for mutant in group]
    sound = [variant for _, variant, wrong in read if not wrong]
    _run(page, problems, sound, seconds, hash_seed)
    return {
        mutant: bool(wrong or _wrong(variant))
        for mutant, variant, wrong in read
        if variant.is_tried
    }


def _run(
    page: pages.Page,
    problems: Sequence[tuple[int, str]],
    variants: Sequence[pages.Page] = (),
    seconds: float = pages.TIMEOUT,
    hash_seed: str = HASH_SEED,
) -> None:
    """Run a page, and variants of it from where they differ.

    Raises:
        ValueError: the page fails as it is.
    """
    page.run(hash_seed, variants, seconds, is_broken=True)
    wrong = [f"{page.path}:{line + 1}: {problem}" for line, problem in problems] or _wrong(page)
    if wrong:
        raise ValueError("\n".join([*wrong, _WRITES_ELSEWHERE.format(page.path)]))


def enough(seconds: float, took: float) -> int:
    """How many variants there is time for: a run of each takes about half of a whole run.

    Examples:
        >>> enough(2, 0.1), enough(2, 4)
        (40, 1)
    """
    return max(1, int(2 * seconds / took))


def _changed(line: str) -> str:
    """The line with its last character another one."""
    body = line.rstrip()
    last = body[-1:]
    return f"{body[:-1]}{'y' if last == 'x' else 'x'}"


class _Settings:
    """Takes from pytest's settings where pages import from, before any test is looked for."""

    @pytest.hookimpl(tryfirst=True)
    def pytest_cmdline_main(self, config: pytest.Config) -> int:
        environment.import_from[:] = config.getini("pythonpath")
        return 0


def main(arguments: Sequence[str]) -> int:
    """Break every page below a folder, or one of them; name the survivors, print the kill rate.

    Returns:
        1 if a page fails as it is, else 0.
    """
    options = argparse.ArgumentParser(prog="python -m proof.mutants", description=__doc__)
    options.add_argument("docs", type=Path, help="the folder of the pages")
    options.add_argument(
        "--unprotected", action="store_true", help="run broken code where nothing can confine it"
    )
    options.add_argument("--page", metavar="FILE", type=Path, help="break this page only")
    options.add_argument("--report", metavar="FILE", type=Path, help="write the counts to FILE")
    options.add_argument(
        "--kept", metavar="FOLDER", type=Path, help="keep results in FOLDER, and use those there"
    )
    chosen = options.parse_args(arguments)
    docs: Path = chosen.docs
    if chosen.page and not chosen.page.is_file():
        print(f"There is no page {chosen.page}.")
        return 1
    if not confinement.is_possible():
        print(_UNPROTECTED)
        if not chosen.unprotected:
            return 1
    pytest.main([str(docs)], plugins=[_Settings()])
    root = docs.resolve().parent
    includes, roots = [docs.resolve(), root], [root / "src" if (root / "src").is_dir() else root]
    paths = [chosen.page.resolve()] if chosen.page else sorted(docs.resolve().rglob("*.md"))
    find = partial(try_page, includes=includes, roots=roots, kept=chosen.kept)
    try:
        with ThreadPoolExecutor() as pool:
            outcomes = list(pool.map(find, paths))
    except ValueError as error:
        print(error)
        return 1
    found, alive = [], []
    for outcome in outcomes:
        text = outcome.path.read_text(encoding="utf-8")
        found += (of_page := list(mutants(text, outcome.path)))
        alive += [mutant for mutant in of_page if not outcome.noticed[mutant.name]]
    for mutant in alive:
        print(f"survived: {mutant}")
    made = {kind: sum(mutant.kind == kind for mutant in found) for kind in KINDS}
    killed = {kind: made[kind] - sum(mutant.kind == kind for mutant in alive) for kind in KINDS}
    for kind in KINDS:
        print(f"{kind}: {killed[kind]} of {made[kind]} killed")
    if chosen.report:
        counts = {"pages": fingerprint(docs), "made": made, "killed": killed}
        write_whole(chosen.report, json.dumps(counts, indent=1) + "\n")
    if found:
        print(f"kill rate: {(len(found) - len(alive)) / len(found):.1%}")
    else:
        print("There is no block: nothing can be broken.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
