import json
from pathlib import Path

import nbformat
import pytest
from hypothesis import given
from hypothesis import strategies as st

from proof import page
from website.new_page.__main__ import main
from website.new_page.begin import begin
from website.new_page.links import NewPageError
from website.new_page.skeletons import (
    CAN,
    WHOLE,
    chapter,
    claim,
    list_entry,
    looking_back,
    part_index,
)
from website.sources import Part, read_parts

NAV = """\
# a comment
site_name: S
url: !ENV [URL, "u"]

nav:
    - Home: index.md # the first
    - "Part 1: Words":
          - words/index.md
          - words/first.md # a comment

    # the next one
    - 'Part 2: Numbers':
          - numbers/index.md
          - A title: numbers/plot.ipynb
    - Last: last.md
theme: {name: material} # not changed
"""
INDEX = '---\ndescription: "D."\n---\n\n# Words\n\nAll:\n\n- [First](first.md) shows it.\n\nBye.\n'


@pytest.fixture
def project(tmp_path: Path) -> Path:
    write(tmp_path / "mkdocs.yml", NAV)
    write(tmp_path / "docs/words/index.md", INDEX)
    write(tmp_path / "docs/words/first.md", "# First\n\nText.\n\nNext: on to [numbers](../n.md).\n")
    write(tmp_path / "docs/numbers/index.md", "# Numbers\n\n- [A title](plot.ipynb)\n")
    cells = [nbformat.v4.new_markdown_cell("# Plot"), nbformat.v4.new_code_cell("1")]  # type: ignore[no-untyped-call]
    notebook = nbformat.v4.new_notebook(cells=cells)  # type: ignore[no-untyped-call]
    write(tmp_path / "docs/numbers/plot.ipynb", nbformat.writes(notebook))  # type: ignore[no-untyped-call]
    write(tmp_path / "docs/last.md", "# Last\n")
    return tmp_path


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def files(project: Path) -> dict[str, str]:
    return {
        path.relative_to(project).as_posix(): path.read_text(encoding="utf-8")
        for path in project.rglob("*")
        if path.is_file()
    }


def test_a_page_has_its_place_in_nav_and_nothing_else_of_the_configuration_changes(
    project: Path,
) -> None:
    begin(project, "words", "more-words")
    new = "          - words/more-words.md\n"
    assert files(project)["mkdocs.yml"].replace(new, "") == NAV
    assert read_parts(project / "mkdocs.yml")[0].pages[-1] == "words/more-words.md"


def test_a_page_has_its_place_in_the_list_of_its_part(project: Path) -> None:
    begin(project, "words", "more-words")
    lines = files(project)["docs/words/index.md"].split("\n")
    assert lines[9].startswith("- [More words](more-words.md): ")
    assert "\n".join(lines[:9] + lines[10:]) == INDEX


def test_the_page_before_leads_to_it_and_it_leads_where_that_one_led(project: Path) -> None:
    begin(project, "words", "more-words")
    before, page = (files(project)[f"docs/words/{name}.md"] for name in ("first", "more-words"))
    assert before == "# First\n\nText.\n\nNext: [more words](more-words.md).\n"
    assert page == f"{chapter('More words')}\nNext: on to [numbers](../n.md).\n"


def test_the_first_page_of_a_new_part_begins_it_and_the_last_looks_back(project: Path) -> None:
    written = begin(project, "letters", "index")
    pages = ("letters/index.md", "letters/what-you-can-do-after-part-3.md")
    parts = read_parts(project / "mkdocs.yml")
    assert parts[2] == Part(3, "Letters", pages)
    lines = '    - "Part 3: Letters":\n' + "".join(f"          - {page}\n" for page in pages)
    found = files(project)
    assert found["mkdocs.yml"].replace(lines, "") == NAV
    listed = "\n- [What you can do after Part 3](what-you-can-do-after-part-3.md) looks back"
    index, entry, _ = found["docs/letters/index.md"].partition(listed)
    assert entry
    assert index == part_index("Letters")
    assert found[f"docs/{pages[1]}"] == looking_back(parts)
    assert "- Part 1: [Words](../words/index.md)\n" in looking_back(parts)
    assert "- Part 3: [Letters](index.md)\n" in looking_back(parts)
    assert [path.relative_to(project).as_posix() for path in written] == [
        *(f"docs/{page}" for page in pages),
        "mkdocs.yml",
    ]


def test_pages_of_a_new_part_follow_each_other_and_the_last_still_looks_back(project: Path) -> None:
    for name in ("index", "one", "two"):
        begin(project, "letters", name)
    found = files(project)
    last = "what-you-can-do-after-part-3"
    assert read_parts(project / "mkdocs.yml")[2].pages == tuple(
        f"letters/{name}.md" for name in ("index", "one", "two", last)
    )
    assert found["docs/letters/index.md"].endswith(
        "The sections of this part:\n\n"
        f"{list_entry('One', 'one.md')}\n{list_entry('Two', 'two.md')}\n"
        f"- [What you can do after Part 3]({last}.md) looks back on it, and says what comes next.\n"
    )
    assert found["docs/letters/one.md"] == f"{chapter('One')}\nNext: [two](two.md).\n"
    leads = f"Next: [what you can do after Part 3]({last}.md)."
    assert found["docs/letters/two.md"] == f"{chapter('Two')}\n{leads}\n"
    assert (
        f"## {CAN}\n\n{claim('One', 'one.md')}\n{claim('Two', 'two.md')}\n\n## {WHOLE}\n"
    ) in found[f"docs/letters/{last}.md"]


def test_a_page_stands_before_the_one_that_looks_back(project: Path) -> None:
    back = f"# End\n\n## {CAN}\n\n- All of [it](first.md).\n\nAnd more.\n\n## What comes next\n"
    write(project / "docs/words/end.md", back)
    settings = NAV.replace(
        "words/first.md # a comment\n", "words/first.md\n          - The end: words/end.md # c\n"
    )
    write(project / "mkdocs.yml", settings)
    write(project / "docs/words/index.md", "# Words\n\n- [First](first.md)\n- [The](end.md) end\n")
    write(project / "docs/words/first.md", "# First\n\nNext: [the end](end.md).\n")
    begin(project, "words", "more-words")
    found = files(project)
    new = "          - words/more-words.md\n"
    assert found["mkdocs.yml"].replace(new, "") == settings
    assert read_parts(project / "mkdocs.yml")[0].pages[-2:] == (
        "words/more-words.md",
        "words/end.md",
    )
    assert found["docs/words/index.md"] == (
        f"# Words\n\n- [First](first.md)\n{list_entry('More words', 'more-words.md')}\n"
        "- [The](end.md) end\n"
    )
    assert found["docs/words/first.md"] == "# First\n\nNext: [more words](more-words.md).\n"
    assert found["docs/words/more-words.md"].endswith("\nNext: [the end](end.md).\n")
    claimed = f"(first.md).\n{claim('More words', 'more-words.md')}\n"
    assert found["docs/words/end.md"] == back.replace("(first.md).\n", claimed)


def test_a_notebook_leads_on_too(project: Path) -> None:
    begin(project, "numbers", "one")
    begin(project, "numbers", "two")
    cells = json.loads(files(project)["docs/numbers/plot.ipynb"])["cells"]
    assert [cell["cell_type"] for cell in cells] == ["markdown", "code", "markdown"]
    assert "".join(cells[-1]["source"]) == "Next: [one](one.md)."


def test_a_heading_can_be_given_where_the_name_does_not_make_it(project: Path) -> None:
    begin(project, "words", "what-is-an-llm", "What is an LLM?")
    assert "# What is an LLM?\n" in files(project)["docs/words/what-is-an-llm.md"]
    assert "- [What is an LLM?](what-is-an-llm.md)" in files(project)["docs/words/index.md"]
    begin(project, "the-gpt", "index", 'The "GPT"')
    assert read_parts(project / "mkdocs.yml")[-1].name == 'The "GPT"'


@pytest.mark.parametrize(
    ("part", "name", "words"),
    [
        ("wrods", "more", "no part 'wrods' in the nav of mkdocs.yml, only words, numbers."),
        ("wrods", "more", "make page PART=wrods NAME=index"),
        ("words", "first", "docs/words/first.md is there already"),
        ("words", "index", "docs/words/index.md is there already"),
        ("numbers", "plot", "docs/numbers/plot.ipynb is there already"),
        ("last", "index", "docs/last.md has that address"),
        ("words", "More words", "'More words' is no name for a file"),
        ("words", "../more", "'../more' is no name for a file"),
        ("words", "", "'' is no name for a file"),
        ("", "more", "'' is no name for a file"),
    ],
)
def test_what_cannot_be_begun_is_refused_with_words_and_nothing_is_written(
    project: Path, part: str, name: str, words: str
) -> None:
    before = files(project)
    with pytest.raises(NewPageError) as error:
        begin(project, part, name)
    assert words in str(error.value)
    assert files(project) == before


def test_a_nav_of_another_layout_is_left_alone(project: Path) -> None:
    write(project / "mkdocs.yml", 'nav: [{"Part 1: Words": [words/index.md, words/first.md]}]\n')
    before = files(project)
    with pytest.raises(NewPageError, match=r"put words/more\.md there by hand"):
        begin(project, "words", "more")
    assert files(project) == before


@given(name=st.text("abz09-", max_size=6) | st.text(max_size=20))
def test_a_name_is_taken_as_it_is_or_refused(
    name: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("project")
    write(folder / "mkdocs.yml", 'nav:\n- "Part 1: Words":\n  - words/index.md\n')
    write(folder / "docs/words/index.md", "# Words\n")
    try:
        begin(folder, "words", name)
    except NewPageError:
        assert len(files(folder)) == 2
    else:
        (part,) = read_parts(folder / "mkdocs.yml")
        assert part.pages[-1] == f"words/{name.removesuffix('.md')}.md"
        assert (folder / "docs" / part.pages[-1]).is_file()
        assert len(files(folder)) == 3


@pytest.mark.parametrize(
    ("text", "blocks"),
    [(chapter("More words"), 2), (looking_back([Part(1, "Words", ("words/index.md",))]), 1)],
    ids=["section", "looking back"],
)
def test_what_a_skeleton_prints_is_what_it_shows(text: str, blocks: int) -> None:
    shown, problems = page.read(text, Path("more-words.md"), [])
    shown.run()
    assert not problems
    assert [block.printed for block in shown.blocks] == [block.shown for block in shown.blocks]
    assert len(shown.blocks) == blocks


def test_the_command_says_what_it_wrote_and_what_comes_next(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(project)
    main("docs/words/", "more-words.md")
    assert capsys.readouterr().out == (
        "wrote docs/words/more-words.md\nwrote docs/words/index.md\nwrote docs/words/first.md\n"
        "wrote mkdocs.yml\n"
        "Now put it into words. Then: make outputs PAGE=docs/words/more-words.md\n"
    )
    main("letters", "index")
    assert capsys.readouterr().out == (
        "wrote docs/letters/index.md\nwrote docs/letters/what-you-can-do-after-part-3.md\n"
        "wrote mkdocs.yml\n"
        "Now put them into words. "
        "To begin a section: make page PART=letters NAME=its-name\n"
    )
    with pytest.raises(SystemExit, match="is there already"):
        main("words", "more-words")
    with pytest.raises(SystemExit, match=r"Say which part .* PART=.* NAME="):
        main("", "")
    with pytest.raises(SystemExit, match="Say which part"):
        main("words", "")
