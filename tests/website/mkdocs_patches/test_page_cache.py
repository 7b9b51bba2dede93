"""A preview that keeps what an edit leaves alone is what a fresh one would be."""

import os
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch

import pytest
from mkdocs.structure.pages import Page
from mkdocs_jupyter.convert import nb2html

from tests.website.test_build import PREVIEW, files
from website.build import build
from website.finish import BuildError
from website.mkdocs_patches import page_cache

LINKED = "# Second\n\n[There](third.md#a-part), [gone](gone.md).\n"
INCLUDING = '# Third\n\n## A part\n\n--8<-- "docs/piece.txt"\n'


@pytest.fixture
def book(in_project: Path) -> Iterator[Path]:
    """The small project with two pages more, its files as they were afterwards."""
    settings = in_project / "mkdocs.yml"
    before = files(in_project)
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace("index.md,", "index.md, second.md, third.md,"))
    docs = in_project / "docs"
    (docs / "second.md").write_text(LINKED)
    (docs / "third.md").write_text(INCLUDING)
    (docs / "piece.txt").write_text("A piece.\n")
    page_cache.clear()
    yield docs
    for name in files(in_project).keys() - before.keys():
        (in_project / name).unlink()
    for name, data in before.items():
        (in_project / name).write_bytes(data)


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    later = path.stat().st_mtime_ns + 1_000_000_000  # as a person's edit is
    os.utime(path, ns=(later, later))


def preview(site: Path) -> tuple[list[str], dict[str, bytes], list[str]]:
    """Build a preview: what is wrong, its files, the sources that were rendered for it."""
    with (
        patch.object(Page, "render", autospec=True, side_effect=Page.render) as render,
        patch("mkdocs_jupyter.convert.nb2html", side_effect=nb2html) as convert,
    ):
        problems = build(site, preview=PREVIEW)
    rendered = [str(call.args[0].file.src_uri) for call in render.call_args_list]
    rendered += [Path(call.args[0]).name for call in convert.call_args_list]
    return problems, files(site), sorted(rendered)


def test_it_is_what_a_fresh_one_would_be_after_any_edit(book: Path, tmp_path: Path) -> None:
    edits = [
        (book / "second.md", "[gone](gone.md)", "mended"),
        (book / "index.md", "# ", "# New title, "),  # in the navigation of all
        (book / "third.md", "## A part", "## Another part"),  # second.md points there
        (book / "piece.txt", "A piece", "Another piece"),
        (book / "plots.ipynb", '"# ', '"# New '),
        (book.parent / "mkdocs.yml", "nav:", "site_name: Renamed\nnav:"),
        (book.parent / "mkdocs.yml", "second.md, ", ""),
        (book.parent / "mkdocs.yml", "index.md, third.md", "third.md, index.md"),
        (book.parent / "src/website/theme/assets/variables.css", ":root {", ":root { --edited: 1;"),
    ]
    build(tmp_path / "site", preview=PREVIEW)
    for edit in edits:
        replace(*edit)
        problems, found, _ = preview(tmp_path / "site")
        page_cache.clear()
        fresh_problems, fresh, _ = preview(tmp_path / "site")
        assert problems == fresh_problems, edit
        assert [name for name in fresh if found.get(name) != fresh[name]] == [], edit
        assert found.keys() == fresh.keys(), edit


def test_it_makes_only_what_the_edit_changed(book: Path, tmp_path: Path) -> None:
    replace(book / "second.md", "[gone](gone.md)", "mended")
    _, first, rendered = preview(tmp_path / "site")
    assert rendered == ["index.md", "plots.ipynb", "second.md", "third.md"]
    replace(book / "second.md", "mended", "edited")
    _, second, rendered = preview(tmp_path / "site")
    assert rendered == ["second.md"]
    changed = {name for name in second if first.get(name) != second[name]}
    assert "second/index.html" in changed
    assert {name for name in changed if name.endswith(".html")} == {"second/index.html"}


def test_what_is_wrong_is_said_each_time(book: Path, tmp_path: Path) -> None:
    problems, _, _ = preview(tmp_path / "site")
    assert any("'second.md' contains a link 'gone.md'" in problem for problem in problems)
    replace(book / "third.md", "# Third", "# Edited")
    assert preview(tmp_path / "site")[0] == problems


def test_nothing_is_kept_of_a_site_to_publish(book: Path, tmp_path: Path) -> None:
    replace(book / "second.md", "[gone](gone.md)", "mended")
    build(tmp_path / "site", preview=PREVIEW)
    with (
        patch("website.build.cached_pages", side_effect=AssertionError),
        pytest.raises(BuildError, match="no record of a proof"),
    ):
        build(tmp_path / "published")
