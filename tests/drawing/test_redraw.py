import re
from pathlib import Path

import pytest

from drawing import FigureError
from drawing.__main__ import main
from drawing.redraw import draw, find_figures, redraw

CODE = """\
from drawing import Figure

def draw():
    figure = Figure("Title", "Description.")
    figure.text((10, 20), "{text}")
    return figure
"""


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    for folder, name in (("one", "first"), ("two/deep", "second")):
        write(tmp_path / folder / "figures" / f"{name}.py", name)
    return tmp_path


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(CODE.format(text=text), encoding="utf-8")


def tree(folder: Path) -> dict[str, bytes]:
    return {
        path.name: path.read_bytes()
        for path in folder.rglob("*")
        if path.suffix != ".py" and path.is_file()
    }


def test_finds_every_figure_below_a_folder(docs: Path) -> None:
    (docs / "helper.py").touch()
    assert [path.stem for path in find_figures(docs)] == ["first", "second"]


def test_writes_each_drawing_beside_its_code(docs: Path) -> None:
    changed = redraw(docs)
    assert changed == [path.with_suffix(".svg") for path in find_figures(docs)]
    assert [path.read_bytes() for path in changed] == [
        draw(code).encode() for code in find_figures(docs)
    ]


def test_a_second_run_changes_nothing(docs: Path) -> None:
    redraw(docs)
    assert redraw(docs) == []


def test_only_what_has_changed_is_written(docs: Path) -> None:
    redraw(docs)
    first, _ = find_figures(docs)
    write(first, "other")
    assert redraw(docs) == [first.with_suffix(".svg")]
    assert "other" in first.with_suffix(".svg").read_text(encoding="utf-8")


def test_where_one_cannot_be_drawn_none_is_written(docs: Path) -> None:
    _, second = find_figures(docs)
    second.write_text("def draw():\n    raise LookupError('no such word')\n", encoding="utf-8")
    with pytest.raises(FigureError, match="no such word"):
        redraw(docs)
    assert tree(docs) == {}


def test_a_failed_write_leaves_the_old_file_and_no_other(
    docs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    redraw(docs)
    before = tree(docs)
    for code in find_figures(docs):
        write(code, "other")

    def full(self: Path, target: Path) -> Path:
        raise OSError("no space left")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OSError, match="no space left"):
        redraw(docs)
    assert tree(docs) == before


def test_a_figure_without_draw_is_named(docs: Path) -> None:
    first, _ = find_figures(docs)
    first.write_text("paint = 1\n", encoding="utf-8")
    with pytest.raises(FigureError, match=r"first\.py has no function draw\(\)"):
        redraw(docs)
    first.write_text("def draw():\n    return '<svg></svg>'\n", encoding="utf-8")
    with pytest.raises(FigureError, match=r"first\.py has no function draw\(\)"):
        redraw(docs)


def test_its_ids_come_from_the_name_of_its_file(docs: Path) -> None:
    moved = find_figures(docs)[0].with_name("rows_of_a_table.py")
    find_figures(docs)[0].rename(moved)
    ids = re.findall(r' id="([^"]+)"', draw(moved))
    assert ids == ["rows-of-a-table", "rows-of-a-table-title", "rows-of-a-table-desc"]
    assert 'aria-labelledby="rows-of-a-table-title rows-of-a-table-desc"' in draw(moved)


def test_what_cannot_be_drawn_is_one_line_with_the_file_and_its_line(docs: Path) -> None:
    first, _ = find_figures(docs)
    write(first, "a sentence that is far too long for any figure of this site to hold")
    with pytest.raises(SystemExit) as end:
        main([str(docs)])
    (line,) = str(end.value).splitlines()
    assert line.startswith(f"{first.as_posix()}:5: 'a sentence that ")
    assert "but has room from 0 to 380. Say it in fewer words" in line


@pytest.mark.parametrize(
    ("code", "fault"),
    [
        (
            "def draw():\n    return helper()\n\ndef helper():\n    return 1 / 0\n",
            "5: ZeroDivision",
        ),
        ("from drawing.shapes import step\n\ndef draw():\n    step(1)\n", "4: TypeError: step() "),
        ("def draw():\n    return (\n", "2: SyntaxError: "),
        ("import nothing_of_this_name\n", "1: ModuleNotFoundError: "),
    ],
    ids=["in a helper", "in a shape", "no Python", "an import"],
)
def test_code_that_fails_is_one_line_with_the_file_and_its_line(
    docs: Path, code: str, fault: str
) -> None:
    first, _ = find_figures(docs)
    first.write_text(code, encoding="utf-8")
    with pytest.raises(SystemExit) as end:
        main([str(docs)])
    (line,) = str(end.value).splitlines()
    assert line.startswith(f"{first.as_posix()}:{fault}")


def test_the_command_says_what_it_drew(docs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main([str(docs)])
    assert "first.svg" in capsys.readouterr().out
    main([str(docs)])
    assert capsys.readouterr().out == "2 figures, 0 changed\n"


def test_the_command_says_where_there_is_nothing_to_draw(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="nowhere"):
        main([str(tmp_path / "nowhere")])


def test_the_command_says_in_one_message_why_the_story_is_missing(
    docs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VERDICT_TEXT", str(docs / "lost.txt"))
    first, _ = find_figures(docs)
    first.write_text(
        "from verdict import read_story\n\ndef draw():\n    return read_story()\n", encoding="utf-8"
    )
    with pytest.raises(SystemExit, match=r"lost\.txt"):
        main([str(docs)])
