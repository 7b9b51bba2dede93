"""Each proven block has one bar: what the mark says in a sentence stands there in a few words."""

import pytest
from selectolax.lexbor import LexborHTMLParser

from website.pages.bars import short, with_bars

MARK = "Runs as shown on Python 3.11, 3.12, 3.13"


def test_the_mark_and_the_place_of_the_buttons_become_one_bar() -> None:
    live = '<div class="live" data-live="page" data-block="2" data-needs="numpy"></div>'
    link = '<a class="report" href="?a&amp;b">Report this block</a>'
    words = f"{MARK} and on WebAssembly Python 3.14 {link}"
    page = LexborHTMLParser(with_bars(f'{live}<p class="proven">{words}</p><p>Text.</p>'))
    (bar,) = page.css(".bar")
    assert bar.attributes == {
        "class": "bar",
        "data-live": "page",
        "data-block": "2",
        "data-needs": "numpy",
    }
    assert [where.text() for where in bar.css("[tabindex='0']")] == ["3.11 to 3.13, browser"]
    assert [how.inner_html for how in bar.css(".how")] == [words]
    assert len(page.css(".live")) == 0


def test_each_mark_has_its_own_bar() -> None:
    page = with_bars(f'<p class="proven">{MARK}</p>' * 3)
    assert page.count('<div class="bar"><p class="proven">') == 3


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("Runs as shown on Python 3.11", "3.11"),
        ("Runs as shown on Python 3.11 and on WebAssembly Python 3.14", "3.11, browser"),
        ("Runs as shown on Python 3.11, 3.12", "3.11 to 3.12"),
        ("Runs as shown on Python 3.11, 3.14", "3.11, 3.14"),
        (f'{MARK}. <span class="not-live">No Run button: it needs 3.15.</span>', "3.11 to 3.13"),
    ],
)
def test_a_few_words_say_where_it_runs(words: str, found: str) -> None:
    assert short(words) == found
