"""Spare the build what costs time and changes nothing in the site."""

import gc
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache, partialmethod
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any
from unittest.mock import patch

import jinja2
from pygments.formatters import HtmlFormatter
from pygments.lexer import Lexer
from pygments.lexers import find_lexer_class_by_name

TEMPLATES = Path("build/templates")
"""Keeps the templates that Jinja has compiled, as Python keeps its compiled modules."""

_INDEX = "material.plugins.search.plugin.SearchIndex"


@contextmanager
def faster_mkdocs() -> Iterator[None]:
    """Build within this: nothing is loaded, compiled or swept up that the site does not need."""
    os.environ.setdefault("NBCONVERT_DISABLE_CONFIG_EXPORTERS", "1")  # all, for a help text
    import_lazily("jupytext")  # mkdocs-jupyter has it for notebooks that are written as scripts
    TEMPLATES.mkdir(parents=True, exist_ok=True)
    compiled = jinja2.FileSystemBytecodeCache(str(TEMPLATES))
    create = partialmethod(jinja2.Environment.__init__, bytecode_cache=compiled, auto_reload=False)
    swept_up = gc.isenabled()
    gc.disable()  # a build makes few cycles, and ends soon
    try:
        with (
            patch.object(jinja2.Environment, "__init__", create),
            patch("nbconvert.exporters.html.BeautifulSoup", _UnparsedPage),
            patch.object(HtmlFormatter, "_create_stylesheet", _create_stylesheet_once),
            patch("pymdownx.highlight.get_lexer_by_name", _lexer),
            patch(f"{_INDEX}.add_entry_from_context", _pass_over),
        ):
            yield
    finally:
        if swept_up:
            gc.enable()


def _pass_over(self: Any, page: Any) -> None:
    """Leave a page out of the theme's index: `website.search` makes another, at the end."""


_STYLES: dict[tuple[object, str], tuple[dict[Any, Any], dict[Any, Any]]] = {}
_create_stylesheet = HtmlFormatter._create_stylesheet


def _create_stylesheet_once(self: Any) -> None:
    """Let all blocks of code share what Pygments works out for each anew: the names of classes."""
    key = self.style, self.classprefix
    if key not in _STYLES:
        _create_stylesheet(self)
        _STYLES[key] = self.ttype2class, self.class2style
    self.ttype2class, self.class2style = _STYLES[key]


_lexer_class = cache(find_lexer_class_by_name)


def _lexer(language: str, **options: Any) -> Lexer:
    """Look for the lexer of a language once: Pygments looks through all that it has each time."""
    return _lexer_class(language)(**options)


class _UnparsedPage:
    """A notebook's page that nbconvert would read again, to add what we drop."""

    def __init__(self, html: str, features: str) -> None:
        self.html = html

    def select(self, _: str) -> tuple[()]:
        """Find nothing to change."""
        return ()

    def __str__(self) -> str:
        return self.html


def import_lazily(name: str) -> None:
    """Let a module be imported when something in it is first used, which may be never."""
    if name not in sys.modules:
        sys.modules[name] = _LazyModule(name)


class _LazyModule(ModuleType):
    def __getattr__(self, name: str) -> Any:
        """Import the module for what is asked of it."""
        if sys.modules.get(self.__name__) is self:
            del sys.modules[self.__name__]
        return getattr(import_module(self.__name__), name)
