"""The doc check: our proof of all pages against stock Sybil, which compares no output.

The proof may cost at most 2.0 times as much: a figure of 0.50 or more beside it.
"""

import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from textwrap import indent

from proof.page import Block, read
from tests import PATIENCE
from tests.bench.comparison import Comparison

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
CONFTEST = """\
from sybil import Sybil
from sybil.parsers.markdown import PythonCodeBlockParser
pytest_collect_file = Sybil([PythonCodeBlockParser()], pattern="*.md").pytest()
"""


def comparisons() -> Iterator[Comparison]:
    with TemporaryDirectory() as name:
        folder = Path(name).resolve()
        (folder / "conftest.py").write_text(CONFTEST, encoding="utf-8")
        blocks = 0
        pages = sorted(DOCS.rglob("*.md"))
        for number, path in enumerate(pages):
            page, _ = read(path.read_text(encoding="utf-8"), path, [DOCS, ROOT])
            plain = "\n".join(map(_plain, page.blocks))
            (folder / f"{number}.md").write_text(plain, encoding="utf-8")
            blocks += len(page.blocks)
        yield Comparison(
            f"doc check, {len(pages)} pages, {blocks} blocks",
            {
                "stock Sybil": partial(_passed, ["-q", str(folder)], folder),
                "our proof": partial(_passed, ["docs", "--ignore-glob=*.ipynb"], ROOT),
            },
        )


def _plain(block: Block) -> str:
    """The block as stock Sybil reads it, with files included and errors caught."""
    source = block.source
    if block.raises:
        source = f"try:\n{indent(source, '    ')}except BaseException:\n    pass\n"
    return f"```python\n{source}```\n"


def _passed(arguments: Sequence[str], folder: Path) -> int:
    """Run pytest; say how many blocks passed.

    Raises:
        RuntimeError: not all of them did.
    """
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "--tb=line", "-p", "no:cacheprovider", *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=PATIENCE,
    )
    summary = re.fullmatch(r"(\d+) passed in .*", done.stdout.rstrip().rpartition("\n")[2])
    if not summary:
        raise RuntimeError(done.stdout + done.stderr)
    return int(summary[1])
