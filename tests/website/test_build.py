import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests import PATIENCE
from tests.website.conftest import ROOT, Served
from website.build import build, main, swap
from website.finish import BuildError
from website.links import internal_links
from website.site import Site

PREVIEW = "http://127.0.0.1:8000/book/"


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_another_build_of_the_site_is_equal(site: Served, tmp_path: Path) -> None:
    """What is in no order has another one in each process, but not on the pages."""
    code = "import sys, website.build as b, pathlib; b.build(pathlib.Path(sys.argv[1]))"
    subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "site")],
        cwd=ROOT,
        env=os.environ | {"PYTHONHASHSEED": "1", "TZ": "UTC1"},
        check=True,
        timeout=PATIENCE,
    )
    one, two = files(site.folder), files(tmp_path / "site")
    assert one.keys() == two.keys()
    assert [name for name in one if one[name] != two[name]] == []


def test_a_preview_shows_what_is_wrong_and_is_there(in_project: Path, tmp_path: Path) -> None:
    page = in_project / "docs" / "index.md"
    text = page.read_text(encoding="utf-8")
    try:
        page.write_text(f'{text}\n[gone](gone.md) <img src="gone.png">', encoding="utf-8")
        problems = build(tmp_path / "site", preview=PREVIEW)
    finally:
        page.write_text(text, encoding="utf-8")
    assert any("gone.md" in problem for problem in problems)
    assert any("gone.png" in problem for problem in problems)
    assert (tmp_path / "site" / "index.html").is_file()


def test_a_part_may_begin_with_a_single_page(in_project: Path, tmp_path: Path) -> None:
    settings, part = in_project / "mkdocs.yml", in_project / "docs" / "part"
    text = settings.read_text(encoding="utf-8")
    nav = "nav: [index.md, plots.ipynb]"
    assert nav in text
    try:
        part.mkdir()
        (part / "index.md").write_text("# A part\n\nIts first page.\n", encoding="utf-8")
        new = nav.replace("]", ", Part: [part/index.md]]")
        settings.write_text(text.replace(nav, new), encoding="utf-8")
        assert build(tmp_path / "site", preview=PREVIEW) == []
    finally:
        settings.write_text(text, encoding="utf-8")
        shutil.rmtree(part)
    page = (tmp_path / "site" / "part" / "index.html").read_text(encoding="utf-8")
    assert page.count('id="__nav_3_label"') == 1


def test_a_failed_build_leaves_the_former_site(
    in_project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "index.html").write_text("former")
    assert main(tmp_path / "site") == 1  # nothing in the small project was ever proven
    assert "no record of a proof" in capsys.readouterr().out
    assert files(tmp_path) == {"site/index.html": b"former"}


def test_a_strict_build_stops_at_a_warning(in_project: Path, tmp_path: Path) -> None:
    extra = in_project / "docs" / "extra.md"
    extra.write_text("# Not in the navigation\n")
    try:
        with pytest.raises(BuildError, match=r"extra\.md"):
            build(tmp_path / "site")
    finally:
        extra.unlink()
    assert files(tmp_path) == {}


def test_a_page_that_includes_a_file_which_is_not_there_is_named_with_it(
    in_project: Path, tmp_path: Path
) -> None:
    page = in_project / "docs" / "index.md"
    text = page.read_text(encoding="utf-8")
    try:
        page.write_text(f'{text}\n--8<-- "figures/gone.svg"\n', encoding="utf-8")
        with pytest.raises(BuildError) as failure:
            build(tmp_path / "site", preview=PREVIEW)
    finally:
        page.write_text(text, encoding="utf-8")
    fault, remedy = str(failure.value).splitlines()
    assert "'index.md'" in fault
    assert "'figures/gone.svg'" in fault
    assert remedy.endswith("make figures")


def test_without_a_configuration_it_says_where_to_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(BuildError, match="run this in the project's root folder"):
        build(tmp_path / "site")


def test_a_swap_that_fails_leaves_the_former_site(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "a").touch()
    with pytest.raises(OSError, match=r"fresh|file"):
        swap(tmp_path / "fresh", tmp_path / "site")
    assert files(tmp_path) == {"site/a": b""}


def test_the_published_site_has_no_problems(site: Served) -> None:
    assert internal_links.check(Site(site.folder, address=site.address)) == []
