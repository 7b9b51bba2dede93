"""What holds for every page: beyond that its blocks print what it shows, which `docs/` tests."""

from pathlib import Path

import pytest

from proof.mutants import mutants, try_page

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
INCLUDES = [DOCS, ROOT]
CODE = [ROOT / "src"]
KNOWN_OUTCOMES = ROOT / "build" / "mutants"
SECONDS_A_PAGE = 0.25
"""Seconds for the mutants of a page: where it is not enough, each run tries others of them."""
ANOTHER_ORDER_OF_SETS = "2"
"""The proof itself tries 1, where it sees a set."""
PAGES = sorted(DOCS.rglob("*.md"))

# Mutants that live, and why that is no gap: 'page: line as it was' -> the reason.
PROOF_PAGE = "for-maintainers/use-the-same-proof-in-your-own-docs.md"
MAY_LIVE = {
    f"{PROOF_PAGE}: pytest_collect_file = pages.pytest()": "it hands the tests to pytest, which "
    "is not there while the page runs; tests/proof/test_plugin.py tries such a file",
}

pytestmark = pytest.mark.usefixtures("story")
every_page = pytest.mark.parametrize("path", PAGES, ids=lambda p: p.relative_to(DOCS).as_posix())


@every_page
def test_prints_the_same_whatever_the_order_of_sets_and_each_break_of_it_is_noticed(
    path: Path,
) -> None:
    """What is removed, line by line, and each output changed: as many as there is time for."""
    noticed = try_page(  # from a run in which the page prints what it shows
        path, INCLUDES, CODE, KNOWN_OUTCOMES, SECONDS_A_PAGE, hash_seed=ANOTHER_ORDER_OF_SETS
    ).noticed
    name = path.relative_to(DOCS).as_posix()
    tried, alive = set(), set()
    for mutant in mutants(path.read_text(encoding="utf-8"), path):
        if mutant.name in noticed:
            line = f"{name}: {mutant.was.strip()}"
            tried.add(line)
            alive |= set() if noticed[mutant.name] else {line}
    assert alive == tried & MAY_LIVE.keys()


def test_what_is_explained_is_on_its_page() -> None:
    for name in MAY_LIVE:
        page, _, line = name.partition(": ")
        assert line in (DOCS / page).read_text(encoding="utf-8")


def test_the_page_of_figures_states_the_budget() -> None:
    text = (DOCS / "for-maintainers" / "how-this-site-is-proven.md").read_text(encoding="utf-8")
    assert f" {SECONDS_A_PAGE} seconds " in text
