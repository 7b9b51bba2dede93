"""Every page of a part has the form that docs/for-maintainers/write-a-page.md describes."""

import os
import re
from pathlib import Path

import pytest

from proof.page import read
from tests.docs import form
from tests.docs.form import faults
from website.new_page.begin import begin
from website.new_page.skeletons import CAN, TO_WRITE, looks_back
from website.sources import read_parts

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
COLUMNS = 76
"""What a page shows of a line of code beside its contents, on a window 1280 px wide."""
ON_A_PHONE = 45
"""The same, 390 px wide: the size of code stands in src/website/theme/assets/variables.css."""
MATRIX = re.compile(r"(?:^\s*\[+[\d\s.inf-]+\]+\n){2,}", re.MULTILINE)


def found(project: Path) -> list[str]:
    return list(faults(project / "docs", read_parts(project / "mkdocs.yml")))


def test_every_page_of_every_part_has_the_form() -> None:
    parts = read_parts(ROOT / "mkdocs.yml")
    assert len(parts) >= 2
    assert [part.number for part in parts] == list(range(1, len(parts) + 1))
    problems = found(ROOT)
    assert not problems, "\n".join(["What these pages lack:", *problems])


def test_every_part_ends_with_a_page_that_looks_back() -> None:
    parts = read_parts(ROOT / "mkdocs.yml")
    ends = {part.pages[-1]: (DOCS / part.pages[-1]).read_text(encoding="utf-8") for part in parts}
    missing = [page for page, text in ends.items() if not looks_back(text)]
    assert missing == [], f"the last of a part, without the section {CAN!r}"
    for part in parts:  # and the last looks back on all of them
        link = f"({os.path.relpath(part.pages[0], parts[-1].folder)})"
        assert link in ends[parts[-1].pages[-1]]


def test_the_map_lists_each_part_once_in_order() -> None:
    text = (DOCS / "course.md").read_text("utf-8")
    listed = re.findall(r'data-list="(parts? (?:from )?\d+)"', text)
    parts = len(read_parts(ROOT / "mkdocs.yml"))
    assert listed == [*(f"part {n}" for n in range(1, len(listed))), f"parts from {len(listed)}"]
    assert len(listed) <= parts


def test_a_page_that_looks_back_names_what_was_taught_and_what_comes(written: Path) -> None:
    page = written / "docs" / "words" / "more-words.md"
    whole = page.read_text(encoding="utf-8").partition("## ")[0] + (
        "## What you can do now\n\n- Read [words](first-words.md).\n\n"
        "## What comes next\n\nNumbers.\n"
    )
    page.write_text(whole, encoding="utf-8")
    assert found(written) == []
    for was, becomes, fault in (
        ("[words](first-words.md)", "words", "this was taught nowhere: - Read words."),
        ("first-words.md", "more-words.md", "leaves out words/first-words.md"),
        ("## What comes next", "## More", "it does not say 'What comes next'"),
    ):
        page.write_text(whole.replace(was, becomes), encoding="utf-8")
        assert any(fault in each for each in found(written)), fault


@pytest.mark.parametrize(
    "path", sorted(DOCS.rglob("*.md")), ids=lambda path: path.relative_to(DOCS).as_posix()
)
def test_no_line_of_code_is_wider_than_its_column(path: Path) -> None:
    page, _ = read(path.read_text(encoding="utf-8"), path, [DOCS, ROOT])
    code = [block.source for block in page.blocks]
    code += [block.shown for block in page.blocks if "getsource" in block.source]
    lines = [line for each in code for line in each.split("\n")]
    assert [line for line in lines if len(line) > COLUMNS] == []


@pytest.mark.parametrize(
    "path", sorted(DOCS.rglob("*.md")), ids=lambda path: path.relative_to(DOCS).as_posix()
)
def test_a_phone_keeps_the_rows_of_each_printed_matrix(path: Path) -> None:
    page, _ = read(path.read_text(encoding="utf-8"), path, [DOCS, ROOT])
    matrices = [found[0] for block in page.blocks for found in MATRIX.finditer(block.shown + "\n")]
    rows = [row for matrix in matrices for row in matrix.splitlines()]
    assert [row for row in rows if len(row) > ON_A_PHONE] == []


def test_each_exercise_in_code_checks_itself_and_none_in_words(
    written: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(form, "PARTS_THAT_CHECK_THEMSELVES", ["words"])
    assert found(written) == []
    change(written, "first-words.md", "```check", "```text")
    assert found(written) == [
        "words/first-words.md: exercise 1 does not check itself, and its solution is not in words"
    ]
    change(written, "first-words.md", 'success "Solution"', 'success "Solution, in words"')
    assert found(written) == []
    change(written, "first-words.md", "```text", "```check")
    assert found(written) == [
        "words/first-words.md: exercise 1 has checks, and its solution is called 'in words'"
    ]


@pytest.fixture
def written(tmp_path: Path) -> Path:
    """A project with a part of two chapters that somebody has put into words."""
    (tmp_path / "docs" / "words").mkdir(parents=True)
    (tmp_path / "mkdocs.yml").write_text(
        'nav:\n  - "Part 1: Words":\n      - words/index.md\n', encoding="utf-8"
    )
    (tmp_path / "docs" / "words" / "index.md").write_text(
        '---\ndescription: "Words."\n---\n\n# Words\n\nAfter this part you can read.\n',
        encoding="utf-8",
    )
    begin(tmp_path, "words", "first-words")
    begin(tmp_path, "words", "more-words")
    put_into_words(tmp_path)
    return tmp_path


def put_into_words(project: Path) -> None:
    for path in project.rglob("*.md"):
        text = path.read_text(encoding="utf-8")
        for number, line in enumerate(TO_WRITE):
            text = text.replace(line, f"put {number} into words.")
        path.write_text(text, encoding="utf-8")


def test_a_skeleton_has_the_form_once_it_is_put_into_words(written: Path) -> None:
    assert found(written) == []


def test_a_new_part_has_the_form_once_its_pages_are_put_into_words(written: Path) -> None:
    for name in ("index", "odd-numbers", "even-numbers"):
        begin(written, "numbers", name)
    assert any("as its skeleton does" in each for each in found(written))
    put_into_words(written)
    assert found(written) == []
    last = written / "docs" / "numbers" / "what-you-can-do-after-part-2.md"
    assert looks_back(last.read_text(encoding="utf-8"))


def test_a_page_of_a_new_part_is_what_the_part_before_leads_to(written: Path) -> None:
    begin(written, "numbers", "index")
    put_into_words(written)
    assert found(written) == []  # the foot of a part's last page leads on
    last = written / "docs" / "words" / "more-words.md"
    text = last.read_text(encoding="utf-8")
    last.write_text(f"{text}\nNext: [numbers](../numbers/index.md).\n", encoding="utf-8")
    assert found(written) == []
    last.write_text(f"{text}\nNext: [more](../words/first-words.md).\n", encoding="utf-8")
    assert found(written) == [
        "words/more-words.md: its 'Next: ' leads to words/first-words.md, "
        "and nav goes on with numbers/index.md"
    ]


@pytest.mark.parametrize("line", TO_WRITE)
def test_what_a_skeleton_asks_for_may_not_be_left(written: Path, line: str) -> None:
    change(written, "more-words.md", "put 5 into words.", line)
    assert f"words/more-words.md: it still says {line!r}, as its skeleton does" in found(written)


@pytest.mark.parametrize(
    ("page", "was", "becomes", "fault"),
    [
        ("first-words.md", 'description: "put 0 into words."', "title: T", "no description"),
        ("first-words.md", "put 0 into words.", "", "no description"),
        ("index.md", '---\ndescription: "Words."\n---\n\n', "", "no description"),
        ("first-words.md", "# First words\n\n", "", "does not begin with its heading"),
        ("first-words.md", "## put", "# put", "does not begin with its heading"),
        ("first-words.md", "# First words", "# Words", "not named after its heading: words"),
        ("index.md", "# Words", "# Many words", "not the part's name, 'Words'"),
        ("first-words.md", "After this section", "Here", "'After this section you can '"),
        ("index.md", "After this part", "Here", "'After this part you can '"),
        ("first-words.md", "## What you learned", "## Done", "its last two sections"),
        ("first-words.md", "## Exercises", "## Exercises\n\n## More", "its last two sections"),
        ("first-words.md", "## What you", "```python\n```\n\n## What you", None),
        ("first-words.md", "- put 6 into words.", "Much.", "no list of what you learned"),
        ("first-words.md", "\n1. put", "\n2. put", "not numbered from 1 on"),
        ("first-words.md", "\n1. put", "\nput", "not numbered from 1 on"),
        ("first-words.md", '    ??? success "Solution"', "    See", "exercise 1 has no folded"),
        ("first-words.md", "Next: [more", "See [more", "is not 'Next: ' with a link to words/more"),
        (
            "first-words.md",
            "(more-words.md)",
            "(index.md)",
            "leads to words/index.md, and nav goes",
        ),
        ("first-words.md", "(more-words.md).", "(more-words.md).\n\nBye.", "last line is not"),
        (
            "index.md",
            "- [More",
            "[More",
            "list has first-words.md, and nav has first-words.md, more",
        ),
        ("index.md", "(first-words.md)", "(f.md)", "its list has more-words.md, and nav has first"),
    ],
)
def test_a_page_without_its_form_is_named_with_what_it_lacks(
    written: Path, page: str, was: str, becomes: str, fault: str | None
) -> None:
    change(written, page, was, becomes)
    if not fault:
        assert found(written) == []
        return
    problems = found(written)
    assert any(fault in each for each in problems), problems
    assert all(each.startswith(f"words/{page}: ") for each in problems)


def test_a_page_that_only_nav_has_is_named(written: Path) -> None:
    (written / "docs" / "words" / "more-words.md").unlink()
    assert found(written) == ["words/more-words.md: nav names it, and there is no such file"]


def change(project: Path, page: str, was: str, becomes: str) -> None:
    path = project / "docs" / "words" / page
    text = path.read_text(encoding="utf-8")
    assert was in text
    path.write_text(text.replace(was, becomes, 1), encoding="utf-8")
