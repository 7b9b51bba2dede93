"""A small finished site, written by hand, to be bound as a book."""

from pathlib import Path
from typing import NamedTuple

import pytest

from website.formats.book import About, BookPart, read
from website.site import Site

ADDRESS = "https://example.org/book/"
NAV = [
    {"Home": "index.md"},
    {"Part 1: Of words": ["words/index.md", "words/one.md"]},
    {"Part 2: Of numbers": ["numbers/index.md"]},
    {"Glossary": "glossary.md"},
]
HEAD = '<html lang="en"><head><link rel="stylesheet" href="{}style.css"></head><body><article>'
ONE = """<h1 id="one">One of a &amp; b<a class="headerlink" href="#one">¶</a></h1>
<nav class="along" aria-label="Take it along">Take it along: script (1 kB)</nav>
<div class="lacking" role="note"><p>No NumPy.</p></div>
<p>A <span class="term" tabindex="0" aria-describedby="t">token</span>
<span class="meaning" id="t">A piece.</span>: see <a href="../../numbers/#sum">the sum</a>,
<a href="#figure">the figure</a>, <a href="../../playground/">the playground</a>.<br>
Next&nbsp;line.</p>
<figure id="figure"><svg viewBox="0 0 40 10" class="fig" role="img" aria-labelledby="f-title">
<title id="f-title">A box</title><g data-step="1"><rect width="9" height="9" class="fig-token"/>
<text x="1" y="5" textLength="4">1 &lt; 2</text></g></svg></figure>
<div class="language-python highlight"><pre><code><span class="line"><span class="n">a</span>
</span></code></pre></div><div class="language-output highlight"><pre><code>1
</code></pre></div><div class="bar"><p class="proven">3.11</p></div>
<details class="success" name="one"><summary><svg aria-hidden="true"></svg>Solution</summary>
<p>So.</p></details>
<div class="admonition note"><p class="admonition-title">Note</p><p>That.</p></div>
<table><tbody><tr><td>1</td></tr></tbody></table>
<form><input type="text"><button>Go</button></form>"""


class Small(NamedTuple):
    """A small finished site, what its book says of itself, and its parts."""

    site: Site
    about: About

    def parts(self) -> list[BookPart]:
        return read(self.site, NAV)


@pytest.fixture
def small(tmp_path: Path) -> Small:
    """A site with two parts and a glossary, and with pages that are in no book."""
    folder = tmp_path / "site"
    pages = {
        "": "<h1>Home</h1>",
        "words/": '<h1>Words</h1><p><a href="one/">One</a></p>',
        "words/one/": ONE,
        "numbers/": '<h1>Numbers</h1><h2 id="sum">Sum</h2><p><a href="../words/one/#no">no</a></p>',
        "glossary/": '<h1>Glossary</h1><dl><dt id="token">token</dt><dd>A piece.</dd></dl>',
        "playground/": "<h1>Playground</h1>",
    }
    for name, article in pages.items():
        (folder / name).mkdir(parents=True, exist_ok=True)
        text = HEAD.format("../" * name.count("/")) + article + "</article></body></html>"
        (folder / name / "index.html").write_text(text, encoding="utf-8")
    (folder / "style.css").write_text(".fig-token { fill: blue; }")
    about = About("A & B", "Of a < b.", "The authors", ADDRESS, "1.0", "2026-03-02")
    return Small(Site(folder, address=ADDRESS), about)
