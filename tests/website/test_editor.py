from hypothesis import given
from hypothesis import strategies as st

from proof.markup import Attributes
from tests.proof.reading import events_of, pythons_events_of
from tests.website.conftest import Served
from website.editor import Editor, edit

FRAGMENTS = ("<p>", "</p>", "<a href='x'>", "text\n", "&amp;", "<!-- a -->", "<br/>", "é", "\r\n")


class Marker(Editor):
    """Puts a bar before each start tag."""

    def handle_starttag(self, tag: str, attributes: Attributes) -> None:
        self.replace(self.position, self.position, "|")


class Loud(Editor):
    """Writes each text in capitals."""

    def handle_data(self, data: str) -> None:
        if self.html[self.position :].startswith(data):  # no reference is in it
            self.replace(self.position, self.position + len(data), data.upper())


@given(st.lists(st.sampled_from(FRAGMENTS)).map("".join))
def test_what_is_not_edited_stays_as_it_is(page: str) -> None:
    assert edit(page, Editor()) == page
    assert edit(page, Marker()).replace("|", "") == page


@given(st.lists(st.sampled_from(FRAGMENTS)).map("".join))
def test_an_edit_lands_at_its_tag(page: str) -> None:
    expected = page.replace("<p>", "|<p>").replace("<a", "|<a").replace("<br", "|<br")
    assert edit(page, Marker()) == expected


@given(st.lists(st.sampled_from(FRAGMENTS)).map("".join))
def test_editors_that_read_together_edit_as_one_after_the_other(page: str) -> None:
    assert edit(page, Marker(), Loud()) == edit(edit(page, Loud()), Marker())


def test_every_page_of_the_site_is_read_as_pythons_own_reader_reads_it(site: Served) -> None:
    for name in site.pages:
        page = site.file(f"{site.base}{name}").read_bytes().decode("utf-8")
        assert events_of(page).events == pythons_events_of(page), name
