import pytest

from tests.website.conftest import Served
from website.pages import notebook

PAGE = """<nav></nav><article class="md-content__inner"><a class="md-content__button">get</a>
<script>one</script><style>two</style><!-- three --><div class="jupyter-wrapper"><div>
<div class="jp-RenderedMarkdown"><h1 id="a-b">A &amp; b<a class="anchor-link" href="#a-b">¶</a></h1>
<p>See <a href="tokens.md#x">tokens</a>, <a href="index.md">the start</a>,
<a href="https://example.org/a.md">far away</a>.</p></div>
<div class="jp-CodeCell"><div class="jp-CodeCell"><div class="highlight-ipynb hl-python"><pre>
<span></span><span class="n">a</span> &lt; 1
</pre></div>{}</div></div></div></div><style>four</style></article><script>stays</script>"""
TEXT = '<div class="jp-OutputArea-output" data-mime-type="text/plain"><pre>{}</pre></div>'


def test_cells_become_the_elements_of_a_page() -> None:
    page = notebook.plain(PAGE.format(TEXT.format("1 &lt; 2\n") + TEXT.format("True")))
    assert not notebook.is_notebook(page)
    assert page.startswith('<nav></nav><article class="md-content__inner"><a class="md-content')
    assert page.endswith("</article><script>stays</script>")
    assert (
        '<div class="language-python highlight"><pre><span></span><code>'
        '<span class="n">a</span> &lt; 1\n</code></pre></div>\n'
        '<div class="language-output highlight"><pre><span></span><code>'
        "1 &lt; 2\nTrue\n</code></pre></div>"
    ) in page
    for dropped in ("one", "two", "three", "four", "jp-", "anchor-link"):
        assert dropped not in page


def test_links_between_sources_become_links_between_pages() -> None:
    page = notebook.plain(PAGE.format(""))
    assert '<a href="../tokens/#x">' in page
    assert '<a href="../">the start' in page
    assert '<a href="https://example.org/a.md">' in page
    assert 'class="headerlink" href="#a-b" title="Link to this section"' in page


def test_an_output_that_cannot_be_shown_is_refused() -> None:
    picture = '<div class="jp-OutputArea-output" data-mime-type="image/png"><img src="x"></div>'
    with pytest.raises(ValueError, match=r"of the kind image/png.*plot as SVG"):
        notebook.plain(PAGE.format(picture))


def test_the_built_page_of_a_notebook_is_small(site: Served) -> None:
    built = site.folder / "working-with-text-data/the-story-in-numbers/index.html"
    assert built.stat().st_size < 150_000
