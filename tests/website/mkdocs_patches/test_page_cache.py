"""A preview after an edit renders only what changed, and equals one that was built afresh."""

import gc
import os
import time
from collections.abc import Iterator
from functools import _lru_cache_wrapper
from pathlib import Path
from unittest.mock import patch

import pytest
from mkdocs.structure.pages import Page
from mkdocs_jupyter.convert import nb2html

from tests.website.test_build import PREVIEW, files
from website.build import build
from website.finish import BuildError
from website.mkdocs_patches import page_cache
from website.sources import sources

NAV = """nav:
  - index.md
  - second.md
  - third.md
  - "Part 1: Words":
    - words/index.md
    - words/one.md
    - words/two.md
    - words/three.md
  - plots.ipynb
  - glossary.md
  - reference.md
"""
SOURCES = {
    "docs/second.md": "# Second\n\n[A](third.md#a-part), [no](no.md), [it][sample.double].\n",
    "docs/third.md": "---\ndescription: Of three.\n---\n\n# Third\n\n## A part\n\n"
    '--8<-- "docs/piece.txt"\n\nA token. [The data](data.csv)\n\n--8<-- "docs/box.svg"\n',
    "docs/piece.txt": "A piece.\n",
    "docs/data.csv": "1,2\n",
    "docs/box.svg": '<svg viewBox="0 0 9 9" role="img"><title>A box</title></svg>\n',
    "docs/words/index.md": '# Words\n\n[Three](three.md)\n\n<div data-list="parts"></div>\n',
    "docs/words/one.md": "# One\n\nOne page.\n",
    "docs/words/two.md": '# Two\n\n```python\n--8<-- "src/sample/__init__.py"\n```\n',
    "docs/words/three.md": "# Three\n",
    "docs/glossary.md": "# Glossary\n\ntoken { #token }\n:   A piece. See [Third](third.md).\n",
    "docs/reference.md": "# Reference\n\n::: sample.double\n\n::: sample.Numbers\n",
    "src/sample/__init__.py": '''
def double(n: int) -> int:
    """Twice a number."""
    return 2 * n


class Numbers:
    """What [double][sample.double] takes."""
''',
}
Edit = tuple[str, str, str | None]
EDITS: tuple[tuple[Edit, ...], ...] = (
    (
        ("docs/second.md", "[no](no.md)", "mended"),
        ("docs/third.md", "Of three.", "Of four."),
        ("docs/data.csv", "1,2", "1,2,3"),
        ("docs/plots.ipynb", '"# ', '"# New '),
    ),
    (
        ("docs/piece.txt", "A piece", "Another piece"),
        ("docs/box.svg", "A box", "Another box"),
        ("src/sample/__init__.py", "2 * n", "n + n"),  # the reference has it as Markdown only
    ),
    (("docs/glossary.md", "A piece", "A word, or less"),),  # explained where it stands
    (("docs/words/one.md", "# One", "# The first"),),  # in the navigation, and in the list of parts
    (("docs/third.md", "## A part", "## Another part"),),  # second.md points there
    (("src/sample/__init__.py", "Twice", "Two times"),),  # included, and in the reference
    (("src/sample/__init__.py", "class Numbers", "class Number"), ("docs/reference.md", "rs", "r")),
    (("src/website/theme/assets/variables.css", ":root {", ":root { --edited: 1;"),),
    (
        (
            "src/website/theme/main.html",
            "{% block extrahead %}",
            "{% block extrahead %}<!-- new -->",
        ),
    ),
    (("docs/words/four.md", "", "# Four\n"),),
    (("docs/words/three.md", "", None), ("docs/words/3.md", "", "# Three\n")),  # a link led there
    (("docs/words/one.md", "", None), ("mkdocs.yml", "    - words/one.md\n", "")),
    (("mkdocs.yml", "  - second.md\n  - third.md", "  - third.md\n  - second.md"),),
    (("mkdocs.yml", "nav:", "site_name: Renamed\nnav:"),),
)
"""Edits, each set at once: those that touch the same are apart."""


@pytest.fixture
def book(in_project: Path) -> Iterator[Path]:
    """The small project with more pages, its files as they were afterwards."""
    settings = in_project / "mkdocs.yml"
    before = files(in_project)
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace("nav: [index.md, plots.ipynb]\n", NAV), encoding="utf-8")
    for name, source in SOURCES.items():
        (in_project / name).parent.mkdir(exist_ok=True)
        (in_project / name).write_text(source, encoding="utf-8")
    forget()
    yield in_project
    for name in files(in_project).keys() - before.keys():
        (in_project / name).unlink()
    for name, data in before.items():
        (in_project / name).write_bytes(data)


def forget() -> None:
    """Let the next build begin as in a process of its own."""
    page_cache.clear()
    for each in gc.get_objects():
        if isinstance(each, _lru_cache_wrapper) and each.__module__.startswith(
            ("website", "proof")
        ):
            each.cache_clear()


def replace(path: Path, old: str, new: str | None) -> None:
    """Make an edit as a person does: in a file, or of a new one, or of one that goes."""
    if new is None:
        path.unlink()
        return
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    assert old in text
    before = path.stat().st_mtime_ns if path.exists() else time.time_ns()
    path.write_text(text.replace(old, new) if old else new, encoding="utf-8")
    later = before + 1_000_000_000  # no two edits of a person are in one moment
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


def test_a_preview_after_any_edit_equals_a_fresh_one(book: Path, tmp_path: Path) -> None:
    build(tmp_path / "site", preview=PREVIEW)
    for edits in EDITS:
        for name, old, new in edits:
            replace(book / name, old, new)
        problems, found, _ = preview(tmp_path / "site")
        forget()
        fresh_problems, fresh, _ = preview(tmp_path / "site")
        assert problems == fresh_problems, edits
        assert [name for name in fresh if found.get(name) != fresh[name]] == [], edits
        assert found.keys() == fresh.keys(), edits


def test_an_edit_renders_only_the_page_that_it_changes(book: Path, tmp_path: Path) -> None:
    replace(book / "docs/second.md", "[no](no.md)", "mended")
    _, first, rendered = preview(tmp_path / "site")
    assert rendered == sorted(sources(book / "docs"))
    replace(book / "docs/second.md", "mended", "edited")
    _, second, rendered = preview(tmp_path / "site")
    assert rendered == ["second.md"]
    changed = {name for name in second if first.get(name) != second[name]}
    assert "second/index.html" in changed
    assert {name for name in changed if name.endswith(".html")} == {"second/index.html"}


def test_what_is_wrong_with_a_page_is_said_again_though_it_is_not_rendered(
    book: Path, tmp_path: Path
) -> None:
    problems, _, _ = preview(tmp_path / "site")
    assert any("'second.md' contains a link 'no.md'" in problem for problem in problems)
    replace(book / "docs/third.md", "# Third", "# Edited")
    assert preview(tmp_path / "site")[0] == problems


def test_nothing_is_kept_of_a_site_to_publish(book: Path, tmp_path: Path) -> None:
    replace(book / "docs/second.md", "[no](no.md)", "mended")
    build(tmp_path / "site", preview=PREVIEW)
    with (
        patch("website.build.cached_pages", side_effect=AssertionError),
        pytest.raises(BuildError, match="no record of a proof"),
    ):
        build(tmp_path / "published")
