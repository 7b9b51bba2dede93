"""The quick reader of HTML says what Python's own says."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.proof.reading import events_of, pythons_events_of

PIECES = (
    *("<p>", "</p>", "<P CLASS=a>", "</P >", "<br/>", "<path d='M 0' />", "<a b c=''>", "<i x=y/>"),
    *('<a href="?a=1&amp;b=&#39;>" title=\'"\'>', "<a\nb = c>", "<a b='1' b='2'>"),
    *("text\n", "é", "&amp;", "&lt;p&gt;", "a < b", "a & b > c", "\r\n", '"', "'"),
    *("<!-- <p> -->", "<!doctype html>", "<?php ?>"),
    *("<script>if (a < b) '</p>' && \"<p>\"</script>", "<style>a > b { }</STYLE>"),
)


@given(st.lists(st.sampled_from(PIECES)).map("".join))
def test_it_says_what_pythons_own_says(page: str) -> None:
    assert events_of(page).events == pythons_events_of(page)


@given(st.lists(st.sampled_from(PIECES)).map("".join))
def test_the_places_of_all_events_make_up_the_page(page: str) -> None:
    written = events_of(page).written
    assert all(written)
    told = page.replace("<!doctype html>", "").replace("<?php ?>", "")  # of these it tells nothing
    assert "".join(written) == told


@pytest.mark.parametrize(
    ("page", "events"),
    [
        ("<p", [("text", "<p")]),
        ("<p a='", [("text", "<p a='")]),
        ("</>a<!-->b<!--->c", [("text", "a"), ("text", "b"), ("text", "c")]),
        ("<!-- a --!>b<!-- c", [("comment", " a "), ("text", "b"), ("comment", " c")]),
        ("<script><p>", [("start", "script", {}), ("text", "<p>")]),
        (
            "<script></scripts></script>",
            [
                ("start", "script", {}),
                ("text", "</scripts>"),
                ("end", "script"),
            ],
        ),
        ('<a b=c/ d=e\'f g="h>i">', [("start", "a", {"b": "c/", "d": "e'f", "g": "h>i"})]),
    ],
)
def test_what_is_not_whole_is_read_as_a_browser_reads_it_or_is_text(
    page: str, events: list[tuple[object, ...]]
) -> None:
    assert events_of(page).events == events
