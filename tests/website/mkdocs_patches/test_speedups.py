import gc
import subprocess
import sys
from pathlib import Path

import jinja2
import pytest

from tests import PATIENCE
from website.mkdocs_patches.speedups import TEMPLATES, faster_mkdocs

LATE = """
import sys
from website.mkdocs_patches.speedups import import_lazily

import_lazily("colorsys")
import colorsys
assert not hasattr(type(colorsys), "rgb_to_hsv") and "rgb_to_hsv" not in vars(colorsys)
assert colorsys.rgb_to_hsv(0, 0, 1) == (2 / 3, 1, 1)
assert "rgb_to_hsv" in vars(sys.modules["colorsys"])
import_lazily("wsgiref")
from wsgiref.util import guess_scheme
assert guess_scheme({}) == "http"
"""


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_what_it_changes_in_python_and_jinja_is_put_back() -> None:
    before = jinja2.Environment.__init__
    with faster_mkdocs():
        assert not gc.isenabled()
        assert jinja2.Environment().bytecode_cache
    assert gc.isenabled()
    assert jinja2.Environment.__init__ is before


def test_a_template_is_compiled_once_and_again_when_it_changes() -> None:
    one, two = ("one {{ 1 + 1 }}", "one 2"), ("two {{ 2 + 2 }}", "two 4")
    for source, expected in (one, one, two):
        with faster_mkdocs():
            environment = jinja2.Environment(loader=jinja2.DictLoader({"a.html": source}))
            shown = environment.get_template("a.html").render()
        assert shown == expected
        assert len(list(TEMPLATES.iterdir())) == 1


def test_a_module_that_is_imported_late_works_when_it_is_used() -> None:
    subprocess.run([sys.executable, "-c", LATE], check=True, timeout=PATIENCE)
