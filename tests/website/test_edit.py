from hypothesis import given
from hypothesis import strategies as st

from website.edit import Editor

FRAGMENTS = ("<p>", "</p>", "<a href='x'>", "text\n", "&amp;", "<!-- a -->", "<br/>", "é", "\r\n")


class Marker(Editor):
    """Puts a bar before each start tag."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.replace(self.position, self.position, "|")


@given(st.lists(st.sampled_from(FRAGMENTS)).map("".join))
def test_what_is_not_edited_stays_as_it_is(page: str) -> None:
    assert Editor(page).edited() == page
    assert Marker(page).edited().replace("|", "") == page


@given(st.lists(st.sampled_from(FRAGMENTS)).map("".join))
def test_an_edit_lands_at_its_tag(page: str) -> None:
    expected = page.replace("<p>", "|<p>").replace("<a", "|<a").replace("<br", "|<br")
    assert Marker(page).edited() == expected
