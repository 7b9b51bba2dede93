"""A page that is broken on purpose is noticed, unless what was broken says nothing."""

import json
import os
from math import inf
from pathlib import Path

import pytest

from proof import confinement
from proof.mutant_report import fingerprint
from proof.mutants import failures, main, mutants, survives, survivors, try_page
from proof.page import read
from tests.proof.checking import PAGE, code, printed

TEXT = (
    "# Title\n\n"
    + code("import re\n\n# a comment\nx = re.split(' ', 'a b')\n")
    + "> ```py\n> for y in x:\n>\n>     print(y)\n> ```\n>\n> ```output\n> a\n> b\n> ```\n\n"
    + "```bash\nls\n```\n\n"
    + code(
        "x[2]\n", "Traceback (most recent call last):\n  ...\nIndexError: list index out of range\n"
    )
)


def test_makes_one_mutant_of_each_line_that_says_something() -> None:
    found = list(mutants(TEXT, PAGE))
    lines = TEXT.split("\n")
    assert [(m.kind, m.was) for m in found] == [
        ("code removed", "import re"),
        ("code removed", "# a comment"),
        ("code removed", "x = re.split(' ', 'a b')"),
        ("code removed", "> for y in x:"),
        ("code removed", ">     print(y)"),
        ("output changed", "> a"),
        ("output changed", "> b"),
        ("code removed", "x[2]"),
        ("output changed", "Traceback (most recent call last):"),
        ("output changed", "  ..."),
        ("output changed", "IndexError: list index out of range"),
    ]
    assert all(lines[m.line - 1] == m.was for m in found)
    for mutant in found:
        changed = mutant.text.split("\n")
        now = changed[mutant.line - 1 : mutant.line] if mutant.kind == "output changed" else []
        assert changed == [*lines[: mutant.line - 1], *now, *lines[mutant.line :]]
        assert mutant.text != TEXT


def test_all_mutants_die_but_that_of_a_comment() -> None:
    assert failures(TEXT, PAGE) == []
    alive = survivors(mutants(TEXT, PAGE))
    assert [str(mutant) for mutant in alive] == [f"{PAGE}:6: code removed: # a comment"]


SESSION = (
    "# Title\n\n> ```pycon\n> >>> x = 1\n>\n> >>> # a comment\n> >>> if x:\n"
    "> ...     print('a\\n')\n> ...\n> a\n> <BLANKLINE>\n> >>> {}['b']\n"
    "> Traceback (most recent call last):\n>   ...\n> KeyError: 'b'\n> ```\n\n"
)


def test_makes_mutants_of_the_code_and_of_the_outputs_of_a_session() -> None:
    found = list(mutants(SESSION, PAGE))
    assert [(m.kind, m.was) for m in found] == [
        ("code removed", "> >>> x = 1"),
        ("code removed", "> >>> # a comment"),
        ("code removed", "> >>> if x:"),
        ("code removed", "> ...     print('a\\n')"),
        ("code removed", "> ..."),
        ("output changed", "> a"),
        ("output changed", "> <BLANKLINE>"),
        ("code removed", "> >>> {}['b']"),
        ("output changed", "> Traceback (most recent call last):"),
        ("output changed", ">   ..."),
        ("output changed", "> KeyError: 'b'"),
    ]
    assert failures(SESSION, PAGE) == []
    alive = survivors(found)
    assert [mutant.was for mutant in alive] == ["> >>> # a comment", "> ..."]


IN_ORDER = (
    code("import os\nfrom pathlib import Path\nn = 0\nPath('a').write_text('1')\n")
    + code("while n < 3:\n    print(n)\n    n += 1\n", "0\n1\n2\n")
    + code("Path('a').write_text('2')\n")
    + code("os.environ['SEEN'] = Path('a').read_text()\nprint('read', n)\n", "read 3\n")
    + code("print(os.environ['SEEN'])\n", "2\n")
    + "```pycon\n>>> n\n3\n>>> n += 1\n>>> print(n, os.environ['SEEN'])\n4 2\n```\n"
    + code("print(n)\n", "4\n")
)
"""Each block needs what those above it have left: names, a file, an environment variable.

Without `n += 1` in its second block, a loop has no end.
"""


copies = pytest.mark.skipif(not hasattr(os, "fork"), reason="no process can be copied here")


@pytest.mark.parametrize("text", [TEXT, IN_ORDER])
def test_mutants_that_share_a_run_end_as_each_does_by_itself(text: str) -> None:
    found = [mutant for mutant in mutants(text, PAGE) if mutant.was != "    n += 1"]
    assert survivors(found) == [mutant for mutant in found if survives(mutant)]


@copies
def test_a_loop_that_has_lost_its_end_is_cut_off_and_noticed() -> None:
    endless = [mutant for mutant in mutants(IN_ORDER, PAGE) if mutant.was == "    n += 1"]
    assert len(endless) == 1
    assert survivors(endless) == []


@copies
def test_where_time_is_short_each_block_gets_its_share_and_the_next_run_tries_others(
    tmp_path: Path,
) -> None:
    comments = "".join(f"# {n}\n" for n in range(12))
    path = tmp_path / "page.md"
    text = code(comments) + code(comments) + code("import time\ntime.sleep(0.2)\n")
    path.write_text(text, encoding="utf-8")
    second = text.index("# 0", 20)
    halfway = text[:second].count("\n")
    kept = tmp_path / "kept"
    once = try_page(path, kept=kept, seconds=2)
    lines = {int(name.partition(":")[0]) for name in once.noticed}
    assert min(lines) <= halfway < max(lines)
    assert len(once.noticed) < once.made
    assert try_page(path, kept=kept, seconds=2).noticed.keys() > once.noticed.keys()


def test_a_sample_begins_with_a_run_in_another_order_of_sets_even_if_all_is_known(
    tmp_path: Path,
) -> None:
    path, kept = tmp_path / "page.md", tmp_path / "kept"
    source = "print([word for word in {'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'}])\n"
    (shown,) = printed(code(source))
    path.write_text(code(source, shown), encoding="utf-8")
    known = try_page(path, kept=kept)
    assert set(known.noticed.values()) == {True}
    assert try_page(path, kept=kept, seconds=1).noticed == known.noticed
    with pytest.raises(ValueError, match="whatever the order of sets"):
        try_page(path, kept=kept, seconds=1, hash_seed="2")


@copies
def test_what_is_cut_off_is_noticed_only_if_the_limit_follows_from_the_page() -> None:
    for seconds, is_tried in ((9.0, False), (inf, True)):
        page, _ = read(code("while False:\n    pass\n"), PAGE)
        page.for_variants = seconds
        endless, _ = read(code("while True:\n    pass\n"), PAGE)
        page.run(variants=[endless], seconds=1, is_broken=True)
        assert endless.is_tried == is_tried
        assert "Python ended here" in endless.blocks[0].failure


def test_a_page_that_fails_has_no_survivors_to_count() -> None:
    text = code("print(1)\n", "2\n")
    with pytest.raises(ValueError, match=rf"{PAGE}:1"):
        survivors(mutants(text, PAGE))


def test_says_what_is_wrong_with_a_page() -> None:
    text = code("print(1)\n") + "```output\na\n```\n\n" + code("1 / 0\n") + code("x = 1\n")
    rows = failures(text.replace("1)\n```\n", "1)\n```\nText.\n"), PAGE)
    assert [row.partition(": ")[0] for row in rows] == [f"{PAGE}:{n}" for n in (6, 1, 10)]


@pytest.mark.parametrize("end", ["x", "y", " "])
def test_a_changed_output_is_another_output(end: str) -> None:
    text = code(f"print('a{end}')\n", f"a{end}".rstrip() + "\n")
    (mutant,) = (mutant for mutant in mutants(text, PAGE) if mutant.kind == "output changed")
    assert not survives(mutant)


def test_prints_the_survivors_and_the_rate(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "part").mkdir()
    page = tmp_path / "part" / "page.md"
    page.write_text(code("# a\nprint('--8<--')\n", "--8<--\n"), encoding="utf-8")
    assert main([str(tmp_path)]) == 0
    assert capsys.readouterr().out.split("\n") == [
        f"survived: {page.resolve()}:2: code removed: # a",
        "output changed: 1 of 1 killed",
        "code removed: 1 of 2 killed",
        "kill rate: 66.7%",
        "",
    ]


def test_breaks_one_page_only_where_one_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("one.md", "two.md"):
        (tmp_path / name).write_text(code("# a\nprint(1)\n", "1\n"), encoding="utf-8")
    assert main([str(tmp_path), f"--page={tmp_path / 'two.md'}"]) == 0
    out = capsys.readouterr().out
    assert ("one.md" in out, "two.md" in out) == (False, True)
    assert "output changed: 1 of 1 killed" in out
    assert main([str(tmp_path), f"--page={tmp_path / 'three.md'}"]) == 1
    assert "There is no page" in capsys.readouterr().out


def test_the_report_has_the_counts_and_tells_of_which_pages(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(code("# a\nprint(1)\n", "1\n"), encoding="utf-8")
    report = tmp_path / "build" / "mutants.json"
    assert main([str(tmp_path), f"--report={report}"]) == 0
    assert json.loads(report.read_bytes()) == {
        "pages": fingerprint(tmp_path),
        "made": {"output changed": 1, "code removed": 2},
        "killed": {"output changed": 1, "code removed": 1},
    }
    page.write_text("# Another\n", encoding="utf-8")
    assert json.loads(report.read_bytes())["pages"] != fingerprint(tmp_path)


def test_breaks_no_page_that_fails_already(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "page.md"
    page.write_text(code("print(1)\n", "2\n"), encoding="utf-8")
    assert main([str(tmp_path)]) == 1
    out = capsys.readouterr().out
    assert f"{page.resolve()}:1" in out
    assert "must pass before it is broken" in out
    assert "kill rate" not in out


@pytest.mark.skipif(not confinement.is_possible(), reason="this system cannot forbid it")
@pytest.mark.parametrize("shares_a_run", [True, False])
def test_a_mutant_changes_nothing_outside_its_own_folders(
    tmp_path: Path, shares_a_run: bool
) -> None:
    """A mutant lacks the line that keeps it in its own folder, and removes another one."""
    precious = tmp_path / "precious"
    (precious / "deep").mkdir(parents=True)
    (precious / "deep" / "file").write_text("kept", encoding="utf-8")
    text = code(
        "import os, shutil, signal\n"
        f"folder, parent = {str(precious)!r}, {os.getpid()}\n"
        "folder, parent = 'scratch', 0\n"
        "os.makedirs(folder, exist_ok=True)\nshutil.rmtree(folder, ignore_errors=True)\n"
        "if parent:\n    open(folder + '/deep/file', 'a').close()\n"
        "    os.truncate(folder + '/deep/file', 0)\n"
        "print(os.path.exists(folder))\n",
        "False\n",
    )
    found = list(mutants(text, PAGE))
    if shares_a_run:
        survivors(found)
    else:
        survives(next(m for m in found if m.was.startswith("folder, parent = 'scratch'")))
    assert (precious / "deep" / "file").read_text(encoding="utf-8") == "kept"


def test_what_a_block_leaves_elsewhere_kills_no_mutant(monkeypatch: pytest.MonkeyPatch) -> None:
    chdir = code("import os, tempfile\nos.chdir(tempfile.gettempdir())\n")
    absolute = code("import os\nhere = os.getcwd()\nopen('a', 'w').write('1')\n")
    again = code("# b\nprint(open(here + '/a').read())\nopen(here + '/a', 'w').write('2')\n", "1\n")
    opened = code("file = open('b', 'w+')\nfile.write('ab')\n_ = file.seek(0)\n")
    after = code("# c\nprint(file.read(1))\n", "a\n") + code("# d\nprint(file.read())\n", "b\n")
    thread = code("import threading\nend = threading.Event()\n")
    thread += code("waits = threading.Thread(target=end.wait, daemon=True)\nwaits.start()\n")
    thread += code("# e\nend.set()\nwaits.join(0.1)\nprint(1)\n", "1\n")
    for text, comments in (
        (chdir + code("# a\nprint(2)\n", "2\n"), ["# a"]),
        (absolute + again, ["# b"]),
        (opened + after, ["# c", "# d"]),
        (thread, ["# e"]),
    ):
        alive = [mutant.was for mutant in survivors(mutants(text, PAGE))]
        assert [was for was in alive if was.startswith("#")] == comments


def test_the_home_and_temporary_folder_of_a_mutant_are_thrown_away() -> None:
    text = code("import os, tempfile\nfrom pathlib import Path\nhome = Path.home()\n")
    text += code(
        "home.joinpath('left').touch()\nopen(tempfile.mkstemp()[1], 'w').close()\n"
        "print(home.name, os.path.basename(tempfile.gettempdir()))\n",
        "home temporary\n",
    )
    real = Path.home() / "left"
    mutant = next(m for m in mutants(text + code("# a\n"), PAGE) if m.was == "# a")
    assert survives(mutant)
    assert not real.exists()


def test_says_that_it_cannot_protect(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "page.md").write_text(code("print(1)\n", "1\n"), encoding="utf-8")
    monkeypatch.setattr(confinement, "is_possible", lambda: False)
    assert main([str(tmp_path)]) == 1
    assert "cannot keep it from writing" in capsys.readouterr().out
    assert main([str(tmp_path), "--unprotected"]) == 0
    assert "kill rate: 100.0%" in capsys.readouterr().out
