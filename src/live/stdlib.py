"""Compile what a start imports within Pyodide's zip of the standard library.

It runs in Pyodide, whose Python will read the result.
"""

import importlib
import sys
import zipfile
from pathlib import Path
from py_compile import PycInvalidationMode
from py_compile import compile as compile_file
from tempfile import TemporaryDirectory

EPOCH = (1980, 1, 1, 0, 0, 0)  # the same bytes whenever it is made
USED = """
collections dataclasses hashlib heapq importlib.metadata importlib.resources json linecache logging
math pyodide.code random re shutil statistics string textwrap traceback typing unicodedata
"""
"""What the runner and the pages import, beside what Python itself needs to start."""


def compile_within(old: str, new: str, library: str) -> None:
    """Write a zip anew, with the modules compiled that are loaded from it.

    Args:
        old: the path of the zip.
        new: where the new one goes.
        library: the path under which Python has loaded the old one, with a slash at its end.
    """
    for name in USED.split():
        importlib.import_module(name)
    loaded = {getattr(module, "__file__", None) or "" for module in list(sys.modules.values())}
    with zipfile.ZipFile(old) as given, zipfile.ZipFile(new, "w") as made:
        for name in sorted(given.namelist()):
            data = given.read(name)
            place = name
            if library + name in loaded:
                data, place = compiled(data, library + name), f"{name}c"
            made.writestr(zipfile.ZipInfo(place, EPOCH), data, zipfile.ZIP_DEFLATED, 9)


def compiled(source: bytes, name: str) -> bytes:
    """Compile a module; what comes out says nothing of when, and is taken without a look at it."""
    with TemporaryDirectory() as folder:
        file, made = Path(folder) / "module.py", Path(folder) / "module.pyc"
        file.write_bytes(source)
        mode = PycInvalidationMode.UNCHECKED_HASH
        compile_file(str(file), str(made), name, doraise=True, invalidation_mode=mode)
        return made.read_bytes()


if __name__ == "__main__":
    compile_within("/in.zip", "/out.zip", f"/lib/python3{sys.version_info.minor}.zip/")
