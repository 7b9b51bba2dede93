"""Run the blocks of the built pages in the very Python that their readers get.

It is CPython for WebAssembly, here in Node.js; each page gets a fresh one. A page runs again when
its blocks change, or a module of the package that they import, directly or not; or anything that
all pages run with: that Python, its packages, the story, our own scripts.
"""

import ast
import hashlib
import json
import re
import zipfile
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from proof import session
from proof.dependencies import Project
from proof.fences import PYTHON, is_session, kind
from proof.files import write_whole
from proof.processes import processors
from proof.rendered import rendered_blocks, with_outputs
from website.assets.scripts import SCRIPTS
from website.pyodide.runtime import Installed, run_node

RESULTS_FILE = Path("build/live.json")
"""The file that keeps results from one build to the next."""
MOST_AT_ONCE = 4
"""How many Node.js run at a time at most: each takes about 300 MB of memory."""

_MARK = re.compile(r'<p class="proven">.*?</p>', re.DOTALL)

_BLOCK_RUNNERS = ("prove.js", "setup.js", "compare.js", "output.js", "runner.py")
_MODULE = re.compile(r"^ModuleNotFoundError: No module named '(\w+)", re.MULTILINE)
_REASONS = {
    "UnavailableError: ": "it needs a file that this copy of the site does not have",
    "RuntimeError: can't start new thread": "it starts a thread",
    "OSError: [Errno 138] emscripten does not support processes": "it starts another program",
}


@dataclass(frozen=True)
class Block:
    """A proven block of a built page: its code, what it printed, where its mark stands."""

    code: str
    shown: str
    mark: int  # offset in the page's HTML
    number: int  # its place among all Python blocks of the page, from 1: a traceback names it
    is_session: bool = False  # it has prompts, and its code shows what it printed


@dataclass(frozen=True)
class Result:
    """How a block went."""

    same: bool
    error: str
    printed: str
    needs: list[str]
    echo: str = ""  # what a page does not show: the value of a last expression, or a hint

    @property
    def lacks(self) -> str:
        r"""The module that it needs and that is not there; nothing, if that is not what ails it.

        >>> said = "ModuleNotFoundError: No module named 'numpy.typing'\nThis copy..."
        >>> Result(False, "ModuleNotFoundError", said, []).lacks
        'numpy'
        """
        found = None if self.same else _MODULE.search(self.printed)
        return found[1] if found else ""

    @property
    def reason(self) -> str:
        """Why it cannot run in a browser, for a reader; nothing, if it should."""
        if self.lacks:
            return f"it needs {self.lacks}, which this copy of the site does not have"
        found = (words for sign, words in _REASONS.items() if sign in self.printed)
        return "" if self.same else next(found, "")


def proven_blocks(page: str) -> list[Block]:
    """The Python blocks of a page that carry the mark of the gate.

    Without its marks the page is what the gate has just read, so it need not be read again.
    """
    marks, marked, unmarked = list(_MARK.finditer(page)), {}, page
    for mark in reversed(marks):
        unmarked = unmarked[: mark.start()] + unmarked[mark.end() :]
    taken = 0
    for mark in marks:
        marked[mark.start() - taken] = mark.start()
        taken += len(mark[0])
    proven = []
    number = 0
    for block, output in with_outputs(rendered_blocks(unmarked)):
        if kind(block.language) == PYTHON:
            number += 1
            end = (output or block).end
            if end in marked:
                shown = output.text if output else ""
                has_prompts = is_session(block.language, block.text)
                proven.append(Block(block.text, shown, marked[end], number, has_prompts))
    return proven


class Results:
    """How the blocks of pages went, by page.

    Args:
        installed: what they run with.
        pages: the blocks of each page.
    """

    def __init__(self, installed: Installed, pages: Iterable[Sequence[Block]]) -> None:
        self.installed = installed
        with_what = [installed.runtime.folder.name]
        with_what += [installed.story.name] if installed.story else []
        with_what += [json.dumps(installed.runtime.lock["packages"])]
        with_what += [(SCRIPTS / name).read_text(encoding="utf-8") for name in _BLOCK_RUNNERS]
        self.keys = _keys(installed.wheel, json.dumps(with_what), map(tuple, pages))
        self.known: dict[str, list[Result]] = {}
        if RESULTS_FILE.is_file():
            for key, results in json.loads(RESULTS_FILE.read_bytes()).items():
                self.known[key] = [Result(**result) for result in results]

    def of(self, blocks: Sequence[Block]) -> list[Result] | None:
        """The results of a page's blocks; None if they have not run."""
        return self.known.get(self.keys[tuple(blocks)]) if blocks else []

    def prove(self) -> None:
        """Run the pages that have not run, and keep the results of all these pages.

        Raises:
            subprocess.CalledProcessError: Node.js could not do it.
        """
        wanted = {key: blocks for blocks, key in self.keys.items() if blocks}
        new = {key: blocks for key, blocks in wanted.items() if key not in self.known}
        at_once = min(processors(), MOST_AT_ONCE)
        parts = [dict(list(new.items())[first::at_once]) for first in range(at_once)]
        with ThreadPoolExecutor(at_once) as threads:
            for found in threads.map(self._run, filter(None, parts)):
                self.known |= found
        self.known = {key: self.known[key] for key in wanted}
        as_data = {key: [asdict(one) for one in results] for key, results in self.known.items()}
        write_whole(RESULTS_FILE, json.dumps(as_data, indent=1) + "\n")

    def _run(self, pages: dict[str, Sequence[Block]]) -> dict[str, list[Result]]:
        """Run pages in a Node.js of their own, one after the other."""
        plan = {
            "folder": f"{self.installed.runtime.folder}/",
            "packages": f"{self.installed.packages}/",
            "lock": self.installed.runtime.lock,
            "wheel": str(self.installed.wheel),
            "runner": str(self.installed.runner),
            "story": str(self.installed.story) if self.installed.story else None,
            "pages": {
                key: [
                    {
                        "code": block.code,
                        "shown": block.shown,
                        "number": block.number,
                        "session": block.is_session,
                    }
                    for block in blocks
                ]
                for key, blocks in pages.items()
            },
        }
        found = json.loads(run_node("prove.js", given=json.dumps(plan)))
        return {key: [Result(**result) for result in results] for key, results in found.items()}


def _keys(
    wheel: Path, with_what: str, pages: Iterable[tuple[Block, ...]]
) -> dict[tuple[Block, ...], str]:
    """A short name for all that the results of each page depend on.

    Args:
        wheel: the package that the pages import.
        with_what: what else they run with, all of them.
        pages: the blocks of each page.
    """
    keys = {}
    with TemporaryDirectory(prefix="verdict-") as folder:
        root = Path(folder).resolve()
        with zipfile.ZipFile(wheel) as archive:
            archive.extractall(root)
        sums = {
            path: (path.relative_to(root).as_posix(), hashlib.sha256(path.read_bytes()).hexdigest())
            for path in sorted(root.rglob("*"))
            if path.is_file() and not path.relative_to(root).parts[0].endswith(".dist-info")
        }
        project = Project([root])
        for blocks in pages:
            code = [block.code for block in blocks]
            # Code that cannot be read may import anything.
            used = set(project.dependencies(code) if all(map(_is_read, blocks)) else sums)
            # A file that is no module may be used by any.
            used.update(path for path in sums if path.suffix != ".py")
            content = [
                with_what,
                [[block.code, block.shown, block.number, block.is_session] for block in blocks],
                [found for path, found in sums.items() if path in used],
            ]
            keys[blocks] = hashlib.sha256(json.dumps(content).encode()).hexdigest()[:32]
    return keys


def _is_read(block: Block) -> bool:
    try:
        ast.parse(session.code(block.code) if block.is_session else block.code)
    except (SyntaxError, ValueError):
        return False
    return True
