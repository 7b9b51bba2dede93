"""The doc check: our proof of pages against stock Sybil, which compares no output.

The proof may cost at most 2.0 times as much, on the site's own pages and on any number of
blocks, and each further block as much as the one before: see the last two columns. It can be
run alone: `python -m tests.bench.doc_check`.
"""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from textwrap import indent

from proof.page import Block, read
from tests import PATIENCE
from tests.bench.comparison import cpu_seconds

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
SIZES = {100: 5, 1_000: 3, 3_000: 1, 10_000: 1}  # so many blocks, in so many rounds
A_PAGE = 20  # blocks
STOCK = """\
from sybil import Sybil
from sybil.parsers.markdown import PythonCodeBlockParser
pytest_collect_file = Sybil([PythonCodeBlockParser()], pattern="*.md").pytest()
"""
OURS = """\
from pathlib import Path
from proof.page import parser
from sybil import Sybil
pytest_collect_file = Sybil([parser()], pattern="*.md").pytest()
"""
PROOF = ["-q", "-p", "proof.plugin"]


def tables() -> Iterator[str]:
    """Yield one table: the CPU seconds of all processes, and the ratio to stock Sybil's."""
    rows = [
        "doc check, CPU seconds of all processes",
        f"  {'blocks':>6} {'pages':>5}  stock Sybil  our proof  ratio  ms a block: stock  ours",
        _row(*_own_pages()),
    ]
    made = [_made_pages(blocks, rounds) for blocks, rounds in SIZES.items()]
    rows += [_row(*each) for each in made]
    rows.append(_further([blocks for blocks, *_ in made], [ours for *_, ours in made]))
    yield "\n".join(rows)


def _further(blocks: Sequence[int], seconds: Sequence[float]) -> str:
    """What each further block costs our proof, from one number of blocks to the next."""
    each = [
        f"{1000 * (more - less) / (many - few):.2f} up to {many:,}"
        for (few, many), (less, more) in zip(pairwise(blocks), pairwise(seconds), strict=True)
    ]
    return f"  ms for each block more, our proof: {', '.join(each)}"


def _row(blocks: int, pages: int, stock: float, ours: float) -> str:
    each = [1000 * seconds / blocks for seconds in (stock, ours)]
    return (
        f"  {blocks:6,} {pages:5,}  {stock:11.2f}  {ours:9.2f}  {ours / stock:5.2f}"
        f"  {each[0]:17.2f} {each[1]:5.2f}"
    )


def _own_pages() -> tuple[int, int, float, float]:
    """The site's own pages: as they are, and as stock Sybil reads them."""
    with TemporaryDirectory() as name:
        folder = Path(name).resolve()
        (folder / "conftest.py").write_text(STOCK, encoding="utf-8")
        blocks = 0
        pages = sorted(DOCS.rglob("*.md"))
        for number, path in enumerate(pages):
            page, _ = read(path.read_text(encoding="utf-8"), path, [DOCS, ROOT])
            plain = "\n".join(map(_plain, page.blocks))
            (folder / f"{number}.md").write_text(plain, encoding="utf-8")
            blocks += len(page.blocks)
        ours = ["docs", "--ignore-glob=*.ipynb"]
        seconds = _in_turns((["-q"], folder), (ours, ROOT), blocks, 5)
        return blocks, len(pages), *seconds


def _plain(block: Block) -> str:
    """The block as stock Sybil reads it, with files included and errors caught."""
    source = block.source
    if block.raises:
        source = f"try:\n{indent(source, '    ')}except BaseException:\n    pass\n"
    return f"```python\n{source}```\n"


def _made_pages(blocks: int, rounds: int) -> tuple[int, int, float, float]:
    """Short pages without imports, on which the checks themselves are all there is to pay."""
    with TemporaryDirectory() as name:
        stock, ours = Path(name).resolve() / "stock", Path(name).resolve() / "ours"
        stock.mkdir()
        for first in range(0, blocks, A_PAGE):
            text = "".join(map(_block, range(first, first + A_PAGE)))
            (stock / f"{first}.md").write_text(text, encoding="utf-8")
        shutil.copytree(stock, ours)
        (stock / "conftest.py").write_text(STOCK, encoding="utf-8")
        (ours / "conftest.py").write_text(OURS, encoding="utf-8")
        seconds = _in_turns((["-q"], stock), (PROOF, ours), blocks, rounds)
        return blocks, blocks // A_PAGE, *seconds


def _block(number: int) -> str:
    code = f"n = {number}\nprint(n, n * n)\n"
    return f"Text.\n\n```python\n{code}```\n\n```output\n{number} {number * number}\n```\n\n"


Way = tuple[list[str], Path]  # the arguments of pytest, and where it runs


def _in_turns(stock: Way, ours: Way, blocks: int, rounds: int) -> tuple[float, float]:
    """The seconds of both: in turns, so that a busy machine slows both alike."""
    spent = []
    for _ in range(rounds):
        start = cpu_seconds()
        _check(*stock, blocks)
        between = cpu_seconds()
        _check(*ours, blocks)
        spent.append((between - start, cpu_seconds() - between))
    return median(one for one, _ in spent), median(other for _, other in spent)


def _check(arguments: Sequence[str], folder: Path, blocks: int) -> None:
    """Run pytest.

    Raises:
        RuntimeError: not all blocks passed.
    """
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "--tb=line", "-p", "no:cacheprovider", *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=12 * PATIENCE,
    )
    if not re.fullmatch(rf"{blocks} passed in .*", done.stdout.rstrip().rpartition("\n")[2]):
        raise RuntimeError(done.stdout + done.stderr)


if __name__ == "__main__":
    print(*tables(), sep="\n\n")
