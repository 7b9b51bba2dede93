"""Draw a figure of the page again, with what its reader has typed.

The program that draws it, and the packages that it imports, come as text, with the first key.
"""

import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path


def unpack(files: Mapping[str, str]) -> None:
    """Put modules where Python finds them.

    Args:
        files: their sources, by their paths.
    """
    folder = Path(tempfile.mkdtemp())
    for name, source in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(source, encoding="utf-8")
    sys.path.append(str(folder))


def show(program: str, values: Mapping[str, str]) -> dict[str, str]:
    """Draw the figure of a program, by the names of what can be typed: see drawing.asked."""
    from drawing.asked import drawn

    return drawn(program, values)
