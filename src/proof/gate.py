"""The gate before publishing: no Python block reaches a reader unless it was proven.

`python -m proof.gate SITE RECORD...` checks a built site, and fails if a block is unproven.

It reads the built site, so it does not depend on what built it. A block may be one that
ran for this very page and printed what stands below it, or a whole piece of the package's own
source, which has tests of its own: a definition, an example from a docstring, a file.
Each proven block gets a quiet mark that says so.
"""

import argparse
import ast
import json
import re
import sys
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from functools import cached_property
from pathlib import Path

from proof.fences import OUTPUT, kind
from proof.files import write_whole
from proof.record import ProvenBlock, Record, digest, load_all
from proof.rendered import RenderedBlock, rendered_blocks

PUBLISHED = "proof.json"  # the record, as a file of the site

_EXAMPLE = re.compile(r"^ *>>> .*?(?=\n *\n|\Z)", re.MULTILINE | re.DOTALL)


@dataclass
class Report:
    """What the gate saw: how many blocks it marked, on how many pages, and what is wrong."""

    pages: int = 0
    blocks: int = 0
    problems: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Source:
    """The package's source, to recognize pieces of it."""

    folder: Path | None

    @cached_property
    def pieces(self) -> set[str]:
        """What a page may show of the files, without indentation."""
        files = sorted(self.folder.rglob("*.py")) if self.folder else []
        return {_flush(piece) for file in files for piece in _pieces(_text(file))}

    def holds(self, text: str) -> bool:
        """Whether the text is a whole file or definition, or examples from the docstrings.

        A line or two of a file are not enough: they would stand unmarked on any page.
        Indentation is not compared: a reference shows methods and docstrings without theirs.
        """
        text = _flush(text)
        return text in self.pieces or all(
            example in self.pieces for example in re.split(r"\n{2,}", text)
        )


def check(site: Path, records: Sequence[Path], source: Path | None) -> Report:
    """Check each page of a built site, mark its proven blocks, publish the record.

    Args:
        site: the folder of the built site; its pages are rewritten in place.
        records: the files of the record, one for each Python version.
        source: the folder of the package's source, if there is one.

    Raises:
        ValueError: a record cannot be read.
    """
    known, report, seen = load_all(records), Report(), set()
    files = Source(source)
    if not known:
        report.problems.append("There is no record of a proof: run `make prove` first.")
    for path in sorted(site.rglob("*.html")):
        html = path.read_bytes().decode("utf-8")
        name = _page_name(path.relative_to(site).as_posix(), known)
        seen.add(name)
        marked, blocks, problems = check_page(html, name, known, files)
        report.problems += [f"{path.relative_to(site)}: {problem}" for problem in problems]
        report.blocks += blocks
        report.pages += 1
        if marked != html:
            write_whole(path, marked)
    for record in known:
        for name in sorted(record.pages.keys() - seen):
            report.problems.append(f"{name}: proven on {record.python}, and not in the site.")
    write_whole(site / PUBLISHED, json.dumps(published(known), indent=1) + "\n")
    return report


def check_page(
    html: str, name: str, records: Sequence[Record], source: Source
) -> tuple[str, int, list[str]]:
    """Check one page: the page with its marks, how many there are, and what is wrong."""
    waiting = [list(record.pages.get(name, ())) for record in records]
    blocks = rendered_blocks(html)
    problems: list[str] = []
    marks: list[int] = []
    answer = None  # the output of the block above
    for block, below in zip(blocks, [*blocks[1:], None], strict=False):
        if kind(block.language) == OUTPUT and block is not answer:
            problems.append(_quote("is an output that stands below no proven block", block))
        if kind(block.language) in ("", OUTPUT):
            continue
        runs = [_take(left, digest(block.text)) for left in waiting]
        lacking = [r.python for r, ran in zip(records, runs, strict=True) if not ran]
        answer = below if below and kind(below.language) == OUTPUT else None
        if records and not lacking:
            if all(_as_printed(answer, ran) for ran in runs):
                marks.append((answer or block).end)
            else:
                problems.append(_quote("is shown with an output that it did not print", block))
        elif source.holds(block.text):
            answer = None  # it did not run here
        else:
            where = "" if len(lacking) == len(records) else f" on Python {', '.join(lacking)}"
            problems.append(_quote(f"was never proven{where}", block))
    hidden = {ran.line for left in waiting for ran in left}
    problems += [
        f"the block at line {at} of {name} ran, and is not shown." for at in sorted(hidden)
    ]
    mark = _mark([record.python for record in records])
    for end in sorted(marks, reverse=True):
        html = html[:end] + mark + html[end:]
    return html, len(marks), problems


def published(records: Sequence[Record]) -> dict[str, object]:
    """The record as the site shows it: the versions, the commit, and what each page's blocks are.

    There is a commit only if all records are of the same one.
    """
    pages = records[0].pages if records else {}
    commits = {record.commit for record in records}
    commit = commits.pop() if len(commits) == 1 else None
    return {
        "pythons": [record.python for record in records],
        "commit": asdict(commit) if commit else None,
        "pages": {
            name: [{"line": b.line, "code": b.code, "output": b.output} for b in blocks]
            for name, blocks in pages.items()
        },
    }


def _mark(versions: Sequence[str]) -> str:
    return f'<p class="proven">Runs as shown on Python {", ".join(versions)}</p>'


def _take(left: list[ProvenBlock], code: str) -> ProvenBlock | None:
    """Take the first block of this code: a page may run the same code twice, and print other."""
    found = next((block for block in left if block.code == code), None)
    if found:
        left.remove(found)
    return found


def _as_printed(output: RenderedBlock | None, block: ProvenBlock | None) -> bool:
    return block is not None and block.output == digest(output.text if output else "")


def _quote(problem: str, block: RenderedBlock) -> str:
    code = textwrap.indent(block.text.strip("\n"), "    ")
    return f"the block at line {block.line} of the HTML {problem}:\n{code}"


def _page_name(path: str, records: Sequence[Record]) -> str:
    """The source of a built page: `a/index.html` comes from `a/index.md`, `a.md` or a notebook."""
    stem = path.removesuffix(".html")
    stems = [stem, stem.removesuffix("/index")]
    names = [stem + ending for stem in stems for ending in (".md", ".ipynb")]
    known = {name for record in records for name in record.pages}
    return next((name for name in names if name in known), names[0])


def _pieces(text: str) -> Iterator[str]:
    """The whole of a file, each definition in it, each example in a docstring."""
    yield text
    lines = text.split("\n")
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            decorated = [node, *node.decorator_list]
            yield "\n".join(lines[min(each.lineno for each in decorated) - 1 : node.end_lineno])
        elif not isinstance(node, ast.Module):
            continue
        yield from _EXAMPLE.findall(ast.get_docstring(node) or "")


def _flush(text: str) -> str:
    """The text with each line moved to the left, without the blank lines around it."""
    return "\n".join(line.strip() for line in text.split("\n")).strip("\n")


def _text(file: Path) -> str:
    return file.read_text(encoding="utf-8")


def main(arguments: Sequence[str]) -> int:
    """Check a built site, and say what is wrong: 0 if nothing is, else 1."""
    options = argparse.ArgumentParser(prog="python -m proof.gate", description=__doc__)
    options.add_argument("site", type=Path, help="the folder of the built site; marks go into it")
    options.add_argument("records", type=Path, nargs="+", help="what `pytest --proof` has written")
    options.add_argument(
        "--source", type=Path, help="a folder of code that pages may show whole, without running it"
    )
    chosen = options.parse_args(arguments)
    try:
        report = check(chosen.site, chosen.records, chosen.source)
    except (OSError, ValueError) as error:
        print(error)
        return 1
    print(*report.problems, f"pages: {report.pages}, proven blocks: {report.blocks}", sep="\n")
    return 1 if report.problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
