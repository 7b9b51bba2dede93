"""Draws the figures below a folder: each is a file of code with its picture beside it.

A figure `tokenizer_class` is the function `draw` of `figures/tokenizer_class.py`; what it
returns is kept in `figures/tokenizer_class.svg`, which the pages include.
"""

import runpy
from pathlib import Path

from verdict.whole_file import write_whole

FOLDER = "figures"


def find_figures(folder: Path) -> list[Path]:
    """Return the code of every figure below `folder`, in order of their paths.

    Raises:
        FileNotFoundError: There is no such folder, or no figure below it.
    """
    found = sorted(folder.glob(f"**/{FOLDER}/*.py"))
    if not found:
        raise FileNotFoundError(f"No {FOLDER}/*.py below {folder}. Name a folder that has figures.")
    return found


def draw(code: Path) -> str:
    """Run the code of a figure and return what belongs into its file.

    Raises:
        TypeError: The file has no function `draw`.
    """
    function = runpy.run_path(str(code)).get("draw")
    if not callable(function):
        raise TypeError(f"{code} has no function draw(). Give it one that returns a Figure.")
    return str(function())


def redraw(folder: Path) -> list[Path]:
    """Draw every figure below `folder` again and return the files that have changed.

    All are drawn before the first is written: where one cannot be drawn, none is written.
    """
    drawings = {code.with_suffix(".svg"): draw(code) for code in find_figures(folder)}
    changed = [path for path, text in drawings.items() if _read(path) != text.encode()]
    for path in changed:
        write_whole(path, drawings[path])
    return changed


def _read(path: Path) -> bytes | None:
    return path.read_bytes() if path.exists() else None
