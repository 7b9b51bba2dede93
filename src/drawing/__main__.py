"""Draw figures again: `python -m drawing docs`."""

import argparse
import sys
from pathlib import Path

from drawing.figure import FigureError
from drawing.redraw import find_figures, redraw
from verdict import StoryUnavailableError


def main(arguments: list[str] | None = None) -> None:
    """Draw every figure below a folder and say which files have changed, or what is wrong."""
    parser = argparse.ArgumentParser(
        prog="python -m drawing", description="Draw every figure below a folder again."
    )
    parser.add_argument("folder", type=Path, help="for example: docs")
    folder: Path = parser.parse_args(arguments).folder
    try:
        changed = redraw(folder)
    except (FileNotFoundError, FigureError, StoryUnavailableError) as error:
        sys.exit(str(error))
    for path in changed:
        print(f"drew {path.as_posix()}")
    print(f"{len(find_figures(folder))} figures, {len(changed)} changed")


if __name__ == "__main__":
    main()
