"""When Material ends, Zensical builds the same `mkdocs.yml`, and our step finishes the pages."""

import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from tests import PATIENCE
from tests.website.conftest import ROOT, Served
from website.build import configuration
from website.finish import PROVE, finish

DOCS = ROOT / "docs"
NOTEBOOKS = {path.relative_to(DOCS).with_suffix("").as_posix() for path in DOCS.rglob("*.ipynb")}
NOT_CARRIED_OVER = [
    r"\.ipynb: proven on [\d.]+, and not in the site",  # no mkdocs-jupyter
    r"how-this-site-is-proven/index\.html:\d+: there is no \.\./\.\./\.\./proof\.json",
    rf"^To run the pages, and see what is wrong with a block: {PROVE}$",  # the gate's advice
    r"course/index\.html:\d+: there is no \.\./working-with-text-data/(the-story|words-against)-",
    r"use-the-same-proof-.*/index\.html:\d+: there is no \.\./\.\./\.\./verdict_proof.*\.whl",
]
"""What is wrong with Zensical's site, as docs/for-maintainers/how-this-site-is-proven.md says."""
PROVEN = 'class="proven"'
LINKS = re.compile(r'<a href="([^"#]+)" class="md-nav__link')


class Built(NamedTuple):
    """A site as Zensical builds it and our step finishes it, and what is wrong with it."""

    folder: Path
    problems: list[str]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    project = tmp_path_factory.mktemp("zensical")
    for name in ("docs", "src", "build/proof", "build/cards"):
        if (ROOT / name).is_dir():
            ignored = shutil.ignore_patterns("node_modules", "__pycache__")
            shutil.copytree(ROOT / name, project / name, ignore=ignored)
    for name in ("mkdocs.yml", "pyproject.toml", "README.md", "LICENSE", "CHANGELOG.md"):
        shutil.copyfile(ROOT / name, project / name)
    command = [sys.executable, "-m", "zensical", "build", "--strict"]
    done = subprocess.run(
        command, cwd=project, capture_output=True, encoding="utf-8", check=False, timeout=PATIENCE
    )
    assert done.returncode == 0, done.stdout + done.stderr
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(project)
        site = Path("build/site")
        found = finish(site, configuration(site))
    return Built(project / site, found)


def read(site: Path, page: str) -> str:
    path = site / page / "index.html" if not page.endswith(".html") else site / page
    return path.read_text(encoding="utf-8")


def test_only_what_is_known_is_not_carried_over(built: Built) -> None:
    known = "|".join(NOT_CARRIED_OVER)
    assert [problem for problem in built.problems if not re.search(known, problem)] == []
    told = "\n".join(built.problems)
    assert [which for which in NOT_CARRIED_OVER if not re.search(which, told, re.MULTILINE)] == []


def test_every_chapter_is_there_with_its_marks(built: Built, site: Served) -> None:
    marks = {
        page: (read(built.folder, page).count(PROVEN), read(site.folder, page).count(PROVEN))
        for page in site.pages
        if page.rstrip("/") not in NOTEBOOKS
    }
    assert sum(ours for _, ours in marks.values()) > 0
    assert {page: counts for page, counts in marks.items() if counts[0] != counts[1]} == {}


def test_the_navigation_leads_to_the_same_pages(built: Built, site: Served) -> None:
    page = "working-with-text-data/tokenizing-text/"
    theirs, ours = (
        set(LINKS.findall(read(folder, page))) for folder in (built.folder, site.folder)
    )
    assert len(ours) > 15
    lost = {link.strip("./") for link in ours - theirs} - {""}  # its own page has another address
    assert {name for name in lost if f"working-with-text-data/{name}" not in NOTEBOOKS} == set()


def test_the_step_does_its_work_on_any_site(built: Built) -> None:
    page = read(built.folder, "working-with-text-data/tokenizing-text")
    assert "Content-Security-Policy" in page
    assert 'class="term"' in page
    assert page.count('rel="stylesheet"') == 1
    home = read(built.folder, "")
    assert re.search(r'data-proof="blocks">\d+<', home)
    for file in ("llms.txt", "feed.xml", "proof.json", "working-with-text-data/tokenizing-text.md"):
        assert (built.folder / file).is_file()
