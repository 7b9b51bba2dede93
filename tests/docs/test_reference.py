"""The reference names what the package's table names, part by part, and in its order."""

import ast
import re
from importlib import import_module
from inspect import getdoc
from pathlib import Path

import pytest
import yaml

import verdict

ROOT = Path(__file__).parents[2]
REFERENCE = ROOT / "docs/reference"
PARTS = list(dict.fromkeys(module.split(".")[1] for module in verdict.PUBLIC))
ENTRY = re.compile(r"^::: verdict\.(\w+)$((?:\n +\S.*)*)", re.MULTILINE)


def names(part: str) -> list[str]:
    """The public names of a part."""
    return [
        name
        for module, found in verdict.PUBLIC.items()
        if module.startswith(f"verdict.{part}.")
        for name in found
    ]


def read(page: str) -> str:
    return (REFERENCE / f"{page}.md").read_text(encoding="utf-8")


def test_each_part_has_a_page_and_each_page_a_part() -> None:
    assert {path.stem for path in REFERENCE.glob("*.md")} == {"index", *PARTS}
    navigation = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    assert re.findall(r"reference/(\w+)\.md", navigation) == ["index", *PARTS]


@pytest.mark.parametrize("part", PARTS)
def test_the_page_of_a_part_has_an_entry_for_each_name(part: str) -> None:
    entries = re.findall(r"^(?:::: verdict\.|from verdict import )(.+)$", read(part), re.MULTILINE)
    assert ", ".join(entries).split(", ") == names(part), f"docs/reference/{part}.md: as in PUBLIC"


@pytest.mark.parametrize("part", PARTS)
def test_the_first_page_says_of_each_name_what_its_docstring_says(part: str) -> None:
    rows = re.findall(rf"^\| \[`(\w+)`\]\({part}\.md#.*?\| (.*) \|$", read("index"), re.MULTILINE)
    assert [name for name, _ in rows] == names(part), "docs/reference/index.md: as in PUBLIC"
    assert rows == [(name, first_line(name)) for name in names(part)]


def test_the_old_addresses_of_all_entries_lead_on() -> None:
    anchors = re.findall(r"\((\w+\.md#verdict\.(\w+))\)\{ #verdict\.\2 \}", read("index"))
    expected = {name for part in PARTS for name, _ in ENTRY.findall(read(part))}
    assert {name for _, name in anchors} == expected


@pytest.mark.parametrize("part", PARTS)
def test_an_entry_that_lists_members_lists_all(part: str) -> None:
    for name, options in ENTRY.findall(read(part)):
        if options:
            members = yaml.safe_load(options)["options"]["members"]
            own = {key for key in dir(getattr(verdict, name)) if not key.startswith("_")}
            assert set(members) == own


def first_line(name: str) -> str:
    """The first line of what the code says of a name; of a constant, it stands below it."""
    value = getattr(verdict, name)
    if not isinstance(value, str):
        return str(getdoc(value)).splitlines()[0]
    module = import_module(next(m for m, found in verdict.PUBLIC.items() if name in found))
    body = ast.parse(Path(str(module.__file__)).read_text(encoding="utf-8")).body
    at = next(n for n, node in enumerate(body) if ast.unparse(node).startswith(f"{name} = "))
    text = body[at + 1]
    assert isinstance(text, ast.Expr)
    assert isinstance(text.value, ast.Constant)
    return str(text.value.value)
