"""The variables of the Python that runs a page or a notebook: the same wherever they matter.

A reader has none of those of a test runner, and no two machines have the same terminal, time
zone and language.
"""

import os
import re
from collections.abc import Sequence
from pathlib import Path

ONE_ORDER, ANOTHER_ORDER = "0", "1"
"""What the order of sets follows: fixed, so that one run is like the next."""

import_from: list[Path] = []
"""The folders from which pages import, besides those that `PYTHONPATH` names."""


def environment(order: str = ONE_ORDER) -> dict[str, str]:
    """All variables for the Python that runs a page.

    Args:
        order: what the order of sets follows.
    """
    kept = {
        name: value
        for name, value in os.environ.items()
        if not _OF_THE_RUNNER.match(name) or name in _WHERE_PYTHON_IS
    }
    same = {"PYTHONHASHSEED": order, "NO_COLOR": "1", "TERM": "dumb"}
    same |= {"TZ": "UTC", "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8"}
    if folders := _python_path(import_from):
        same["PYTHONPATH"] = folders
    return kept | same


def _python_path(first: Sequence[Path]) -> str:
    """The folders that `PYTHONPATH` is to name: a page runs in another folder than this process.

    An empty name stands for the working folder, as Python has it.
    """
    given = os.environ.get("PYTHONPATH", "")
    names = [*map(str, first), *(given.split(os.pathsep) if given else [])]
    return os.pathsep.join(str(Path.cwd() / name) for name in names)


# Settings of Python and of test runners, the terminal's width, colours, the place and its words,
# and where a window would open.
_OF_THE_RUNNER = re.compile(
    "(PYTHON|PYTEST_|GITHUB_|RUNNER_|LC_).*"
    "|(CI|COLUMNS|LINES|FORCE_COLOR|CLICOLOR|CLICOLOR_FORCE|COLORTERM|PY_COLORS|LANGUAGE)$"
    "|(MPLBACKEND|DISPLAY|WAYLAND_DISPLAY|IPYTHONDIR|IPYKERNEL_CELL_NAME)$"
)
_WHERE_PYTHON_IS = {"PYTHONHOME", "PYTHONPATH", "PYTHONPYCACHEPREFIX"}
