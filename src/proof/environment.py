"""The variables of the Python that runs a page or a notebook: the same wherever they matter.

A reader has none of those of a test runner, and no two machines have the same terminal, time
zone and language.
"""

import os
import re
from collections.abc import Sequence
from pathlib import Path

HASH_SEED, OTHER_HASH_SEED = "0", "1"
"""What the order of sets depends on: fixed, so that one run is like the next."""

import_from: list[Path] = []
"""The folders from which pages import, besides those that `PYTHONPATH` names."""


def environment(hash_seed: str = HASH_SEED) -> dict[str, str]:
    """All variables for the Python that runs a page.

    Args:
        hash_seed: what the order of sets depends on.
    """
    passed_on = {
        name: value
        for name, value in os.environ.items()
        if not _NOT_PASSED_ON.match(name) or name in _WHERE_PYTHON_IS
    }
    fixed = {"PYTHONHASHSEED": hash_seed, "NO_COLOR": "1", "TERM": "dumb"}
    fixed |= {"TZ": "UTC", "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8"}
    if folders := _python_path(import_from):
        fixed["PYTHONPATH"] = folders
    return passed_on | fixed


def _python_path(first: Sequence[Path]) -> str:
    """The folders that `PYTHONPATH` is to name: a page runs in another folder than this process.

    An empty name stands for the working folder, as Python has it.
    """
    given = os.environ.get("PYTHONPATH", "")
    names = [*map(str, first), *(given.split(os.pathsep) if given else [])]
    return os.pathsep.join(str(Path.cwd() / name) for name in names)


# Variables that a page does not get: settings of Python and of test runners, the terminal's width
# and colours, the language, and where a window would open.
_NOT_PASSED_ON = re.compile(
    "(PYTHON|PYTEST_|GITHUB_|RUNNER_|LC_).*"
    "|(CI|COLUMNS|LINES|FORCE_COLOR|CLICOLOR|CLICOLOR_FORCE|COLORTERM|PY_COLORS|LANGUAGE)$"
    "|(MPLBACKEND|DISPLAY|WAYLAND_DISPLAY|IPYTHONDIR|IPYKERNEL_CELL_NAME)$"
)
_WHERE_PYTHON_IS = {"PYTHONHOME", "PYTHONPATH", "PYTHONPYCACHEPREFIX"}
