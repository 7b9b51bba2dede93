"""The gate before publishing: no Python block reaches a reader unless it was proven.

`python -m proof.gate SITE RECORD...` checks a built site, and fails if a block is unproven.

It reads the built site, so it does not depend on what built it. A block may be one that
ran for this very page and printed what stands below it, or a whole piece of the package's own
source, which has tests of its own: a definition, an example from a docstring, a file.
Each proven block gets a quiet mark that says so.

A block that could not be run, because something could not be had, is unproven too.
Only where that is asked for by name does it pass, unmarked, and its page says so at its top.
"""

import argparse
import ast
import json
import re
import sys
import tokenize
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import NamedTuple, TypeVar

from proof.faults import Fault, Place, in_words, sources
from proof.fences import OUTPUT, kind
from proof.files import write_whole
from proof.note import how_many, why, with_note
from proof.record import BlockNotRun, ProvenBlock, Record, digest, load_all
from proof.rendered import RenderedBlock, rendered_blocks, with_outputs

PUBLISHED = "proof.json"  # the record, as a file of the site
COMMAND = "pytest --proof=FILE"
"""What runs the pages and writes the record, where a project has no command of its own for it."""

_FOR_PYTEST = (
    "is pytest's, and would be published: move it out of the folder of the pages, or add "
    "conftest.py and __pycache__ to exclude_docs in mkdocs.yml."
)

_EXAMPLE = re.compile(r"^ *>>> .*?(?=\n *\n|\Z)", re.MULTILINE | re.DOTALL)


@dataclass
class Report:
    """What the gate saw: how many blocks it marked, on how many pages, and what is wrong.

    `not_run` is how many blocks it let pass although they could not be run, `remedy` the
    command that would run them, if the record has one.
    """

    has_record: bool = True
    remedy: str = ""
    pages: int = 0
    blocks: int = 0
    not_run: int = 0
    faults: list[Fault] = field(default_factory=list)

    @property
    def is_good(self) -> bool:
        """Whether nothing is wrong."""
        return self.has_record and not self.faults

    def problems(self, docs: Path | None = None, command: str = COMMAND) -> list[str]:
        """What is wrong, in words, and at the end the command that helps.

        Args:
            docs: the folder of the pages' sources, where a block is looked up for its line.
            command: what runs the pages and writes the record.
        """
        if not self.has_record:
            return [f"There is no record of a proof. Run the pages first: {command}"]
        if self.is_good:
            return []
        only_not_run = all(fault.was_not_run for fault in self.faults)
        if only_not_run and self.remedy:
            advice = f"To run them: {self.remedy}"
        else:
            advice = f"To run the pages, and see what is wrong with a block: {command}"
        return [*in_words(self.faults, docs), advice]


class Checked(NamedTuple):
    """A page after the gate: with its marks, how many there are, what passed, what is wrong."""

    html: str
    proven: int
    not_run: int
    faults: list[Fault]


@dataclass(frozen=True)
class Source:
    """The package's source, to recognize pieces of it."""

    folder: Path | None

    @cached_property
    def pieces(self) -> set[str]:
        """What a page may show of the files, without indentation."""
        files = sorted(self.folder.rglob("*.py")) if self.folder else []
        return set().union(*map(_pieces, map(_text, files)))

    def holds(self, text: str) -> bool:
        """Whether the text is a whole file or definition, or examples from the docstrings.

        A line or two of a file are not enough: they would stand unmarked on any page.
        Indentation is not compared: a reference shows methods and docstrings without theirs.
        """
        text = _flush(text)
        return text in self.pieces or all(
            example in self.pieces for example in re.split(r"\n{2,}(?=>>> )", text)
        )


def check(
    site: Path, records: Sequence[Path], source: Path | None, *, strict: bool = True
) -> Report:
    """Check each page of a built site, mark its proven blocks, publish the record.

    Args:
        site: the folder of the built site; its pages are rewritten in place.
        records: the files of the record, one for each Python version. Without any, the pages
            are left as they are.
        source: the folder of the package's source, if there is one.
        strict: whether a block that could not be run is a fault, as any other that is unproven.

    Raises:
        ValueError: a record cannot be read, a folder is not there, or the site has no page.
    """
    for folder in (site, source):
        if folder and not folder.is_dir():
            raise ValueError(f"{folder} is no folder: is the site built, and is this its name?")
    gate = Gate(load_all(records), source, strict=strict)
    paths = sorted(site.rglob("*.html"))
    if not paths:
        raise ValueError(f"{site} has no page (*.html): build the site into it first.")
    for path in paths:
        name = path.relative_to(site).as_posix()
        try:
            html = path.read_bytes().decode("utf-8")
        except UnicodeDecodeError as error:
            gate.refuse(
                name, f"is not UTF-8 text, see its byte {error.start + 1}: save it as UTF-8."
            )
            continue
        marked = gate.marked(html, name)
        if marked != html:
            write_whole(path, marked)
    return gate.close(site)


class Gate:
    """Checks the pages of a site one by one, for who has read them already.

    Args:
        records: the record, one for each Python version. Without any, pages stay as they are.
        source: the folder of the package's source, if there is one.
        strict: whether a block that could not be run is a fault, as any other that is unproven.
    """

    def __init__(
        self, records: Sequence[Record], source: Path | None, *, strict: bool = True
    ) -> None:
        self._records, self._source, self._strict = records, Source(source), strict
        self._seen: set[str] = set()
        self._report = Report(has_record=bool(records), remedy=_remedy(records))

    def marked(self, html: str, file: str) -> str:
        """Check a page, and return it with a mark on each proven block.

        Args:
            html: the page.
            file: its file below the site's folder.
        """
        if not self._records:
            return html
        name = _page_name(file, self._records)
        self._seen.add(name)
        html = _OWN_MARK.sub("", html)  # of an earlier check, or nobody's
        checked = check_page(html, name, self._records, self._source, strict=self._strict)
        self._report.faults += checked.faults
        self._report.blocks += checked.proven
        self._report.not_run += checked.not_run
        self._report.pages += 1
        return checked.html

    def refuse(self, file: str, why: str) -> None:
        """Note that a page cannot be checked.

        Args:
            file: its file below the site's folder.
            why: what it is not.
        """
        self._seen.add(_page_name(file, self._records))
        self._report.faults.append(Fault(file, why))

    def close(self, site: Path) -> Report:
        """Publish the record in the folder of a site, all of whose pages were checked.

        Returns:
            What the gate saw.
        """
        for record in self._records:
            for name in sorted(record.pages.keys() - self._seen):
                wrong = f"proven on {record.python}, and not in the site."
                self._report.faults.append(Fault(name, wrong))
        for path in sorted(site.rglob("conftest.*")):
            if path.suffix in (".py", ".pyc"):
                self._report.faults.append(Fault(path.relative_to(site).as_posix(), _FOR_PYTEST))
        write_whole(site / PUBLISHED, json.dumps(published(self._records), indent=1) + "\n")
        return self._report


def check_page(
    html: str, name: str, records: Sequence[Record], source: Source, *, strict: bool = True
) -> Checked:
    """Check one page, and put in its marks; `name` is its source, as the records name it."""
    waiting = _Waiting(name, records)
    faults: list[Fault] = []
    marks: list[int] = []
    not_run: list[tuple[int, BlockNotRun]] = []  # each with where it begins
    answer = None  # the output of the block above
    for block, output, place in _placed(rendered_blocks(html)):
        if kind(block.language) == OUTPUT and block is not answer:
            faults.append(Fault(name, "an output stands below no proven block", place))
        if kind(block.language) in ("", OUTPUT):
            continue
        runs, gaps, unknown = waiting.take(digest(block.text))
        answer = output
        is_known = bool(records) and not unknown
        if is_known and not all(_as_printed(answer, ran) for ran in runs):
            faults.append(Fault(name, "is shown with an output that it did not print", place))
        elif is_known and gaps:
            not_run.append((block.start, gaps[0]))
        elif is_known:
            marks.append((answer or block).end)
        elif source.holds(block.text):
            answer = None  # it did not run here
        else:
            where = "" if len(unknown) == len(records) else f" on Python {', '.join(unknown)}"
            faults.append(Fault(name, f"was never proven{where}", place))
    faults += waiting.faults()
    missing = [gap for _, gap in not_run]
    if missing and strict:
        what = f"{how_many(missing, len(marks))}. {why(missing)}"
        faults.append(Fault(name, what, line=missing[0].line, was_not_run=True))
    mark = _mark([record.python for record in records])
    marked = html
    for end in sorted(marks, reverse=True):
        marked = marked[:end] + mark + marked[end:]
    if missing and not strict:
        marked = with_note(marked, not_run[0][0], missing, len(marks), _remedy(records))
    return Checked(marked, len(marks), 0 if strict else len(missing), faults)


class _Waiting:
    """What the records have of one page, and its built form has not shown yet."""

    def __init__(self, name: str, records: Sequence[Record]) -> None:
        self.name = name
        self.pythons = [record.python for record in records]
        self.proven = [list(record.pages.get(name, ())) for record in records]
        self.not_run = [list(record.not_run.get(name, ())) for record in records]

    def take(self, code: str) -> tuple[list[ProvenBlock], list[BlockNotRun], list[str]]:
        """Take what the records have of a block: where it ran, where it could not.

        Returns:
            Both, and the versions of Python whose records do not know it.
        """
        runs, gaps, unknown = [], [], []
        for python, proven, not_run in zip(self.pythons, self.proven, self.not_run, strict=True):
            if ran := _take(proven, code):
                runs.append(ran)
            elif gap := _take(not_run, code):
                gaps.append(gap)
            else:
                unknown.append(python)
        return runs, gaps, unknown

    def faults(self) -> list[Fault]:
        """What is left at the end: blocks that no reader sees."""
        ran = {block.line for left in self.proven for block in left}
        could_not = {block.line for left in self.not_run for block in left} - ran
        return [
            Fault(self.name, f"the block here {what}, and is not shown.", line=line)
            for lines, what in ((ran, "ran"), (could_not, "could not be run"))
            for line in sorted(lines)
        ]


Block = TypeVar("Block", ProvenBlock, BlockNotRun)


def _take(left: list[Block], code: str) -> Block | None:
    """Take the first block of this code: a page may run the same code twice, and print other."""
    found = next((block for block in left if block.code == code), None)
    if found:
        left.remove(found)
    return found


def _placed(
    blocks: Sequence[RenderedBlock],
) -> Iterator[tuple[RenderedBlock, RenderedBlock | None, Place]]:
    """Each block of a page with its output, and which it is."""
    number, seen = 0, Counter[str]()
    for block, output in with_outputs(blocks):
        is_code = kind(block.language) not in ("", OUTPUT)
        number += is_code
        yield block, output, Place(number if is_code else 0, block.text, seen[block.text])
        seen[block.text] += 1


def published(records: Sequence[Record]) -> dict[str, object]:
    """The record as the site shows it: the versions, the commit, and what each page's blocks are.

    There is a commit only if all records are of the same one. What one of them could not run
    stands apart, as `not_run`, which is there only if there is such a block.
    """
    gaps = {
        (name, block.line, block.code): block.reason
        for record in records
        for name, blocks in record.not_run.items()
        for block in blocks
    }
    pages = records[0].pages if records else {}
    commits = {record.commit for record in records}
    commit = commits.pop() if len(commits) == 1 else None
    data: dict[str, object] = {
        "pythons": [record.python for record in records],
        "commit": asdict(commit) if commit else None,
        "pages": {
            name: [asdict(block) for block in blocks if (name, block.line, block.code) not in gaps]
            for name, blocks in pages.items()
        },
    }
    if gaps:
        keys = ("page", "line", "code", "reason")
        data["not_run"] = [dict(zip(keys, (*gap, gaps[gap]), strict=True)) for gap in sorted(gaps)]
    return data


def _remedy(records: Sequence[Record]) -> str:
    return next((record.remedy for record in records if record.remedy), "")


def _mark(versions: Sequence[str]) -> str:
    return f'<p class="proven">Runs as shown on Python {", ".join(versions)}</p>'


_OWN_MARK = re.compile(
    r'<p class="proven">.*?</p>|\n<div class="not-run" role="note">.*?</div>\n', re.DOTALL
)


def _as_printed(output: RenderedBlock | None, block: ProvenBlock) -> bool:
    return block.output == digest(output.text if output else "")


def _page_name(built: str, records: Sequence[Record]) -> str:
    """The source of a built page, as the records name it; the page itself if they do not."""
    known = {name for record in records for name in (*record.pages, *record.not_run)}
    return next((name for name in sources(built) if name in known), built)


def _text(file: Path) -> str:
    """The text of a file; nothing, if it is no text that Python could read."""
    try:
        with tokenize.open(file) as opened:
            return opened.read()
    except (SyntaxError, ValueError):
        return ""


@lru_cache(512)  # a server of previews asks for each file again
def _pieces(text: str) -> frozenset[str]:
    """The whole of a file, each definition in it, each example in a docstring.

    Of what is no Python, such as a template, there is nothing that could be shown as it is.
    """
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError):
        return frozenset()
    return frozenset(map(_flush, _definitions_and_examples(text, tree)))


def _definitions_and_examples(text: str, tree: ast.Module) -> Iterator[str]:
    yield text
    lines = text.split("\n")
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            decorated = [node, *node.decorator_list]
            yield "\n".join(lines[min(each.lineno for each in decorated) - 1 : node.end_lineno])
        elif not isinstance(node, ast.Module):
            continue
        for example in _EXAMPLE.findall(ast.get_docstring(node) or ""):
            yield example.replace("<BLANKLINE>", "")  # as a page shows it


def _flush(text: str) -> str:
    """The text with each line moved to the left, without the blank lines around it."""
    return "\n".join(line.strip() for line in text.split("\n")).strip("\n")


def main(arguments: Sequence[str]) -> int:
    """Check a built site, and say what is wrong: 0 if nothing is, else 1."""
    options = argparse.ArgumentParser(prog="python -m proof.gate", description=__doc__)
    options.add_argument("site", type=Path, help="the folder of the built site; marks go into it")
    options.add_argument("records", type=Path, nargs="+", help="what `pytest --proof` has written")
    options.add_argument(
        "--source", type=Path, help="a folder of code that pages may show whole, without running it"
    )
    options.add_argument(
        "--docs", type=Path, default=Path("docs"), help="the folder of the pages' sources"
    )
    options.add_argument(
        "--allow-not-run",
        action="store_true",
        help="let blocks pass that could not be run, unmarked; not for a site to publish",
    )
    chosen = options.parse_args(arguments)
    strict = not chosen.allow_not_run
    command = COMMAND.replace("FILE", chosen.records[0].as_posix())
    try:
        report = check(chosen.site, chosen.records, chosen.source, strict=strict)
    except FileNotFoundError as error:
        print(f"{error.filename} is not there. Run the pages first: {command}")
        return 1
    except OSError as error:
        print(f"{error.filename}: {error.strerror}.")
        return 1
    except ValueError as error:
        print(error)
        return 1
    counts = f"pages: {report.pages}, proven blocks: {report.blocks}"
    counts += f", not run: {report.not_run}" if report.not_run else ""
    print(*report.problems(chosen.docs, command), counts, sep="\n")
    return 0 if report.is_good else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
