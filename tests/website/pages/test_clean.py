import base64
import hashlib

import pytest

from website.pages.clean import clean, code_alone

HEAD = '<head><meta charset="utf-8"><script>{}</script><script src="a.js"></script></head>'


@pytest.mark.parametrize(
    ("page", "cleaned"),
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
def test_a_page_is_cleaned(page: str, cleaned: str) -> None:
    assert clean(page) == cleaned


def test_what_is_copied_has_no_annotation_marks() -> None:
    code = '<div class="language-python highlight"><pre><code>{}</code></pre></div>'
    page = code.format('a = "&lt;"  <span># (1)!</span>\nb = 2 # (2)\nc = 3  # (really)\n')
    assert 'data-copy="a = &quot;&lt;&quot;\nb = 2\nc = 3  # (really)\n"' in clean(page)
    assert "data-copy" not in clean(code.format("a = 1  # one\n"))


def test_what_is_copied_has_no_prompts_and_no_output() -> None:
    session = ">>> def f():\n...     return 1\n...\n>>> f()\n1\n"
    session = session.replace("return 1", "return 1  # (1)")
    for language in ("pycon", "python", "py"):
        assert code_alone(session, language) == "def f():\n    return 1\n\nf()\n"
    assert code_alone(">>> 1\n", "text") == ">>> 1\n"
    code = '<div class="language-pycon highlight"><pre><code>&gt;&gt;&gt; 1\n1\n</code></pre></div>'
    assert 'data-copy="1\n"' in clean(code)


def test_only_the_scripts_of_a_page_may_run_in_it() -> None:
    script = "let a = 1 < 2"
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    page = clean(HEAD.format(script))
    assert f"script-src 'self' 'sha256-{digest}'\"" in page
    assert "unsafe-inline" not in page.partition("script-src")[2]
    assert page.index("Content-Security-Policy") < page.index("<script")


def test_a_preview_trusts_the_script_that_loads_it_again() -> None:
    page = clean(HEAD.format("let a"), trust_scripts=True)
    assert "script-src 'self' 'unsafe-inline'\"" in page
