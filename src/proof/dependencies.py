"""What code depends on: the files of its own project that it imports, directly or not.

A result of a page is kept until one of these files changes. They are found by reading, nothing
runs: so they are the same on every machine, and for the reader's Python too.
"""

import ast
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from proof import session

_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class _Import:
    """An import, as the code has it: `from .module import names`, or `import module`."""

    module: str
    names: tuple[str, ...] = ()  # none: `import module`, so that any attribute may be used
    called: tuple[str, ...] = ()  # the same, by the names that they get
    level: int = 0  # how many dots stand before the module


@dataclass
class _Code:
    """What a file imports when it runs, what it imports only for a type checker, and its words."""

    runs: list[_Import] = field(default_factory=list)
    typed: list[_Import] = field(default_factory=list)
    words: set[str] = field(default_factory=set)  # in its texts


def dependencies(code: Iterable[str], roots: Sequence[Path]) -> list[Path]:
    """Find the files that pieces of code import from a project's folders, sorted.

    A package may import the module of a name when that name is first asked for. Then it says
    under `if TYPE_CHECKING:` which module that is, and code that imports the name depends on
    this module alone. What cannot be told counts as all of a package: `import package`, and a
    package's name in a text, as where another program is started.

    Args:
        code: the blocks of a page, for example. What is no Python imports nothing.
        roots: folders with modules and packages, such as `src`.

    Examples:
        >>> import tempfile
        >>> root = Path(tempfile.mkdtemp())
        >>> for name, text in {"a": "import b", "b": "1", "c": "import a"}.items():
        ...     _ = (root / f"{name}.py").write_text(text)
        >>> [path.name for path in dependencies(["import json, a"], [root])]
        ['a.py', 'b.py']
    """
    return Project(roots).dependencies(code)


class Project:
    """The modules in some folders, as they are now: each is looked for and read once.

    Args:
        roots: the folders, such as `src`.
    """

    def __init__(self, roots: Sequence[Path]) -> None:
        self._roots = roots
        self._places: dict[str, Path | None] = {}  # the file of each module, if it is here
        self._code: dict[Path, _Code] = {}  # what is in each file
        self._imports: dict[Path, list[Path]] = {}  # what each file imports itself
        self._packages = {init.parent.name for root in roots for init in root.glob("*/__init__.py")}

    def dependencies(self, code: Iterable[str]) -> list[Path]:
        """Find the files that pieces of code import, as `dependencies` does."""
        found: set[Path] = set()
        waiting: list[Path] = []
        for text in code:
            if not any(word in text for word in ("import", *self._packages)):
                continue  # as most blocks of a page: they need not be read
            read = _read(text)
            waiting += self._imported(read.runs, "")
            for package in read.words & self._packages:
                waiting += (path for root in self._roots for path in (root / package).rglob("*.py"))
        while waiting:
            path = waiting.pop()
            if path not in found:
                found.add(path)
                waiting += self._imported_by(path)
        return sorted(found)

    def _imported_by(self, path: Path) -> list[Path]:
        """The files that a file imports itself."""
        if path not in self._imports:
            package = _package(path, self._roots)
            self._imports[path] = list(self._imported(self._code_of(path).runs, package))
        return self._imports[path]

    def _code_of(self, path: Path) -> _Code:
        if path not in self._code:
            self._code[path] = _read(path.read_text(encoding="utf-8"))
        return self._code[path]

    def _imported(self, imports: Iterable[_Import], package: str) -> Iterator[Path]:
        """The files that imports lead to.

        Args:
            imports: they stand in one file.
            package: which that file is in, as its relative imports mean it.
        """
        for each in imports:
            above = package.split(".")[: package.count(".") + 2 - each.level] if each.level else []
            module = ".".join(filter(None, [*above, each.module]))
            yield from self._files(module)
            path = self._file(module)
            if path:
                for name in each.names or ("*",):
                    if name != "*" and self._file(f"{module}.{name}"):
                        yield from self._files(f"{module}.{name}")
                    else:
                        yield from self._imported_when_asked(path, name)

    def _imported_when_asked(self, path: Path, name: str) -> Iterator[Path]:
        """The files from which a module imports a name when it is asked for; with `*`, any name."""
        for each in self._code_of(path).typed:
            if name == "*" or name in each.called:
                yield from self._imported([each], _package(path, self._roots))

    def _files(self, module: str) -> Iterator[Path]:
        """The files of a module and of the packages that it is in."""
        parts = module.split(".")
        for end in range(1, len(parts) + 1):
            if path := self._file(".".join(parts[:end])):
                yield path

    def _file(self, module: str) -> Path | None:
        """The file of a module, if it is one of the project's."""
        if module not in self._places:
            self._places[module] = _place(module, self._roots)
        return self._places[module]


@lru_cache(maxsize=1000)
def _read(text: str) -> _Code:
    code = _Code()
    try:
        tree = ast.parse(session.code(text) if session.begins(text) else text)
    except (SyntaxError, ValueError):  # a page may show how code fails
        return code
    _collect(tree, code, code.runs)
    return code


def _collect(node: ast.AST, code: _Code, imports: list[_Import]) -> None:
    """Find all imports and words in a piece of code.

    Args:
        node: the piece.
        code: takes in what is found.
        imports: takes in the imports: those of `code` that run, or those for a type checker.
    """
    if isinstance(node, ast.Constant):
        if isinstance(node.value, str):
            code.words.update(_WORD.findall(node.value))
    elif isinstance(node, ast.Import):
        imports += [_Import(alias.name) for alias in node.names]
    elif isinstance(node, ast.ImportFrom):
        names = tuple(alias.name for alias in node.names)
        called = tuple(alias.asname or alias.name for alias in node.names)
        imports.append(_Import(node.module or "", names, called, node.level))
    elif isinstance(node, ast.Call) and _name(node.func) == "import_module":
        given = node.args[0] if node.args else None
        if isinstance(given, ast.Constant) and isinstance(given.value, str):
            imports.append(_Import(given.value))
    if isinstance(node, ast.If) and _name(node.test) == "TYPE_CHECKING":
        for statement in node.body:
            _collect(statement, code, code.typed)
        for statement in node.orelse:
            _collect(statement, code, imports)
    else:
        for child in ast.iter_child_nodes(node):
            _collect(child, code, imports)


def _name(node: ast.expr) -> str:
    """The name that an expression ends with: both `module.name` and `name` end with `name`."""
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def _place(module: str, roots: Sequence[Path]) -> Path | None:
    """Look for the file of a module."""
    for root in roots:
        place = root.joinpath(*module.split("."))
        for path in (place / "__init__.py", place.with_name(f"{place.name}.py")):
            if path.is_file():
                return path
    return None


def _package(path: Path, roots: Sequence[Path]) -> str:
    """The package that a file is in, or is."""
    root = next(root for root in roots if path.is_relative_to(root))
    return ".".join(path.relative_to(root).parent.parts)
