"""Put Python for the browser into the site: the runtime, the package's wheel, the story.

Python comes from npm's `pyodide` and the editor from CodeMirror, both pinned in `src/live/`,
where `npm ci` puts them; git keeps nothing of them.
"""

import functools
import gzip
import hashlib
import inspect
import json
import re
import shutil
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from proof import judging
from proof.files import write_whole
from proof.future import future_flags
from verdict.text import story
from website.assets.scripts import SCRIPTS
from website.pyodide import packages

MODULES = SCRIPTS / "node_modules"
CACHE = MODULES / ".cache" / "verdict"
FOLDER = Path("assets/live")
ENTRIES = ("page", "playground", "training")
"""The scripts that pages load: each becomes one file, with all that it imports.

A page loads the one that an element of it names: `data-live="page"`. The figures that
share the Python of their page's blocks, `ANSWERING`, `drawing` and `writing`, are for
`page` too.
"""
ANSWERING = ("attention", "asking", "spam_filter")
"""The kinds of figures that answer what is typed or pressed, by one script."""

_DAY = 24 * 60 * 60  # seconds
# Node.js is to use only the first of its two compilers of WebAssembly: for most pages the second
# takes longer than all that they run.
_NODE_FLAGS = ("--liftoff-only",)
_AT_FIRST = {
    "playground": ("tokens", "megabytes", "story", "weights"),
    "training": ("trainer", "megabytes", "story", "weights"),
}
"""What a script is told of the files before a reader has touched it; any other, all."""
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
    version: str  # Python's, such as 3.14
    weight: int  # of its files, gzipped
    packages: Path  # the folder of the wheels that the lock names
    lock: dict[str, Any]  # Pyodide's, with no other packages than there are

    @property
    def missing(self) -> dict[str, str]:
        """The compiled packages that could not be had, and the names of their wheels."""
        known = json.loads((MODULES / "pyodide" / "pyodide-lock.json").read_bytes())["packages"]
        names = [name for name in packages.COMPILED if name not in self.lock["packages"]]
        return {name: known[name]["file_name"] for name in names}


@dataclass(frozen=True)
class Installed:
    """What a built site has: its runtime, and the files beside it."""

    runtime: Runtime
    packages: Path
    runner: Path
    wheel: Path
    story: Path | None
    scripts: dict[str, str]  # their addresses below the site's, by their names


def is_possible() -> bool:
    """Whether Node.js and what `npm ci` brings are there."""
    return bool(shutil.which("node")) and (MODULES / "pyodide").is_dir()


def install(site: Path, built: Path, *, is_published: bool = False) -> Installed:
    """Put all files into a built site.

    Args:
        site: its folder.
        built: the wheel of the package that the pages import.
        is_published: whether others will read it; see `runtime`.

    Raises:
        WheelError: a wheel that was given is not the one that Pyodide's lock names.
    """
    target = site / FOLDER
    python = runtime(is_published=is_published)
    folder = python.folder.name
    shutil.copytree(python.folder, target / folder, dirs_exist_ok=True)
    wheels = {
        name: python.packages / entry["file_name"]
        for name, entry in python.lock["packages"].items()
    }
    there = target / f"packages.{_digest(json.dumps(python.lock['packages']).encode())}"
    there.mkdir(parents=True, exist_ok=True)
    for path in wheels.values():
        shutil.copyfile(path, there / path.name)
    runner = _put(target, "runner.py", runner_in_one_file())
    wheel = _put(target, built.name, built.read_bytes())
    text = the_story()
    place = _put(target, "the-verdict.txt", text) if text else None
    own = [path for path in (runner, wheel, place) if path]
    weight = python.weight + sum(_weight(path.read_bytes()) for path in own)
    manifest = {
        "python": python.version,
        "megabytes": round(weight / 1e6, 1),
        "worker": _bundle("worker", target).name,
        "editor": _bundle("editor", target).name,
        "trouble": _bundle("trouble", target).name,
        "exercise": _bundle("exercise", target).name,
        "runner": _entry(runner, target),
        "wheel": _entry(wheel, target),
        "story": _entry(place, target) if place else None,
        **{key: _entry(target / folder / name, target) for key, name in _PYODIDE.items()},
        "lock": python.lock,
        "packages": f"{there.name}/",
        "weights": {name: round(path.stat().st_size / 1e6, 1) for name, path in wheels.items()},
    }
    manifest["waiting"] = _bundle("waiting", target).name
    manifest |= dict.fromkeys(ANSWERING, _bundle("answering", target).name)
    manifest["drawing"] = _bundle("drawn", target).name
    manifest["writing"] = _bundle("writing", target).name
    manifest["tokens"] = _bundle("tokens", target, MANIFEST=manifest).name
    manifest["trainer"] = _bundle("trainer", target, MANIFEST=manifest).name
    known = {
        entry: {key: manifest[key] for key in _AT_FIRST.get(entry, manifest)} for entry in ENTRIES
    }
    scripts = {entry: _bundle(entry, target, MANIFEST=known[entry]) for entry in ENTRIES}
    scripts |= dict.fromkeys((*ANSWERING, "drawing", "writing"), scripts["page"])
    return Installed(
        python,
        there,
        runner,
        wheel,
        place,
        {entry: path.relative_to(site).as_posix() for entry, path in scripts.items()},
    )


def runner_in_one_file() -> bytes:
    """What runs a reader's code, with the text of what it shares with the proof in its place."""
    own = (SCRIPTS / "runner.py").read_text(encoding="utf-8")
    shared = inspect.getsource(future_flags)
    found, count = re.subn(r"from proof\.future import .*\n", lambda _: f"\n{shared}", own)
    if count != 1:
        raise ValueError(f"runner.py imports from proof.future {count} times, and not once")
    return found.encode()


def has(*names: str) -> bool:
    """Whether readers get Python in the browser, with these packages."""
    if not is_possible():
        return False
    try:
        return not names or set(names) <= runtime().lock["packages"].keys()
    except packages.WheelError:  # `install` has told of it: it is no use to readers
        return False


def runtime(*, is_published: bool = False) -> Runtime:
    """Pyodide's files, its standard library compiled; made once for each version of it.

    Args:
        is_published: whether it is for a site that others will read. Then packages that could
            not be had are asked for again at once, and not only after a day.
    """
    package = MODULES / "pyodide"
    version = json.loads((package / "package.json").read_bytes())["version"]
    lock = json.loads((package / "pyodide-lock.json").read_bytes())
    made_by = b"".join((SCRIPTS / name).read_bytes() for name in ("stdlib.js", "stdlib.py"))
    folder = CACHE / f"pyodide-{version}.{_digest(made_by)}"
    note = folder.with_name(f"{folder.name}.json")
    if not note.is_file():
        CACHE.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=CACHE) as temporary:
            fresh = Path(temporary) / "runtime"
            fresh.mkdir()
            for name in _PYODIDE.values():
                shutil.copyfile(package / name, fresh / name)
            run_node("stdlib.js", fresh / "python_stdlib.zip")
            weight = sum(_weight(path.read_bytes()) for path in fresh.iterdir())
            shutil.rmtree(folder, ignore_errors=True)
            fresh.rename(folder)
        write_whole(note, json.dumps({"weight": weight}))
    wheels = CACHE / f"packages-{version}"
    return Runtime(
        folder,
        version=".".join(lock["info"]["python"].split(".")[:2]),
        weight=json.loads(note.read_bytes())["weight"],
        packages=wheels,
        lock={
            "info": lock["info"],
            "packages": _gathered(lock["packages"], wheels, at_once=is_published),
        },
    )


def _gathered(lock: dict[str, Any], folder: Path, *, at_once: bool) -> dict[str, Any]:
    """The packages that can be had, as the lock has them.

    Pyodide tries to fetch those that are not here; if that fails, again after a day, or at once.
    """
    folder.mkdir(parents=True, exist_ok=True)
    tried = folder / "tried"
    found = {name: packages.compiled(lock, name, folder) for name in packages.COMPILED}
    missing = [name for name, entry in found.items() if entry is None]
    is_due = at_once or not tried.exists() or time.time() - tried.stat().st_mtime > _DAY
    if missing and is_due:
        run_node("fetch.js", folder, *missing)
        tried.touch()
        found = {name: packages.compiled(lock, name, folder) for name in packages.COMPILED}
    found |= {name: packages.pure(name, folder) for name in packages.PURE}
    return {name: entry for name, entry in found.items() if entry}


@functools.cache
def the_story() -> bytes | None:
    """The story's file, if it can be had; it is in the public domain."""
    try:
        text = story.story_path().read_bytes()
    except story.StoryUnavailableError:
        return None
    return text if hashlib.sha256(text).hexdigest() == story.SHA256 else None


def run_node(script: str, *arguments: str | Path, given: str = "") -> str:
    """Run one of the scripts in Node.js, and return what it prints.

    Raises:
        subprocess.CalledProcessError: it failed; what it said is in the terminal.
    """
    return subprocess.run(
        ["node", *_NODE_FLAGS, SCRIPTS / script, *arguments],
        input=given,
        stdout=subprocess.PIPE,
        encoding="utf-8",
        check=True,
    ).stdout


def _bundle(entry: str, target: Path, **constants: object) -> Path:
    """Make one small file of a script and all that it imports; kept until one of them changes."""
    values = [f"--define:{name}={json.dumps(value)}" for name, value in constants.items()]
    options = ["--bundle", "--minify", "--format=esm", "--target=es2022", "--log-level=warning"]
    options += ["--loader:.py=text", *values]
    made_from = [path.read_bytes() for path in sorted(SCRIPTS.glob("*.[jp][sy]*"))]
    made_from.append(Path(judging.__file__).read_bytes())
    key = _digest(b"".join([json.dumps(options).encode(), *made_from]))
    bundle = CACHE / f"{entry}.{key}.js"
    if not bundle.is_file():
        esbuild = MODULES / "esbuild" / "bin" / "esbuild"
        command = ["node", str(esbuild), str(SCRIPTS / f"{entry}.js"), *options]
        made = subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout
        for former in CACHE.glob(f"{entry}.*.js"):
            former.unlink()
        write_whole(bundle, made)
    return _put(target, f"{entry}.js", bundle.read_bytes())


def _put(target: Path, name: str, data: bytes) -> Path:
    """Write a file whose name tells its content: a browser may keep it for ever."""
    stem, dot, ending = name.rpartition(".")
    path = target / f"{stem}.{_digest(data)}{dot}{ending}"
    write_whole(path, data)
    return path


def _entry(path: Path, target: Path) -> dict[str, str | int]:
    """What the scripts need to know of a file."""
    return {"url": path.relative_to(target).as_posix(), "bytes": path.stat().st_size}


def _weight(data: bytes) -> int:
    return len(gzip.compress(data, 6))


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:8]
