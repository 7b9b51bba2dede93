"""The package as a whole: what importing it needs."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import verdict
from tests import PATIENCE

PACKAGE = Path(verdict.__file__).parent
MODULES = sorted(path.relative_to(PACKAGE) for path in PACKAGE.rglob("*.py"))
NOT_PUBLIC = {
    "verdict.text.byte_pair_decoder",
    "verdict.text.byte_pair_encoder",
    "verdict.text.byte_pair_file",
    "verdict.text.byte_pair_long_words",
    "verdict.text.byte_pair_merges",
    "verdict.text.byte_pair_parser",
    "verdict.text.byte_pair_steps",
    "verdict.text.byte_pair_vocabulary",
    "verdict.text.byte_pair_words",
    "verdict.training.freed_memory",
    "verdict.training.fused",
    "verdict.training.graph",
    "verdict.tuning.halves",
    "verdict.tuning.harmless_grammar",
    "verdict.tuning.message_kinds",
    "verdict.tuning.slots",
    "verdict.tuning.spam_grammar",
    "verdict.training.steps",
    "verdict.tuning.toy_tasks",
    "verdict.tuning.toy_words",
}
"""The modules that nothing public comes from: what the public ones are made of."""

WITHOUT_NUMPY = """
import sys
sys.modules["numpy"] = None
import verdict
print(verdict.split_words("as in a browser"))
print("sliding_windows" in dir(verdict))
try:
    verdict.sliding_windows
except ImportError as error:
    print(error)
"""


def source(module: str) -> Path:
    return PACKAGE.parent / f"{module.replace('.', '/')}.py"


def defined(tree: ast.Module) -> Iterator[str]:
    """Yield the names that a module itself defines; what it only imports is not its own."""
    for node in tree.body:
        if isinstance(node, ast.ClassDef | ast.FunctionDef):
            yield node.name
        elif isinstance(node, ast.Assign):
            yield from (target.id for target in node.targets if isinstance(target, ast.Name))


def run(code: str) -> str:
    return subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        encoding="utf-8",
        check=True,
        timeout=PATIENCE,
    ).stdout


def test_without_numpy_all_works_but_what_needs_it() -> None:
    assert run(WITHOUT_NUMPY) == (
        "['as', 'in', 'a', 'browser']\nTrue\nimport of numpy halted; None in sys.modules\n"
    )


def test_importing_it_imports_no_numpy_until_it_is_asked_for() -> None:
    look = "print('numpy' in sys.modules, 'batches' in vars(verdict))"
    assert run(f"import sys, verdict; {look}; verdict.batches; {look}") == (
        "False False\nTrue True\n"
    )


@pytest.mark.parametrize("name", verdict.__all__)
def test_each_public_name_can_be_imported(name: str) -> None:
    assert name in dir(verdict)
    assert getattr(verdict, name)


def test_each_name_comes_from_the_module_that_the_table_says() -> None:
    for module, names in verdict.PUBLIC.items():
        tree = ast.parse(source(module).read_text(encoding="utf-8"))
        assert set(names) <= set(defined(tree)), module


def test_the_type_checker_sees_the_table() -> None:
    imports = {
        (node.module, name.name, name.asname)
        for node in ast.walk(ast.parse((PACKAGE / "__init__.py").read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and str(node.module).startswith("verdict.")
        for name in node.names
        if name.name != "PUBLIC"  # the table itself
    }
    table = {(module, name, name) for module, names in verdict.PUBLIC.items() for name in names}
    assert imports == table, "PUBLIC and the block for the type checker have to name the same"


def test_a_part_s_module_is_in_the_table_or_said_to_be_inside() -> None:
    parts = {module.split(".")[1] for module in verdict.PUBLIC}
    found = {
        f"verdict.{part}.{path.stem}"
        for part in parts
        for path in (PACKAGE / part).glob("*.py")
        if path.stem != "__init__"
    }
    assert NOT_PUBLIC.isdisjoint(verdict.PUBLIC)
    known = NOT_PUBLIC | verdict.PUBLIC.keys()
    assert found - known == set(), "name each module in PUBLIC, or if nothing public is in it, here"
    assert known - found == set(), "there are no such modules"


@pytest.mark.parametrize("path", MODULES, ids=str)
def test_a_module_is_a_page_of_at_most_150_lines(path: Path) -> None:
    assert len((PACKAGE / path).read_text(encoding="utf-8").splitlines()) <= 150


def test_other_names_are_missing_as_usual() -> None:
    with pytest.raises(AttributeError, match="module 'verdict' has no attribute 'sliding_window'"):
        verdict.sliding_window  # type: ignore[attr-defined]  # noqa: B018
