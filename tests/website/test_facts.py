import json
import re
from pathlib import Path

import pytest

from proof.record import digest
from tests.website.conftest import Served
from website.facts import count_words, fill, minutes, proven

RECORD = {
    "pythons": ["3.11", "3.12", "3.14"],
    "pages": {"a.md": [{"output": digest("1")}, {"output": digest("")}], "b.md": []},
}


def page(text: str) -> str:
    return f"<html><body><nav>Home</nav><article>{text}</article></body></html>"


@pytest.fixture
def small(tmp_path: Path) -> Path:
    (tmp_path / "part" / "one").mkdir(parents=True)
    (tmp_path / "part" / "index.html").write_text(page("word " * 1200))
    (tmp_path / "part" / "one" / "index.html").write_text(page("word " * 1700))
    (tmp_path / "proof.json").write_text(json.dumps(RECORD))
    return tmp_path


def test_the_numbers_of_the_proof_stand_where_a_page_asks_for_them(small: Path) -> None:
    home = small / "index.html"
    home.write_text(page('<b data-proof="blocks"></b> on <b data-proof="pythons"></b>'))
    assert fill(small) == []
    assert '<b data-proof="blocks">2</b>' in home.read_text()
    assert '<b data-proof="pythons">3.11, 3.12 and 3.14</b>' in home.read_text()


def test_an_output_is_counted_where_something_was_printed() -> None:
    assert proven(RECORD) == {
        "blocks": "2",
        "outputs": "1",
        "pages": "1",
        "pythons": "3.11, 3.12 and 3.14",
    }


def test_nothing_proven_is_said_to_be_nothing() -> None:
    known = proven({"pythons": [], "pages": {}})
    assert (known["blocks"], known["pythons"]) == ("0", "none")


def test_the_time_to_read_is_that_of_all_pages_of_a_folder(small: Path) -> None:
    (small / "index.html").write_text(page('<b data-minutes="part/"></b>'))
    assert fill(small) == []
    assert '<b data-minutes="part/">15</b>' in (small / "index.html").read_text()  # 14.5
    assert minutes(small, "part/one/") == 10  # 8.5
    assert minutes(small, "elsewhere/") == 0


def test_what_is_not_read_is_not_counted() -> None:
    unread = (
        '<p>Two words<a class="headerlink">not this</a><br></p>'
        '<svg><path d="M0 0"/><title>nor this</title></svg>'
        '<span class="meaning">nor <b>that</b></span>'
    )
    assert count_words(page(unread)) == 2


@pytest.mark.parametrize("asked", ['data-proof="blokcs"', 'data-minutes="gone/"'])
def test_what_is_not_known_is_a_problem(small: Path, asked: str) -> None:
    (small / "index.html").write_text(page(f"<b {asked}></b>"))
    (problem,) = fill(small)
    assert problem.startswith("index.html: ")
    assert asked.split('"')[1] in problem


def test_the_home_page_shows_what_the_record_holds(site: Served) -> None:
    home = (site.folder / "index.html").read_text(encoding="utf-8")
    record = json.loads((site.folder / "proof.json").read_bytes())
    shown = dict(re.findall(r'data-proof="(\w+)">([^<]+)<', home))
    assert int(shown["blocks"]) == sum(map(len, record["pages"].values())) > 0
    assert 0 < int(shown["outputs"]) <= int(shown["blocks"])
    assert re.findall(r"[\d.]+\d", shown["pythons"]) == record["pythons"]
    times = re.findall(r'data-minutes="[^"]+">(\d+)<', home)
    assert len(times) == 2
    assert all(int(time) > 0 for time in times)
