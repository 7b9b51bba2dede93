from website.editor import edit
from website.pages.copied_code import CopiedCode, code_alone


def test_what_is_copied_has_no_annotation_marks() -> None:
    code = '<div class="language-python highlight"><pre><code>{}</code></pre></div>'
    page = code.format('a = "&lt;"  <span># (1)!</span>\nb = 2 # (2)\nc = 3  # (really)\n')
    assert 'data-copy="a = &quot;&lt;&quot;\nb = 2\nc = 3  # (really)\n"' in edit(
        page, CopiedCode()
    )
    assert "data-copy" not in edit(code.format("a = 1  # one\n"), CopiedCode())


def test_what_is_copied_has_no_prompts_and_no_output() -> None:
    session = ">>> def f():\n...     return 1\n...\n>>> f()\n1\n"
    session = session.replace("return 1", "return 1  # (1)")
    for language in ("pycon", "python", "py"):
        assert code_alone(session, language) == "def f():\n    return 1\n\nf()\n"
    assert code_alone(">>> 1\n", "text") == ">>> 1\n"
    code = '<div class="language-pycon highlight"><pre><code>&gt;&gt;&gt; 1\n1\n</code></pre></div>'
    assert 'data-copy="1\n"' in edit(code, CopiedCode())


def test_what_was_printed_has_no_button() -> None:
    output = '<div class="language-output highlight"><pre><code>1  # (1)\n</code></pre></div>'
    assert edit(output, CopiedCode()) == output
