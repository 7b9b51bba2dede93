import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests import PATIENCE
from tests.install_lines import COURSE, LOCAL, PROOF, TRIALS
from tests.website.conftest import Served, published_address
from website.assets import wheels
from website.formats.cells import install_line
from website.site import Site

NAME = "verdict_course-0.1.0-py3-none-any.whl"
TEXTS = ("index.html", "part/a.md", "llms-full.txt", "index.json", "part/a.py", "part/a.ipynb")
SHOWN = f'pip install "http://127.0.0.1:8000/{NAME}"'


def test_every_text_of_a_site_shows_the_packages_at_its_own_address(tmp_path: Path) -> None:
    (tmp_path / NAME).touch()
    (tmp_path / "part").mkdir()
    texts = [tmp_path / name for name in TEXTS]
    for path in texts:
        path.write_text(f"{SHOWN} and http://127.0.0.1:8000/part/", encoding="utf-8")
    with Site(tmp_path, address="https://example.org/book/") as site:
        assert wheels.show_own_address(site) == []
    assert {path.read_text(encoding="utf-8") for path in texts} == {
        f'pip install "https://example.org/book/{NAME}" and http://127.0.0.1:8000/part/'
    }


def test_a_package_that_the_site_does_not_have_is_told(tmp_path: Path) -> None:
    (tmp_path / "part").mkdir()
    (tmp_path / "part" / "index.html").write_text(SHOWN, encoding="utf-8")
    assert wheels.show_own_address(Site(tmp_path)) == [
        f"part/index.html: shows how to install {NAME}, which the site does not have"
    ]


def test_the_packages_have_names_that_the_import_does_not_have(tmp_path: Path) -> None:
    assert wheels.build(tmp_path) == []
    names = sorted(path.name for path in tmp_path.iterdir())
    assert [name.partition("-")[0] for name in names] == ["verdict_course", "verdict_proof"]
    assert wheels.course_wheel(tmp_path) == tmp_path / names[0]


def test_the_built_site_shows_its_own_address_and_has_what_it_shows(site: Served) -> None:
    lines = {line for line in TRIALS if LOCAL in line}
    of_scripts = {install_line(""), install_line("import matplotlib")}
    of_pages = lines - {install_line("import matplotlib")}
    for ending, shown in (("*.html", of_pages), ("*.md", of_pages), ("*.py", of_scripts)):
        wanted = {line.replace(LOCAL, published_address(site.folder)) for line in shown}
        texts = [
            re.sub(r"</?span[^>]*>", "", path.read_text(encoding="utf-8")).replace("&quot;", '"')
            for path in site.folder.rglob(ending)
        ]
        assert {line for line in wanted if not any(line in text for text in texts)} == set()
    for line in lines:
        wheel = re.search(r"[^/]+\.whl", line)
        assert wheel
        assert site.file(site.base + wheel[0]).is_file()


@pytest.mark.parametrize(
    ("wheel", "package"), [(COURSE.removeprefix(LOCAL), "verdict"), (PROOF, "proof")]
)
def test_a_package_of_the_site_installs(
    site: Served, tmp_path: Path, wheel: str, package: str
) -> None:
    target = tmp_path / "installed"
    options = ["--quiet", "--no-deps", "--no-index", "--disable-pip-version-check"]
    command = [sys.executable, "-m", "pip", "install", *options, "--target", str(target)]
    subprocess.run([*command, site.address + wheel], check=True, timeout=120)
    code = (
        f"import sys; sys.path.insert(0, sys.argv[1]); import {package}; print({package}.__file__)"
    )
    done = subprocess.run(
        [sys.executable, "-I", "-c", code, target],
        capture_output=True,
        text=True,
        check=True,
        timeout=PATIENCE,
    )
    assert Path(done.stdout.strip()).parent == target / package
