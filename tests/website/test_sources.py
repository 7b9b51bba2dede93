from pathlib import Path

from website.sources import Part, Section, parts, sections, sources

NAV = [
    {"Home": "index.md"},
    {"Part 1: Words": ["words/index.md", {"More": ["words/a.md", {"B": "words/b.ipynb"}]}]},
    {"Reference": ["reference/index.md"]},
    "glossary.md",
]


def test_sections_within_sections_are_flat_and_pages_without_one_come_last() -> None:
    assert sections(NAV) == [
        Section("Part 1: Words", ("words/index.md", "words/a.md", "words/b.ipynb")),
        Section("Reference", ("reference/index.md",)),
        Section("", ("index.md", "glossary.md")),
    ]
    assert sections([]) == []


def test_parts_are_the_sections_with_a_number() -> None:
    (part,) = parts(NAV)
    assert part == Part(1, "Words", ("words/index.md", "words/a.md", "words/b.ipynb"))
    assert part.folder == "words"


def test_sources_are_pages_and_notebooks_in_order(tmp_path: Path) -> None:
    for name in ("b/c.ipynb", "b.md", "a/index.md", "a/figure.svg"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    assert sources(tmp_path) == ["a/index.md", "b/c.ipynb", "b.md"]
