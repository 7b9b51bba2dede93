"""The blocks of a page's HTML are those that a browser shows."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from proof.rendered import rendered_blocks
from tests.proof.checking import code
from tests.proof.rendering import render

NASTY = "x = '<b>&amp;</b>' # \"é\"\n\n    if x < 1 > 2 & 3:\n"


def found(html: str) -> list[tuple[str, str]]:
    return [(block.language, block.text.strip("\n")) for block in rendered_blocks(html)]


@pytest.mark.parametrize(
    "settings",
    [
        {},
        {"linenums": True},
        {"linenums": True, "linenums_style": "inline"},
        {"linenums": True, "linenums_style": "pymdownx-inline"},
        {"linenums": True, "anchor_linenums": True},
        {"line_spans": "__span"},
        {"auto_title": True},
        {"code_attr_on_pre": True},
    ],
    ids=str,
)
def test_reads_code_however_the_site_shows_it(settings: dict[str, object]) -> None:
    page = f'```python title="a" hl_lines="1"\n{NASTY}```\n\n```output\n1\n2\n```\n'
    html = render(page, highlight=settings)
    assert found(html) == [("python", NASTY.strip("\n")), ("output", "1\n2")]


@given(st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20), max_size=4))
def test_reads_any_code_back(lines: list[str]) -> None:
    text = "".join(f"x{line}\n" for line in lines)
    assert found(render(code(text))) == [("python", "\n".join(f"x{line}" for line in lines))]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<pre><code class="language-python">x</code></pre>', ["x"]),
        ('<pre class="language-python">x</pre>', ["x"]),
        ('<div class="highlight hl-ipython3"><pre>x</pre></div>', ["x"]),
        ("<PRE><CODE CLASS='language-python'>x</CODE ></PRE>", ["x"]),
        ('<div class="language-python"><pre><code>a</code></pre><pre>b</pre></div>', ["ab"]),
        ('<div class="language-python"><div><pre>a</pre></div><pre>b</pre></div>', ["ab"]),
        (
            '<div class="language-text"><div class="language-python"><pre>a</pre></div></div>',
            ["a"],
        ),
        ('<pre><code class="language-python"></code></pre>', [""]),
        ('<p><code class="highlight language-python">x</code></p>', []),
        ("<pre><code>x</code></pre>", []),
        ('<!-- <pre class="language-python">x</pre> -->', []),
        ('</pre></pre><pre><code class="language-python">x</code></pre>', ["x"]),
    ],
)
def test_reads_blocks_that_are_written_as_html(html: str, expected: list[str]) -> None:
    assert [block.text for block in rendered_blocks(html)] == expected


def test_leaves_code_within_a_sentence_alone() -> None:
    assert found(render("Say `#!python x = 1` so.\n")) == []
    assert found(render("    x = 1\n")) == [("text", "x = 1")]


@pytest.mark.parametrize("end", ["</pre>", "</PRE>", "</pre >", "</pre\n>"])
def test_says_where_an_element_stands_and_ends(end: str) -> None:
    html = f'<p>é\n\n</p>\n<div><pre class="language-python">x\ny{end}after</div>'
    (block,) = rendered_blocks(html)
    assert html[block.end :] == "after</div>"
    assert html[: block.start] == "<p>é\n\n</p>\n<div>"
