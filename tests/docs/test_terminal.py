"""The shell blocks of the page on the command: each prints what the page shows below it.

`python -m tests.docs.test_terminal` writes what they print into the page.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from proof.fences import Fence, fences
from proof.files import write_whole
from tests import PATIENCE

PAGE = Path(__file__).parents[2] / "docs" / "at-the-terminal.md"
END = "\x01"
"""What the shell prints between two blocks."""


def blocks(text: str) -> Iterator[tuple[Fence, Fence]]:
    """Each shell block, and the fence of its output."""
    found = [fence for fence in fences(text) if isinstance(fence, Fence)]
    for code, output in pairwise(found):
        if code.language == "sh":
            assert output.language == "text", f"no output below the block at line {code.first + 1}"
            yield code, output


def printed(sources: list[str]) -> list[str]:
    """Run blocks in one shell, in an empty folder: what each printed, errors included."""
    shell = shutil.which("bash")
    if not shell or os.name == "nt":
        pytest.skip("the page is for a shell such as bash, on a system such as Linux")
    script = "".join(f"{source}printf '{END}'\n" for source in sources)
    scripts = Path(sys.executable).parent
    path = f"{scripts}{os.pathsep}{os.environ['PATH']}"
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(
            [shell, "-c", f"exec 2>&1\n{script}"],
            cwd=folder,
            env=os.environ | {"PATH": path},
            stdout=subprocess.PIPE,
            check=True,
            timeout=PATIENCE,
        )
    return done.stdout.decode("utf-8").split(END)[:-1]


@pytest.mark.usefixtures("story")
def test_each_block_prints_what_the_page_shows() -> None:
    shown = list(blocks(PAGE.read_text(encoding="utf-8")))
    assert printed([code.text for code, _ in shown]) == [output.text for _, output in shown]


def test_what_a_block_prints_and_the_errors_among_it_are_seen() -> None:
    assert printed(["a=1\n", "echo $a >&2; false\n", "echo $?; pwd > x; ls\n"]) == [
        "",
        "1\n",
        "0\nx\n",
    ]


def update() -> None:
    """Write into the page what its blocks print."""
    text = PAGE.read_text(encoding="utf-8")
    lines = text.split("\n")
    shown = list(blocks(text))
    outputs = printed([code.text for code, _ in shown])
    for (_, output), now in reversed(list(zip(shown, outputs, strict=True))):
        lines[output.first + 1 : output.last] = now.removesuffix("\n").split("\n")
    write_whole(PAGE, "\n".join(lines))


if __name__ == "__main__":
    update()
