"""What holds for every page: beyond that its blocks print what it shows, which `docs/` tests."""

from pathlib import Path

import pytest

from proof.mutants import mutants, survivors
from proof.page import read

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
INCLUDES = [DOCS, ROOT]
PAGES = sorted(DOCS.rglob("*.md"))

# Mutants that live, and why that is no gap: 'page: line as it was' -> the reason.
USE = "for-maintainers/use-the-same-proof-in-your-own-docs.md"
EXPLAINED = {
    f"{USE}: pytest_collect_file = pages.pytest()": "it hands the tests to pytest, which is not "
    "there while the page runs; tests/proof/test_plugin.py tries such a file",
}

pytestmark = pytest.mark.usefixtures("story")
every_page = pytest.mark.parametrize("path", PAGES, ids=lambda p: p.relative_to(DOCS).as_posix())


@every_page
def test_prints_the_same_whatever_the_order_of_sets(path: Path) -> None:
    page, _ = read(path.read_text(encoding="utf-8"), path, INCLUDES)
    page.run(hash_seed="2")  # the proof itself tries 1, where it sees a set
    assert [block.printed for block in page.blocks] == [block.shown for block in page.blocks]


def test_the_proof_notices_each_line_of_code_removed_and_each_output_changed() -> None:
    found = [mutant for path in PAGES for mutant in mutants(path.read_text(encoding="utf-8"), path)]
    alive = {
        f"{mutant.path.relative_to(DOCS).as_posix()}: {mutant.was.strip()}"
        for mutant in survivors(found, INCLUDES)
    }
    assert alive == EXPLAINED.keys()
