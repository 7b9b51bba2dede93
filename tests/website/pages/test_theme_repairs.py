import pytest

from website.editor import edit
from website.pages.theme_repairs import ThemeRepairs


@pytest.mark.parametrize(
    ("page", "mended"),
    [
        ('<input type="checkbox" id="a" autocomplete="off">', '<input type="checkbox" id="a">'),
        ('<input type="text" autocomplete="off">', '<input type="text" autocomplete="off">'),
        ('<label for="a" tabindex="">', '<label for="a">'),
        ('<label for="__toc">Contents', "<label>Contents"),
        ('<input id="__toc"><label for="__toc">', '<input id="__toc"><label for="__toc">'),
        ('<label id="__nav_1_label" tabindex="">', '<label id="__nav_1_label">'),
        ('<label for="a" tabindex="0">', '<label for="a" tabindex="0">'),
        (
            '<div class="md-search" data-md-component="search" role="dialog">',
            '<div class="md-search" data-md-component="search" role="dialog" aria-label="Search">',
        ),
        ('<p>a <script data-mkdocs-jupyter-mathjax="{}">load(1 < 2)</script>b', "<p>a b"),
        (
            '<div class="language-output highlight"><pre>',
            '<div class="language-output no-copy highlight"><pre>',
        ),
        (
            '<a href="/part/">Part</a><label for="__nav_2" id="__nav_2_label" tabindex=""></label>'
            '<nav aria-labelledby="__nav_2_label">',
            '<a id="__nav_2_label" href="/part/">Part</a><label for="__nav_2"></label>'
            '<nav aria-labelledby="__nav_2_label">',
        ),
        (  # a part with a single page
            '<a href="/part/">Part</a><nav aria-labelledby="__nav_2_label">',
            '<a id="__nav_2_label" href="/part/">Part</a><nav aria-labelledby="__nav_2_label">',
        ),
        (
            '<a href="/">Home</a><li><label for="__nav_2" id="__nav_2_label">Part</label>'
            '<nav aria-labelledby="__nav_2_label">',
            '<a href="/">Home</a><li><label for="__nav_2" id="__nav_2_label">Part</label>'
            '<nav aria-labelledby="__nav_2_label">',
        ),
        ('<p>a</p><script src="../assets/steps.js"></script>', "<p>a</p>"),
        (
            '<g data-step="1"/><script src="../assets/steps.js"></script>',
            '<g data-step="1"/><script src="../assets/steps.js"></script>',
        ),
        ('<p>Write `tabindex=""` &lt;here&gt;.', '<p>Write `tabindex=""` &lt;here&gt;.'),
    ],
)
def test_what_the_theme_leaves_wrong_is_mended(page: str, mended: str) -> None:
    assert edit(page, ThemeRepairs()) == mended
