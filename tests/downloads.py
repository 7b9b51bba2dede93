"""The notebooks and scripts of the built site: does each print what its page shows?

`python -m tests.downloads` (make downloads) runs them all, each notebook in a fresh kernel and
each script in a fresh interpreter, in an empty folder. That takes as long as proving the pages
twice more, so it runs where the site is published; `make test` runs those of a small page.
"""

import multiprocessing
import os
import re
import subprocess
import sys
import tempfile
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from nbformat import NotebookNode

from proof import notebook, page, session
from proof.environment import environment
from proof.runner import as_on_a_page
from tests import PATIENCE
from tests.website.conftest import NO_SITE, ROOT
from website.sources import read_parts

DOCS = ROOT / "docs"
SITE = ROOT / "build" / "site"
_QUALIFIED = re.compile(r"^(?:\w+\.)+(?=\w+(?::|$))", re.MULTILINE)
_NO_CODE = re.compile(r"(?:SyntaxError|_IncompleteInputError): ")  # the second since Python 3.13


def shown(source: Path) -> list[str]:
    """What a page shows below each of its pieces of code, one after the other."""
    if source.suffix == ".ipynb":
        return [printed_text(cell) for cell in notebook.read(source).cells if is_code(cell)]
    blocks, problems = page.read(source.read_text(encoding="utf-8"), source, [DOCS, ROOT])
    assert not problems, problems
    found = []
    for block in blocks.blocks:
        if block.is_session:
            examples = session.examples(block.source)
            found += ["".join(f"{row}\n" for row in each.shown) for each in examples]
        else:
            found.append(block.shown)
    return found


def of_script(path: Path) -> str:
    """What a script prints, on both streams, in a fresh interpreter and an empty folder."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        done = subprocess.run(
            [sys.executable, "-u", path],
            cwd=folder,
            env=environment() | {"PYTHONUTF8": "1", "MPLBACKEND": "template"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=PATIENCE,
            check=False,
        )
    return as_on_a_page(done.stdout)


def of_notebook(path: Path) -> list[str]:
    """What each cell of a notebook shows as text in a fresh kernel, without that which installs."""
    fresh = notebook.run(notebook.read(path))
    _install, *others = filter(is_code, fresh.cells)
    return [printed_text(cell) for cell in others]


def is_code(cell: NotebookNode) -> bool:
    return bool(cell.cell_type == "code")


def printed_text(cell: NotebookNode) -> str:
    """What a cell shows as text, as a page would."""
    pieces = []
    for output in cell.outputs:
        if output.output_type == "stream":
            pieces.append(output.text)
        elif output.output_type == "execute_result":
            pieces.append(f"{output.data['text/plain']}\n")
        elif output.output_type == "error":
            pieces.append("".join(f"{row}\n" for row in output.traceback))
    return as_on_a_page("".join(pieces).encode())


def fault(source: Path, site: Path = SITE, docs: Path = DOCS) -> str:
    """What the notebook or the script of a page prints otherwise; nothing if all is well."""
    wanted = shown(source)
    stem = site / source.relative_to(docs).with_suffix("")
    printed = of_script(stem.with_suffix(".py"))
    if printed != "".join(wanted):
        return f"{stem.name}.py prints\n{printed}\ninstead of\n{''.join(wanted)}"
    own = stem / source.name if source.suffix == ".ipynb" else stem.with_suffix(".ipynb")
    found = of_notebook(own)
    pairs = zip(found, wanted, strict=False)
    differ = [f"{one}\ninstead of\n{other}" for one, other in pairs if not _is_same(one, other)]
    if differ or len(found) != len(wanted):
        return f"{own.name} has {len(found)} cells of {len(wanted)} and shows\n" + "\n".join(differ)
    return ""


def _is_same(of_cell: str, of_page: str) -> bool:
    """Whether a cell shows what the page does.

    Of an error, the file of a notebook has neither its class's module nor the notes below it. Of
    code that is none, it has IPython's words.
    """
    if session.TRACEBACK in of_page:
        of_cell = _NO_CODE.split(of_cell)[0]
        return _QUALIFIED.sub("", of_page).startswith(of_cell) and session.TRACEBACK in of_cell
    return of_cell == of_page


def sources(site: Path = SITE) -> list[Path]:
    """The pages whose forms the site has."""
    names = [name for part in read_parts(ROOT / "mkdocs.yml") for name in part.pages]
    return [DOCS / name for name in names if (site / name).with_suffix(".py").is_file()]


def main() -> int:
    """Run all, and say which fail: 0 if none does, else 1."""
    if not (SITE / "index.html").is_file():
        print(NO_SITE)
        return 1
    pages = sources()
    fresh = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(os.cpu_count(), mp_context=fresh) as pool:
        faults = [found for found in pool.map(fault, pages) if found]
    for found in faults:
        print(found, flush=True)
    print(f"{len(pages) - len(faults)} of {len(pages)} pages: notebook and script print the same.")
    return int(bool(faults) or not pages)


if __name__ == "__main__":
    sys.exit(main())
