"""Draws the figures below a folder: each is a file of code with its picture beside it.

A figure `tokenizer_class` is the function `draw` of `figures/tokenizer_class.py`; what it
returns is kept in `figures/tokenizer_class.svg`, which the pages include.
"""

import runpy
import traceback
from pathlib import Path

from drawing.figure import Figure, FigureError
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
        FigureError: It cannot be drawn, with the file and the line that asks for it; or the file
            has no function `draw` that returns a figure.
    """
    try:
        function = runpy.run_path(str(code)).get("draw")
        drawn = function() if callable(function) else None
    except FigureError as error:
        frames = traceback.extract_tb(error.__traceback__)
        asked = [frame.lineno for frame in frames if frame.filename == str(code)]
        raise FigureError(f"{code.as_posix()}:{asked[-1]}: {error}") from error
    if not isinstance(drawn, Figure):
        raise FigureError(f"{code.as_posix()} has no function draw() that returns a Figure.")
    return drawn.svg(code.stem)


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
