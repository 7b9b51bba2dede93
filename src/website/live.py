"""Let a reader run the blocks: put Python itself, for the browser, into the site.

Python comes from npm's `pyodide` and the editor from CodeMirror, both pinned in `src/live/`,
where `npm ci` puts them; git keeps nothing of them. A machine without Node.js builds the same
site without it.
"""

import functools
import gzip
import hashlib
import json
import re
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from proof.files import write_whole
from verdict import story

SCRIPTS = Path(__file__).parents[1] / "live"
MODULES = SCRIPTS / "node_modules"
CACHE = MODULES / ".cache" / "verdict"
FOLDER = Path("assets/live")
ENTRIES = ("page",)
"""The scripts that pages load: each becomes one file, with all that it imports.

A page loads the one that an element of it names: `data-live="page"`.
"""

_WANTS = re.compile(r'\bdata-live="(\w+)"')
_PYODIDE = {
    "loader": "pyodide.mjs",
    "glue": "pyodide.asm.mjs",
    "wasm": "pyodide.asm.wasm",
    "stdlib": "python_stdlib.zip",
}


@dataclass(frozen=True)
class Runtime:
    """Python for the browser, in a folder of its own, whose name tells its content."""

    folder: Path
    python: str
    lock: dict[str, Any]
    weight: int  # of its files, gzipped


def build(site: Path) -> list[str]:
    """Let the pages of a built site run Python, if this machine can; the site has the wheel.

    Returns:
        What is wrong.
    """
    if not is_possible():
        print("No page runs Python: that needs Node.js, and `make` then fetches the rest.")
        return []
    scripts = install(site)
    for path in sorted(site.rglob("*.html")):
        page = path.read_bytes().decode("utf-8")
        wanted = dict.fromkeys(name for name in _WANTS.findall(page) if name in scripts)
        if wanted:
            up = "../" * len(path.relative_to(site).parents[:-1])
            tags = "".join(
                f'<script type="module" src="{up}{scripts[name]}"></script>\n' for name in wanted
            )
            at = page.rindex("</body>")
            path.write_bytes(f"{page[:at]}{tags}{page[at:]}".encode())
    return []


def is_possible() -> bool:
    """Whether Node.js and what `npm ci` brings are there."""
    return bool(shutil.which("node")) and (MODULES / "pyodide").is_dir()


def install(site: Path) -> dict[str, str]:
    """Put all files into a built site that has the package's wheel.

    Returns:
        The addresses, below the site's, of the scripts that pages load, by their names.
    """
    target = site / FOLDER
    python = runtime()
    shutil.copytree(python.folder, target / python.folder.name, dirs_exist_ok=True)
    wheel = next(site.glob("verdict-*.whl"))
    text = the_story()
    weighed = [(SCRIPTS / "runner.py").read_bytes(), wheel.read_bytes()]
    weighed += [text] if text else []
    name = python.folder.name
    size = {key: (python.folder / file).stat().st_size for key, file in _PYODIDE.items()}
    manifest = {
        "python": python.python,
        "megabytes": round((python.weight + sum(map(_weight, weighed))) / 1e6, 1),
        "worker": _bundle("worker", target),
        "editor": _bundle("editor", target),
        "runner": _put(target, "runner.py", weighed[0]),
        # The version stays in front: Python reads a wheel's name.
        "wheel": _put(target, wheel.name, weighed[1]),
        "story": _put(target, "the-verdict.txt", text) if text else None,
        **{key: {"url": f"{name}/{_PYODIDE[key]}", "bytes": size[key]} for key in _PYODIDE},
        "lock": python.lock,
        "packages": f"{name}/",
    }
    return {
        entry: (FOLDER / _bundle(entry, target, MANIFEST=manifest)).as_posix() for entry in ENTRIES
    }


def runtime() -> Runtime:
    """Pyodide's files, its standard library compiled; made once for each version of it."""
    package = MODULES / "pyodide"
    version = json.loads((package / "package.json").read_text(encoding="utf-8"))["version"]
    made_by = b"".join((SCRIPTS / name).read_bytes() for name in ("stdlib.js", "stdlib.py"))
    folder = CACHE / f"pyodide-{version}.{hashlib.sha256(made_by).hexdigest()[:8]}"
    lock = json.loads((package / "pyodide-lock.json").read_text(encoding="utf-8"))
    note = folder.with_suffix(".json")
    if not note.is_file():
        CACHE.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=CACHE) as temporary:
            fresh = Path(temporary) / "runtime"
            fresh.mkdir()
            for name in _PYODIDE.values():
                shutil.copyfile(package / name, fresh / name)
            _node("stdlib.js", fresh / "python_stdlib.zip")
            shutil.rmtree(folder, ignore_errors=True)
            fresh.rename(folder)
        weight = sum(_weight((folder / name).read_bytes()) for name in _PYODIDE.values())
        write_whole(note, json.dumps({"weight": weight}))
    weight = json.loads(note.read_bytes())["weight"]
    return Runtime(
        folder,
        python=".".join(lock["info"]["python"].split(".")[:2]),
        lock={"info": lock["info"], "packages": {}},
        weight=weight,
    )


@functools.cache
def the_story() -> bytes | None:
    """The story's file, if it can be had; it is in the public domain."""
    try:
        text = story.story_path().read_bytes()
    except story.StoryUnavailableError:
        return None
    return text if hashlib.sha256(text).hexdigest() == story.SHA256 else None


def _bundle(entry: str, target: Path, **constants: object) -> str:
    """Make one small file of a script and all that it imports; the name of that file."""
    defined = [f"--define:{name}={json.dumps(value)}" for name, value in constants.items()]
    code = subprocess.run(
        [
            MODULES / ".bin" / "esbuild",
            SCRIPTS / f"{entry}.js",
            *("--bundle", "--minify", "--format=esm", "--target=es2022", "--log-level=warning"),
            *defined,
        ],
        check=True,
        stdout=subprocess.PIPE,
    ).stdout
    return str(_put(target, f"{entry}.js", code)["url"])


def _put(target: Path, name: str, data: bytes) -> dict[str, str | int]:
    """Write a file whose name tells its content, so that a browser may keep it for ever."""
    stem, dot, ending = name.rpartition(".")
    named = f"{stem}.{hashlib.sha256(data).hexdigest()[:8]}{dot}{ending}"
    write_whole(target / named, data)
    return {"url": named, "bytes": len(data)}


def _node(script: str, *arguments: str | Path) -> None:
    subprocess.run(["node", SCRIPTS / script, *arguments], check=True)


def _weight(data: bytes) -> int:
    return len(gzip.compress(data, 6))
