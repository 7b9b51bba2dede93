import json
from pathlib import Path

import pytest

from tests.website.conftest import Served
from website.search import entries as searched
from website.search.entries import Entry
from website.site import Site

NAV = [{"Part 1: Words": ["words/index.md", "words/split.md", "words/merge.md"]}, "glossary.md"]
PAGES = {
    "words/index.md": '<h1 id="w">Words</h1><pre>from verdict import split_words</pre>',
    "words/split.md": """<h1 id="s">Splitting<a class="headerlink" href="#s">¶</a></h1>
        <p>A <span class="term">token</span><span class="meaning">A piece.</span> is here.</p>
        <h2 id="how">How <code>split</code> works</h2>
        <p>Here comes <code>split_words</code>.</p>
        <div class="language-python"><button>Run</button><pre><code>from verdict import split_words

split_words("a &lt; b")</code></pre></div><p class="proven">Runs as shown</p>
        <figure><svg><text>drawn</text></svg><figcaption>A caption.</figcaption></figure>
        <table><tr><td>one</td><td>two</td></tr></table>
        <ul><li>First.</li><li><p>Second.</p><pre><code>third</code></pre></li></ul>
        <h2 id="exercises">Exercises</h2><pre>from verdict import join</pre>""",
    "words/merge.md": """<h1 id="m">Merging</h1><pre>from verdict import join, split_words

Joiner.load("x")</pre><h2 id="j">Joining words</h2><pre>from verdict import join_words
class Joiner:
    pass</pre>""",
    "glossary.md": """<h1 id="g">Glossary</h1><dl><dt id="token">token</dt>
        <dd>A piece of text; TOK for short; also called a mark or the bit.
        See <a href="../words/split/#how">Splitting</a>.</dd><dt id="alone">alone</dt>
        <dd>A term that no page teaches.</dd></dl>""",
    "reference.md": """<h1 id="r">Reference</h1><div class="doc">
        <h2 id="verdict.split_words">split_words<span class="doc-labels">function</span></h2>
        <h2 id="verdict.join">join</h2><h2 id="verdict.join_words">join_words</h2>
        <h2 id="verdict.Joiner">Joiner</h2>
        <div><h3 id="verdict.Joiner.load">load</h3><p>Load it.</p></div></div>""",
    "changes.md": '<h1 id="c">Changes</h1>',
}


@pytest.fixture
def found(tmp_path: Path) -> dict[str, Entry]:
    """The entries of a small site, by their addresses."""
    docs, folder = tmp_path / "docs", tmp_path / "site"
    for name, body in PAGES.items():
        (docs / name).parent.mkdir(parents=True, exist_ok=True)
        (docs / name).touch()
        stem = name.removesuffix(".md").removesuffix("index")
        page = folder / stem / "index.html"
        page.parent.mkdir(parents=True, exist_ok=True)
        about = f'<meta name="description" content="About {stem}">'
        page.write_text(f"<head>{about}</head><article>{body}</article>", encoding="utf-8")
    (folder / "404.html").write_text("<article><h1>Not here</h1></article>")
    return {entry.location: entry for entry in searched.entries(Site(folder, docs), NAV)}


def test_a_page_and_each_of_its_sections_is_an_entry(found: dict[str, Entry]) -> None:
    page, section = found["words/split/"], found["words/split/#how"]
    assert (page.title, section.title) == ("Splitting", "How split works")
    assert page.text == ["About words/split", "A token is here."]
    assert section.text == [
        "Here comes split_words.",
        '\nfrom verdict import split_words\n\nsplit_words("a < b")',
        "A caption.",
        "one two",
        "First.",
        "Second.",
        "\nthird",
    ]


def test_the_page_of_the_theme_alone_is_none(found: dict[str, Entry]) -> None:
    assert not [entry for entry in found.values() if entry.title == "Not here"]


def test_a_term_is_an_entry_with_its_line(found: dict[str, Entry]) -> None:
    token = found["glossary/#token"]
    assert token.title == "token"
    assert token.text == ["A piece of text; TOK for short; also called a mark or the bit."]
    assert found["glossary/#alone"].text == ["A term that no page teaches."]


def test_a_section_teaches_the_terms_that_lead_to_it_by_all_their_names(
    found: dict[str, Entry],
) -> None:
    names = ["token", "TOK", "mark", "bit"]
    assert found["glossary/#token"].teaches == names
    assert found["words/split/#how"].teaches[:4] == names
    assert found["glossary/#alone"].teaches == []


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("split_words", "words/split/#how"),  # its text names it; an overview does not count
        ("join", "words/merge/"),  # an exercise does not count
        ("join_words", "words/merge/#j"),  # its title is about it
        ("Joiner", "words/merge/#j"),  # defines it
        ("Joiner.load", "words/merge/"),  # calls it
    ],
)
def test_a_section_teaches_the_name_that_it_introduces(
    found: dict[str, Entry], name: str, place: str
) -> None:
    assert [entry.location for entry in found.values() if name in entry.teaches] == [place]


def test_a_name_is_an_entry_with_the_class_that_it_belongs_to(found: dict[str, Entry]) -> None:
    assert found["reference/#verdict.split_words"].title == "split_words"
    assert found["reference/#verdict.Joiner.load"].title == "Joiner.load"


def test_what_teaches_counts_more_than_what_looks_up(found: dict[str, Entry]) -> None:
    places = ("words/split/", "glossary/#token", "reference/", "changes/")
    weights = [found[place].weight for place in places]
    assert weights == sorted(weights, reverse=True)
    assert len(set(weights)) == len(weights)


def test_the_browser_reads_what_is_not_empty(found: dict[str, Entry]) -> None:
    docs = json.loads(searched.as_json(found.values()))["docs"]
    by_place = {doc["location"]: doc for doc in docs}
    assert set(by_place) == set(found)
    assert "teaches" not in by_place["words/split/"]
    assert "weight" not in by_place["words/split/"]
    assert by_place["glossary/#token"]["teaches"][0] == "token"


def test_the_search_shows_a_notebook_as_its_page_does(site: Served) -> None:
    docs = json.loads((site.folder / "search/index.json").read_bytes())["docs"]
    notebook = "working-with-text-data/the-story-in-numbers/"
    below = [doc for doc in docs if doc["location"].startswith(notebook)]
    assert below[0]["location"] == notebook
    assert below[0]["title"] == "The story in numbers"
    assert not any("¶" in doc["title"] or "Copied!" in "".join(doc["text"]) for doc in below)
