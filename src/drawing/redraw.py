"""Draws the figures below a folder: each is a file of code with its picture beside it.

A figure `tokenizer_class` is the function `draw` of `figures/tokenizer_class.py`; what it
returns is kept in `figures/tokenizer_class.svg`, which the pages include.
"""

import runpy
import traceback
from pathlib import Path

from drawing.figure import Figure, FigureError
from verdict import StoryUnavailableError
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
    """Run the code of a figure and return what its file has to hold.

    Raises:
        FigureError: Its code fails, with the file and the line where it does; or the file has no
            function `draw` that returns a figure.
        StoryUnavailableError: It shows the story, which cannot be had here.
    """
    try:
        function = runpy.run_path(str(code)).get("draw")
        drawn = function() if callable(function) else None
    except StoryUnavailableError:
        raise
    except Exception as error:
        said = str(error) if isinstance(error, FigureError) else f"{type(error).__name__}: {error}"
        raise FigureError(f"{code.as_posix()}:{_line(code, error)}: {said}") from error
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


def _line(code: Path, error: Exception) -> int:
    """The last line of a figure's code that an error came through, or where it cannot be read."""
    if isinstance(error, SyntaxError) and error.filename == str(code):
        return error.lineno or 1
    frames = traceback.extract_tb(error.__traceback__)
    return [frame.lineno or 1 for frame in frames if frame.filename == str(code)][-1]


def _read(path: Path) -> bytes | None:
    return path.read_bytes() if path.exists() else None
