"""What readers type leads to the page that they need: the built site is asked, in Node.js."""

import json
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest

from tests import PATIENCE
from tests.website.conftest import Served
from website.search.deferred_search import FULL

HERE = Path(__file__).parent
QUERIES = tomllib.loads((HERE / "queries.toml").read_text(encoding="utf-8"))
WANTED = {query: page for kind in QUERIES.values() for query, page in kind.items()}
FIRST = 38
"""How many must lead to their page at once; all do within three."""

Answer = list[list[str]]


@pytest.fixture(scope="module")
def answers(site: Served) -> dict[str, Answer]:
    """For each query the addresses that are found, page by page."""
    if not shutil.which("node"):
        pytest.skip("the search is asked in Node.js, which is not here")
    queries = [*WANTED, *ALSO, "hippopotamus", "?"]
    done = subprocess.run(
        ["node", str(HERE / "ask.js"), str(site.folder / FULL)],
        input=json.dumps(queries),
        stdout=subprocess.PIPE,
        encoding="utf-8",
        check=True,
        timeout=PATIENCE,
    )
    return dict(zip(queries, json.loads(done.stdout), strict=True))


ALSO = {
    "build_vocabulary": "reference/text/#verdict.build_vocabulary",
    "split_words": "reference/text/#verdict.split_words",
    "UnavailableError": "reference/text/#verdict.StoryUnavailableError",
    "to_int": "reference/text/#verdict.SimpleTokenizerV1.str_to_int",
    "BPE": "glossary/#byte-pair-encoding",
    "token": "glossary/#token",
    "emergent behavior": "glossary/#emergent-behavior",
    "Splitting at white space": "working-with-text-data/tokenizing-text/#splitting-at-white-space",
    "positional encoding": "working-with-text-data/positions/#learned-positions",
}
"""Terms, headings and names are entries of their own: where each is, among the first three."""


def pages(answer: Answer) -> list[str]:
    return [group[0].partition("#")[0] for group in answer]


def test_a_query_leads_to_the_page_that_teaches_it(answers: dict[str, Answer]) -> None:
    assert len(WANTED) >= 40
    ranks = {
        query: pages(answers[query]).index(page) + 1 if page in pages(answers[query]) else 0
        for query, page in WANTED.items()
    }
    late = {query: pages(answers[query])[:3] for query, rank in ranks.items() if rank != 1}
    assert all(1 <= rank <= 3 for rank in ranks.values()), late
    assert len(WANTED) - len(late) >= FIRST, late


@pytest.mark.parametrize(("query", "place"), ALSO.items())
def test_a_term_a_heading_and_a_name_are_found_themselves(
    answers: dict[str, Answer], query: str, place: str
) -> None:
    assert place in [group[0] for group in answers[query][:3]]


@pytest.mark.parametrize("query", ["hippopotamus", "?"])
def test_what_is_not_there_is_not_found(answers: dict[str, Answer], query: str) -> None:
    assert answers[query] == []


def test_the_list_names_pages_of_the_site(site: Served) -> None:
    assert set(WANTED.values()) <= set(site.pages)
