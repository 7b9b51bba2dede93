"""What a page depends on is found by reading, each module that it imports and no other."""

from pathlib import Path

import pytest

from proof.dependencies import dependencies

PROJECT = {
    "course/__init__.py": (
        "from typing import TYPE_CHECKING\n\n"
        "if TYPE_CHECKING:\n    from course.words import split\n"
        "    from course.model import Model as M\n"
        "else:\n    import course.lazy\n"
    ),
    "course/lazy.py": "",
    "course/words.py": "from . import checks\n",
    "course/checks/__init__.py": "",
    "course/checks/texts.py": "from ..numbers import PI\n",
    "course/numbers.py": "PI = 3\n",
    "course/model.py": "def late():\n    from .checks.texts import check\n    return check\n",
    "alone.py": "import json\nimport importlib\n\nimportlib.import_module('course.numbers')\n",
}
PACKAGE = {"course/__init__.py", "course/lazy.py"}
WORDS = {*PACKAGE, "course/words.py", "course/checks/__init__.py"}
MODEL = {
    *PACKAGE,
    "course/model.py",
    "course/checks/__init__.py",
    "course/checks/texts.py",
    "course/numbers.py",
}
ALL = set(PROJECT) - {"alone.py"}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name, text in PROJECT.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("", set()),
        ("import json, os.path", set()),
        ("this is no Python", set()),
        ("from course import split", WORDS),
        ("def f():\n    from course import split", WORDS),
        ("from course import M", MODEL),
        ("from course import split, M", WORDS | MODEL),
        ("from course import numbers", {*PACKAGE, "course/numbers.py"}),
        ("from course.numbers import PI", {*PACKAGE, "course/numbers.py"}),
        ("import course.numbers", {*PACKAGE, "course/numbers.py"}),
        ("import course", WORDS | MODEL),
        ("from course import *", WORDS | MODEL),
        ("import alone", {"alone.py", *PACKAGE, "course/numbers.py"}),
        (">>> import alone\n>>> 1\n1\n", {"alone.py", *PACKAGE, "course/numbers.py"}),
        ("import subprocess\nsubprocess.run(['python', '-m', 'course'])", ALL),
        ("import subprocess\nsubprocess.run('course --help', shell=True)", ALL),
        ("run('course --help', shell=True)", ALL),
        ("course = 1", set()),
    ],
)
def test_finds_what_code_imports_and_no_more(root: Path, code: str, expected: set[str]) -> None:
    found = dependencies([code], [root])
    assert {path.relative_to(root).as_posix() for path in found} == expected
    assert found == sorted(found)


def test_the_pieces_of_a_page_count_together(root: Path) -> None:
    pieces = ["from course import split", "1 +", "from course import M"]
    assert dependencies(pieces, [root]) == dependencies(["from course import split, M"], [root])


def test_modules_that_import_each_other_come_to_an_end(root: Path) -> None:
    (root / "course" / "numbers.py").write_text("import course.words, course.numbers")
    (root / "course" / "words.py").write_text("import course.numbers")
    found = dependencies(["import course.words"], [root])
    assert {path.name for path in found} >= {"numbers.py", "words.py"}


def test_an_edit_is_seen_at_once(root: Path) -> None:
    before = dependencies(["import alone"], [root])
    (root / "alone.py").write_text("import course.model")
    assert dependencies(["import alone"], [root]) != before
