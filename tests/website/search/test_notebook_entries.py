import json
from pathlib import Path

from tests.website.conftest import Served
from website.search import notebook_entries

PAGE = """<article><h1 id="a-b">A &amp; b<a class="headerlink" href="#a-b">¶</a></h1><p>Text.</p>
<div class="language-python"><pre><code>a &lt; 1</code></pre></div><figure><svg></svg></figure>
<h2 id="c">C</h2></article>"""


def test_a_notebook_is_found_by_its_sections() -> None:
    first, second = notebook_entries.sections(PAGE)
    assert (first.anchor, first.title) == ("a-b", "A & b")
    assert first.text == "<p>Text.</p> <pre><code>a &lt; 1\n</code></pre>"
    assert (second.anchor, second.title, second.text) == ("c", "C", "")


def test_its_sections_stand_in_the_index_where_it_stood(tmp_path: Path) -> None:
    index = tmp_path / "search" / "search_index.json"
    index.parent.mkdir()
    before = ("", "n/", "n/#old", "n/#older", "z/")
    index.write_text(json.dumps({"docs": [{"location": place} for place in before]}))
    notebook_entries.replace(tmp_path, {"n": PAGE})
    places = [entry["location"] for entry in json.loads(index.read_bytes())["docs"]]
    assert places == ["", "n/", "n/#c", "z/"]


def test_the_search_shows_a_notebook_as_its_page_does(site: Served) -> None:
    found = json.loads((site.folder / "search/index.json").read_bytes())["docs"]
    notebook = "working-with-text-data/the-story-in-numbers/"
    entries = [entry for entry in found if entry["location"].startswith(notebook)]
    assert entries[0]["location"] == notebook
    assert entries[0]["title"] == "The story in numbers"
    assert not any("¶" in e["title"] or "Copied!" in e["text"] for e in entries)
