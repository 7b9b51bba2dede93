"""Remove each cell of a notebook in turn: a fresh run must show something else.

`python -m proof.notebook_mutants docs` does so, and names the cells whose lack is not noticed.
"""

import argparse
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from math import inf
from multiprocessing import get_context
from pathlib import Path

from proof.kept_results import KeptResults, sample
from proof.mutants import MutantResults
from proof.notebook import NotebookError, cells, differences, read, run


def try_notebook(
    path: Path,
    roots: Sequence[Path] = (),
    kept: Path | None = None,
    seconds: float = inf,
) -> MutantResults:
    """Remove each cell that has not been removed since the notebook, or what it imports, changed.

    Args:
        path: the notebook.
        roots: folders with the modules that it may import.
        kept: a folder where results are kept; None keeps nothing.
        seconds: about how long this may take. Where it is not enough for all, one cell at least is
            removed, and the next time others. That the notebook passes as it is, is taken for
            granted then.

    Raises:
        ValueError: the notebook fails as it is, so that any removal would seem noticed.
    """
    found = {f"cell {cell.number}": cell.number for cell in cells(read(path)) if cell.source}
    code = [cell.source for cell in cells(read(path))]
    results = KeptResults(kept, path, code, roots)
    left = sample(found.keys() - results.noticed.keys(), len(found))
    if seconds == inf and left:
        if _is_noticed(path, None):
            raise ValueError(f"{path} must pass before it is broken.")
        with ProcessPoolExecutor(mp_context=get_context("spawn")) as pool:
            noticed = pool.map(partial(_is_noticed, path), [found[name] for name in left])
            results.add(dict(zip(left, noticed, strict=True)))
    end = time.monotonic() + seconds
    for name in left if seconds < inf else ():
        results.add({name: _is_noticed(path, found[name])})
        if time.monotonic() > end:
            break
    return MutantResults(path, len(found), results.noticed)


def _is_noticed(path: Path, number: int | None) -> bool:
    """Whether a run without one cell, or with all, shows what the notebook does not."""
    less = read(path)
    if number:
        less.cells[number - 1].source = ""
    try:
        return bool(differences(less, run(less), "x"))
    except NotebookError:
        return True


def main(arguments: Sequence[str]) -> int:
    """Remove the cells of the notebooks below a folder, or of one; say which nothing shows.

    Returns:
        1 if a notebook fails as it is, or the lack of a cell is not noticed, else 0.
    """
    options = argparse.ArgumentParser(prog="python -m proof.notebook_mutants", description=__doc__)
    options.add_argument("docs", type=Path, help="the folder of the notebooks")
    options.add_argument("--page", metavar="FILE", type=Path, help="break this notebook only")
    options.add_argument(
        "--kept", metavar="FOLDER", type=Path, help="keep results in FOLDER, and use those there"
    )
    chosen = options.parse_args(arguments)
    docs: Path = chosen.docs.resolve()
    root = docs.parent
    roots = [root / "src" if (root / "src").is_dir() else root]
    made = noticed = 0
    for path in [chosen.page.resolve()] if chosen.page else sorted(docs.rglob("*.ipynb")):
        try:
            outcome = try_notebook(path, roots, chosen.kept)
        except ValueError as error:
            print(error)
            return 1
        alive = [name for name, is_noticed in outcome.noticed.items() if not is_noticed]
        for name in alive:
            print(f"survived: {path}: {name} removed")
        made, noticed = made + outcome.made, noticed + outcome.made - len(alive)
    print(f"cells removed: {noticed} of {made} noticed")
    return int(noticed < made)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
