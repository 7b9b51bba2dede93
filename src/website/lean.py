"""Spare the build what costs time and changes nothing in the site."""

import gc
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partialmethod
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import jinja2

TEMPLATES = Path("build/templates")
"""Keeps the templates that Jinja has compiled, as Python keeps its compiled modules."""


@contextmanager
def lean() -> Iterator[None]:
    """Build within this: nothing is loaded, compiled or swept up that the site does not need."""
    os.environ.setdefault("NBCONVERT_DISABLE_CONFIG_EXPORTERS", "1")  # all, for a help text
    import_late("jupytext")  # mkdocs-jupyter has it for notebooks that are written as scripts
    create = jinja2.Environment.__init__
    TEMPLATES.mkdir(parents=True, exist_ok=True)
    compiled = jinja2.FileSystemBytecodeCache(str(TEMPLATES))
    jinja2.Environment.__init__ = partialmethod(create, bytecode_cache=compiled)  # type: ignore[assignment, method-assign]
    gc.disable()  # a build makes few cycles, and ends soon
    try:
        yield
    finally:
        gc.enable()
        jinja2.Environment.__init__ = create  # type: ignore[method-assign]


def import_late(name: str) -> None:
    """Let a module be imported when something in it is first used, which may be never."""
    if name not in sys.modules:
        sys.modules[name] = _Late(name)


class _Late(ModuleType):
    def __getattr__(self, name: str) -> Any:
        """Import the module for what is asked of it."""
        if sys.modules.get(self.__name__) is self:
            del sys.modules[self.__name__]
        return getattr(import_module(self.__name__), name)
